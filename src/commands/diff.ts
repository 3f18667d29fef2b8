/** schemactl diff: one object in words, desired against live. */
import { Args, Flags } from '@oclif/core';
import type { Address } from '../core/address.js';
import { ExitCode } from '../core/exit-code.js';
import { nearest } from '../core/suggest.js';
import type { PlanOutcome } from '../plan/options.js';
import { COLOURED, PLAIN } from '../report/colour.js';
import { addressesNamed, objectDifference } from '../report/object-diff.js';
import { objectDiffText } from '../report/object-diff-text.js';
import { SchemactlCommand } from './base.js';
import { desiredFlag, scopeFlags, scratchFlag, targetFlags, usage, varFlag } from './flags.js';
import { configured, scratchOptions, settingsOf, variablesFor } from './plan-request.js';
import { withPlanningProgress } from './planning-progress.js';
import { desiredSources } from './sources.js';

export class DiffCommand extends SchemactlCommand {
  static override summary = 'Say how one object differs';
  static override description =
    'Desired against live, with all that belongs to the object: attribute by attribute, why, and which step of the plan would do it. Changes nothing. Exit codes: 0 said, 2 it differs (with --detailed-exitcode), 64 no such object.';
  static override examples = [
    '<%= config.bin %> diff table:app.orders --env production',
    '<%= config.bin %> diff app.orders.status --url postgresql://me@localhost/shop --desired schemas',
  ];
  static override args = {
    address: Args.string({ description: 'the object as plans name it; without its kind where no other has its name', required: true }),
  };
  static override flags = {
    ...targetFlags,
    desired: desiredFlag,
    var: varFlag,
    ...scopeFlags,
    scratch: scratchFlag,
    'detailed-exitcode': Flags.boolean({ description: 'exit with 2 when it differs', aliases: ['exit-code'] }),
  };

  protected async execute(): Promise<number> {
    const { args, flags } = await this.parse(DiffCommand);
    this.common = flags;
    const config = this.readConfig();
    const environment = this.environmentOf(config, flags.env);
    const settings = settingsOf(config, environment);
    const desired = await desiredSources(flags.desired, settings.desired, config);
    const target = await this.connect(flags.url, environment);
    const { makePlan } = await import('../plan/make.js');
    const { readPast } = await import('../apply/past.js');
    const scratch = await scratchOptions(flags.scratch, settings.scratch);
    const { online } = settings;
    const outcome = await withPlanningProgress(this.common, (onEvent) =>
      makePlan(
        {
          target,
          scratch,
          desired,
          variables: variablesFor(settings, flags),
          manage: flags.manage ?? settings.manage ?? [],
          ignore: [...settings.ignore, ...(flags.ignore ?? [])],
          allow: [],
          adopt: settings.adopt,
          online: true,
          rewrite_bytes: online.rewrite_bytes,
          bothNames: online.both_names,
          ...configured(settings, environment),
          signal: this.interruption.signal,
          onText: this.onText,
          onEvent,
        },
        readPast,
      ),
    );
    const address = oneObject(args.address, outcome.compared);
    const difference = objectDifference(address, outcome.document.plan, outcome.compared);
    const { status, parts, steps } = difference;
    this.answer(status, { address: difference.address, changes: parts, steps: steps.map(({ id, title }) => ({ id, title })) });
    const blocked = new Set(outcome.blocked.map(({ hazard }) => `${hazard.code} ${hazard.address}`));
    const paint = this.colours(process.stdout) ? COLOURED : PLAIN;
    this.print(objectDiffText(difference, { target: target.label, blocked, paint }));
    return flags['detailed-exitcode'] && status === 'different' ? ExitCode.changes : ExitCode.done;
  }
}

/** @throws DiagnosticError SC7020 */
function oneObject(words: string, compared: PlanOutcome['compared']): Address {
  const [first, ...others] = addressesNamed(words, compared);
  if (first === undefined) {
    const meant = nearest(words, new Set([...compared.desired.keys(), ...compared.live.keys()]));
    const hint = meant === null ? 'write it as plans do, kind first' : `did you mean ${meant}?`;
    throw usage(`neither the desired state nor the database has an object ${words}`, hint);
  }
  if (others.length > 0) throw usage(`${words} is several objects`, `write one of: ${[first, ...others].join(', ')}`);
  return first;
}
