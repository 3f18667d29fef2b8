/** What apply says when it does not go on, as findings with exit codes; decides nothing. Knows no kind. */
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { PlanBody, PlanStep } from '../core/plan.js';
import type { LedgerPlan } from './ledger.js';
import { rootsOnly } from './position.js';
import type { StepFailure } from './step-failure.js';

export function blockedByPolicy(body: PlanBody): DiagnosticError | null {
  const blocked = body.policy.decisions.filter((decision) => decision.decision === 'blocked');
  if (blocked.length === 0) return null;
  return new DiagnosticError(
    blocked.map(
      (decision): Diagnostic => ({
        code: 'SC3001',
        severity: 'error',
        summary: `the plan is blocked: ${decision.hazard} of ${decision.address} was not allowed`,
        address: decision.address,
        hint: `make the plan with --allow ${decision.hazard}:${decision.address}`,
      }),
    ),
    ExitCode.blocked,
  );
}

/** `rows`: what was found out about the rows that it failed over. */
export function stepFailed(failure: StepFailure, body: PlanBody, isPartial: boolean, rows: readonly Diagnostic[]): DiagnosticError {
  const { step, cause } = failure;
  const at = Number(step.id);
  const before = at > 1 ? `steps 1 to ${at - 1} are committed; ` : '';
  const after = at < body.steps.length ? `; steps ${at + 1} to ${body.steps.length} have not started` : '';
  const own = step.transaction === 'transaction' ? `step ${step.id} was rolled back` : `step ${step.id} runs outside a transaction`;
  const isResumable = at > 1 || isPartial;
  const { diagnostics, exitCode } = refusal(
    'SC5209',
    `step ${step.id} of ${body.steps.length} failed: ${cause.message}`,
    isResumable ? 'mend the cause, then run the same apply again: it goes on at this step' : 'mend the cause, then run apply again',
    isResumable ? ExitCode.partial : ExitCode.error,
    [`SQLSTATE ${cause.code ?? 'unknown'}`, failure.sql, `state: ${before}${own}${after}`].join('\n'),
  );
  return new DiagnosticError([...diagnostics, ...rows], exitCode);
}

export function stale(findings: readonly Diagnostic[], summary = 'what the plan touches is not as the plan says'): DiagnosticError {
  const head: Diagnostic = { code: 'SC6231', severity: 'error', summary, hint: 'make the plan again' };
  return new DiagnosticError([head, ...rootsOnly(findings)], ExitCode.stale);
}

export function overlaps(open: LedgerPlan, done: number, address: string): DiagnosticError {
  return refusal(
    'SC6241',
    `the plan ${open.id} is open here, and both are about ${address}`,
    `finish it with apply, or give it up with schemactl abort ${open.id}; then make this plan again`,
    ExitCode.stale,
    `It was started at ${open.started_at}, and ${done} of its steps are done.`,
  );
}

export function cannotActAs(role: string, user: string, cause: Error): DiagnosticError {
  const summary = `the plan is to be applied as ${role}, and ${user} cannot act as that role`;
  return refusal('SC5204', summary, `connect as ${role}, or make the plan as ${user}`, ExitCode.error, cause.message);
}

export function standby(): DiagnosticError {
  return refusal('SC5205', 'the server is a standby in recovery', 'connect to the primary', ExitCode.stale);
}

/** `source`: where the setting comes from, as pg_settings says. */
export function readOnly(source: string): DiagnosticError {
  const hint = 'set default_transaction_read_only to off for the role and the database that apply connects with';
  return refusal('SC5210', `transactions are read-only here: default_transaction_read_only is on (${source})`, hint, ExitCode.error);
}

export function expandFirst(step: PlanStep): DiagnosticError {
  const summary = `step ${step.id} of the expand phase has not run yet`;
  return refusal('SC5206', summary, 'run apply with --phase expand first', ExitCode.error);
}

export function interrupted(step: PlanStep): DiagnosticError {
  return refusal('SC5207', `interrupted before step ${step.id}`, 'run apply again: it goes on there', ExitCode.interrupted);
}

export function lostForGood(cause: Error, isStarted: boolean): DiagnosticError {
  return refusal(
    'SC5211',
    'the connection was lost and could not be made again',
    'when the server is back, run the same apply again: it finds out what had been committed and goes on there',
    isStarted ? ExitCode.partial : ExitCode.error,
    cause.message,
  );
}

/** A loose step that left an intent row, changes nothing in the catalog, and has no query that says whether it is done. */
export function cannotTell(step: PlanStep): DiagnosticError {
  const summary = `nothing says whether step ${step.id} (${step.title}) ran before the last apply stopped`;
  const hint = `find out by hand; if it ran, set its row in schemactl.steps to done, else delete that row; then run apply again`;
  return refusal('SC5213', summary, hint, ExitCode.partial, step.statements.map(({ sql }) => sql).join(';\n'));
}

/** An error of the server in something that no plan asks for: reading the catalog, the ledger. */
export function serverRefused(cause: Error & { readonly code?: string | undefined }, isPartial: boolean): DiagnosticError {
  const code = cause.code ?? 'unknown';
  const isLedger = ['42P01', '3F000'].includes(code) && cause.message.includes('schemactl');
  return refusal(
    'SC5212',
    isLedger
      ? 'the ledger was dropped while the plan was applied'
      : `the server refused what apply needs beside the steps: ${cause.message}`,
    isLedger
      ? 'restore the schema schemactl, or make the plan again'
      : 'mend the cause, then run the same apply again: it goes on where it stopped',
    isPartial ? ExitCode.partial : ExitCode.error,
    isLedger ? cause.message : `SQLSTATE ${code}`,
  );
}

function refusal(code: string, summary: string, hint: string, exitCode: number, detail?: string): DiagnosticError {
  return new DiagnosticError([{ code, severity: 'error', summary, hint, ...(detail === undefined ? {} : { detail }) }], exitCode);
}
