/** schemactl verify: whether a plan may be applied, as far as can be told without applying it. */
import { Args, Flags } from '@oclif/core';
import { nameOf } from '../core/address.js';
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { readPlanFile } from '../plan/file.js';
import { printable } from '../report/printable.js';
import { variableWords } from '../report/variable-words.js';
import { SchemactlCommand } from './base.js';
import { targetFlags } from './flags.js';
import { trustPolicy } from './trust-policy.js';

export class VerifyCommand extends SchemactlCommand {
  static override summary = 'Check whether a plan may be applied';
  static override description =
    'Byte form, signatures by the trusted keys of the environment, format and dates; with a database also its identity, what its ledger knows of the plan, and whether the schema still is where the plan starts from or stopped. Exit codes: 0 in order, 3 blocked, 4 stale or for another database, 8 not trusted.';
  static override examples = [
    '<%= config.bin %> verify plan.json --env production',
    '<%= config.bin %> verify plan.json --env production --offline',
  ];
  static override args = { plan: Args.string({ description: 'plan file', required: true }) };
  static override flags = {
    ...targetFlags,
    offline: Flags.boolean({ description: 'ask no database', exclusive: ['url'] }),
    format: Flags.option({ description: 'form of the output', options: ['text', 'json'] as const, default: 'text' as const })(),
  };

  protected async execute(): Promise<number> {
    const { args, flags } = await this.parse(VerifyCommand);
    this.common = { ...flags, json: flags.json || flags.format === 'json' };
    const bytes = await readPlanFile(args.plan);
    const config = this.readConfig();
    const environment = this.environmentOf(config, flags.env);
    const policy = await trustPolicy(config, environment);
    const withDatabase = !flags.offline && (flags.url !== undefined || environment?.connection != null);
    const input = { bytes, file: args.plan, policy, environment: environment?.name ?? null, now: new Date() };
    const { verifyOffline, verifyOn } = await import('../apply/verify.js');
    const validity = withDatabase ? await verifyOn(await this.connect(flags.url, environment), input) : verifyOffline(input);
    if (!validity.ok) throw new DiagnosticError(validity.diagnostics, validity.exitCode);
    this.show(validity.diagnostics);
    const { document, digest, signers } = validity.trusted;
    this.answer('in-order', {
      plan_id: document.plan.id,
      digest,
      standing: withDatabase ? validity.status : null,
      signers: signers.map(({ name, keyid }) => ({ name, keyid })),
    });
    const signed = signers.length === 0 ? 'no trusted signature' : `signed by ${signers.map(({ name }) => name).join(', ')}`;
    const standing = withDatabase
      ? { fresh: 'not started yet', resume: 'started, not finished', 'already-applied': 'already applied' }[validity.status]
      : 'database not asked';
    this.print(`Plan ${document.plan.id} is in order: ${signed}; ${standing}.\n`);
    const accepted = document.plan.policy.allowed.map(({ hazard, address }) =>
      address === null ? hazard : `${hazard} at ${nameOf(address)}`,
    );
    const values = variableWords(document.plan);
    if (values.length > 0) this.print(`Values in the desired files: ${values.map(printable).join(', ')}\n`);
    if (accepted.length > 0) this.print(`Accepted hazards: ${accepted.join(', ')}\n`);
    return ExitCode.done;
  }
}
