/** schemactl abort: gives up an open plan. */
import { Args, Flags } from '@oclif/core';
import pg from 'pg';
import type { AbortOptions, AbortOutcome } from '../apply/abort.js';
import { DATES_LATER, openTrusted, type TrustPolicy } from '../apply/validity.js';
import type { Environment } from '../config/config.js';
import type { Hash } from '../core/plan.js';
import { readPlanFile } from '../plan/file.js';
import { abortPreview, abortText } from '../report/abort.js';
import { ask } from './approval.js';
import { SchemactlCommand } from './base.js';
import { targetFlags } from './flags.js';
import { settingsOf } from './plan-request.js';
import { trustPolicy } from './trust-policy.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export class AbortCommand extends SchemactlCommand {
  static override summary = 'Give up a plan that was started and not finished';
  static override description =
    'Undoes the steps that are done, the last first, from the plan in the ledger; every undo is checked as a step is. Where one cannot be undone nothing is, and --keep leaves all as it is. The plan can never be applied again. Run again after a crash, it goes on where it stopped. Exit codes: 0 aborted, 1 nothing was changed, 4 stale, 5 stopped part way, 6 not approved, 7 lock not obtained, 8 not trusted.';
  static override examples = [
    '<%= config.bin %> abort 6f1c2f0e-9f6b-4c36-8f0b-2f3f5a1d7c11 --env production',
    '<%= config.bin %> abort plan.json --env production --keep',
  ];
  static override args = { plan: Args.string({ description: 'id of the plan, or its file', required: true }) };
  static override flags = {
    ...targetFlags,
    keep: Flags.boolean({ description: 'leave what is done as it is' }),
    yes: Flags.boolean({ char: 'y', description: 'do not ask' }),
    format: Flags.option({ description: 'form of the result', options: ['text', 'json'] as const, default: 'text' as const })(),
  };

  protected async execute(): Promise<number> {
    const { args, flags } = await this.parse(AbortCommand);
    this.common = { ...flags, json: flags.json || flags.format === 'json' };
    const config = this.readConfig();
    const environment = this.environmentOf(config, flags.env);
    const policy = await trustPolicy(config, environment);
    const named = await nameOf(args.plan, policy);
    const target = await this.connect(flags.url, environment);
    const options: AbortOptions = {
      ...named,
      policy,
      environment: environment?.name ?? null,
      keep: flags.keep,
      target,
      lock_retries: settingsOf(config, environment).timeouts.lock_retries,
      signal: this.interruption.signal,
    };
    if (!flags.yes) await this.approve(options, environment);
    if (!this.colours(process.stderr)) process.env.NO_COLOR = '1';
    const { applyProgress } = await import('./apply-progress.js');
    const { abortPlan } = await import('../apply/abort.js');
    const progress = applyProgress(flags.quiet);
    let outcome: AbortOutcome;
    try {
      outcome = await abortPlan({ ...options, onEvent: progress.onEvent });
    } finally {
      await progress.end();
    }
    this.show(outcome.diagnostics);
    const { status, plan_id, steps_undone, steps_kept, exitCode } = outcome;
    this.answer(status, { plan_id, steps_undone, steps_kept });
    this.print(abortText(outcome, target.label));
    return exitCode;
  }

  /** Nobody is asked about what would be refused anyway. */
  private async approve(options: AbortOptions, environment: Environment | null): Promise<void> {
    const { findAbortable } = await import('../apply/abort-plan.js');
    const client = new pg.Client(options.target.config);
    await client.connect();
    try {
      const found = await findAbortable(client, options);
      if (found === null) return;
      const expected = environment?.confirm === 'name' ? environment.name : 'yes';
      const shown = abortPreview(found, options.target.label);
      await ask({ what: 'aborting the plan', shown, question: 'Abort this plan?', expected }, this.interruption);
    } finally {
      await client.end();
    }
  }
}

/** A plan file says by its digest that it is the one; it must be as well-formed and trusted as for apply. */
async function nameOf(given: string, policy: TrustPolicy): Promise<{ readonly id: string; readonly digest: Hash | null }> {
  if (UUID.test(given)) return { id: given.toLowerCase(), digest: null };
  const { document, digest } = openTrusted(await readPlanFile(given), given, policy, DATES_LATER);
  return { id: document.plan.id, digest };
}
