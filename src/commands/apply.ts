/** schemactl apply: runs a saved plan, after asking. */
import { Args, Flags } from '@oclif/core';
import type { ApplyOutcome } from '../apply/options.js';
import { DATES_LATER, openTrusted } from '../apply/validity.js';
import type { Environment } from '../config/config.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { PlanDocument } from '../core/plan.js';
import { readPlanFile } from '../plan/file.js';
import { printable } from '../report/printable.js';
import { count } from '../report/words.js';
import { SchemactlCommand } from './base.js';
import { canAsk, confirmed } from './confirm.js';
import { targetFlags } from './flags.js';
import { displayPath } from './paths.js';
import { renderPlan } from './plan-formats.js';
import { settingsOf } from './plan-request.js';
import { trustPolicy } from './trust-policy.js';

export class ApplyCommand extends SchemactlCommand {
  static override summary = 'Apply a saved plan';
  static override description =
    'At every step the database must be where the plan says it is. Run again, it goes on where it stopped. Exit codes: 0 done or already applied, 4 stale, 5 stopped part way, 6 not approved, 7 lock not obtained, 8 not trusted.';
  static override examples = [
    '<%= config.bin %> apply plan.json --env production',
    '<%= config.bin %> apply plan.json --env production --phase expand --yes',
  ];
  static override args = { plan: Args.string({ description: 'plan file', required: true }) };
  static override flags = {
    ...targetFlags,
    phase: Flags.option({
      description: 'part of the plan to run',
      options: ['expand', 'contract', 'all'] as const,
      default: 'all' as const,
    })(),
    yes: Flags.boolean({ char: 'y', description: 'do not ask' }),
    format: Flags.option({ description: 'form of the result', options: ['text', 'json'] as const, default: 'text' as const })(),
  };

  protected async execute(): Promise<number> {
    const { args, flags } = await this.parse(ApplyCommand);
    this.common = { ...flags, json: flags.json || flags.format === 'json' };
    const bytes = await readPlanFile(args.plan);
    const config = this.readConfig();
    const environment = this.environmentOf(config, flags.env);
    const settings = settingsOf(config, environment);
    const policy = await trustPolicy(config, environment);
    const target = await this.connect(flags.url, environment);
    if (!flags.yes) {
      // Nobody is asked about a plan that would be refused anyway, and nothing is shown as fact that nobody vouches for.
      const { document } = openTrusted(bytes, args.plan, policy, DATES_LATER);
      assertCanAsk();
      const { verifyOn } = await import('../apply/verify.js');
      const validity = await verifyOn(target, { bytes, file: args.plan, policy, environment: environment?.name ?? null, now: new Date() });
      if (!validity.ok) throw new DiagnosticError(validity.diagnostics, validity.exitCode);
      if (validity.status === 'already-applied') {
        const { status, diagnostics, exitCode } = validity;
        return this.finish({ status, steps_run: 0, diagnostics, exitCode }, target.label);
      }
      const signers = validity.trusted.signers.map(({ name }) => name);
      await this.approve(document, signers, target.label, environment);
    }
    if (!this.colours(process.stderr)) process.env.NO_COLOR = '1';
    const { applyProgress } = await import('./apply-progress.js');
    const { applyPlan } = await import('../apply/apply.js');
    const progress = applyProgress(flags.quiet);
    let outcome: ApplyOutcome;
    try {
      outcome = await applyPlan({
        bytes,
        file: args.plan,
        target,
        policy,
        environment: environment?.name ?? null,
        phase: flags.phase,
        lock_retries: settings.timeouts.lock_retries,
        throttle: settings.online.limits,
        signal: this.interruption.signal,
        onEvent: progress.onEvent,
      });
    } finally {
      await progress.end();
    }
    return this.finish(outcome, target.label);
  }

  private finish(outcome: ApplyOutcome, target: string): number {
    this.show(outcome.diagnostics);
    const { status, steps_run, exitCode } = outcome;
    const words = {
      done: `Applied ${count(steps_run, 'step')} to ${target}.`,
      'already-applied': `Already applied to ${target}: nothing was changed.`,
      nothing: 'Nothing to do.',
      failed:
        steps_run === 0 && exitCode !== ExitCode.partial
          ? `Nothing was changed in ${target}.`
          : `Not finished: ${count(steps_run, 'step')} of this run took effect.`,
    };
    this.answer(status, { steps_run });
    this.print(`${printable(words[status])}\n`);
    return exitCode;
  }

  /** Shows the plan and asks. @throws DiagnosticError SC5502 (exit 6) */
  private async approve(
    document: PlanDocument,
    signers: readonly string[],
    target: string,
    environment: Environment | null,
  ): Promise<void> {
    const options = { target, colour: this.colours(process.stderr), identity: { signers } };
    process.stderr.write(renderPlan('text', document, options, [], displayPath));
    const expected = environment?.confirm === 'name' ? environment.name : 'yes';
    const question = `\nApply this plan to ${printable(target)}? Only "${printable(expected)}" is a yes: `;
    if (await confirmed(question, expected, this.interruption.signal)) return;
    throw new DiagnosticError(
      [{ code: 'SC5502', severity: 'error', summary: 'the plan was not approved: nothing was changed' }],
      this.interruption.exitCode() ?? ExitCode.notApproved,
    );
  }
}

/** @throws DiagnosticError SC5501 (exit 6) */
function assertCanAsk(): void {
  if (canAsk()) return;
  const diagnostic: Diagnostic = {
    code: 'SC5501',
    severity: 'error',
    summary: 'the plan is not approved: there is no terminal to ask on',
    detail: 'standard input and standard error are not both terminals',
    hint: 'approve it with --yes',
  };
  throw new DiagnosticError([diagnostic], ExitCode.notApproved);
}
