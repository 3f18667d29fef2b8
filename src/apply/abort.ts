/** Gives up an open plan: undoes its steps in reverse, or keeps what is done; its id is never applied again. Knows no kind. */
import { type ClientBase, escapeIdentifier } from 'pg';
import { pinSession } from '../catalog/session.js';
import type { ConnectionSpec } from '../core/connection.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { PlanBody, PlanStep } from '../core/plan.js';
import { type Abortable, type AbortTarget, findAbortable, refuseWithoutUndo } from './abort-plan.js';
import { actAs } from './apply.js';
import { isConnectionLoss } from './connection-loss.js';
import { type Along, goingAlong } from './going-along.js';
import * as ledger from './ledger.js';
import { assertLock, takeLock } from './lock.js';
import { readNow } from './look.js';
import type { ApplyEvent } from './options.js';
import { movedSince } from './position.js';
import { runWithRetries } from './retry.js';
import { clearHalfState, saysDone } from './run-step.js';
import { openSessions, type Sessions } from './sessions.js';
import { StepFailure } from './step-failure.js';
import { movedAway, undoStep } from './undo-step.js';
import { waitForOwn } from './wait-for-own.js';

export interface AbortOptions extends AbortTarget {
  readonly target: ConnectionSpec;
  readonly lock_retries: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ApplyEvent) => void;
}

export interface AbortOutcome {
  readonly status: 'aborted' | 'already-aborted' | 'failed';
  readonly plan_id: string;
  readonly steps_undone: number;
  readonly steps_kept: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
}

/** What this run has done so far. */
interface Progress {
  undone: number;
  /** Something was undone, by this run or one before. */
  isPartial: boolean;
}

const LOCK_WAIT_MS = 10_000;

/** Never throws for what a user can meet: the outcome says it. */
export async function abortPlan(options: AbortOptions): Promise<AbortOutcome> {
  const progress: Progress = { undone: 0, isPartial: false };
  try {
    const sessions = await openSessions(options.target, `schemactl/${options.id}`);
    try {
      return await abortWith(sessions, options, progress);
    } finally {
      await sessions.close();
    }
  } catch (error) {
    const known = progress.isPartial && isConnectionLoss(error) ? lost(error as Error) : error;
    if (!(known instanceof DiagnosticError)) throw known;
    const keeps: readonly number[] = [ExitCode.untrusted, ExitCode.interrupted];
    const exitCode = progress.isPartial && !keeps.includes(known.exitCode) ? ExitCode.partial : known.exitCode;
    const { diagnostics } = known;
    return { status: 'failed', plan_id: options.id, steps_undone: progress.undone, steps_kept: 0, diagnostics, exitCode };
  }
}

async function abortWith(sessions: Sessions, options: AbortOptions, progress: Progress): Promise<AbortOutcome> {
  const { work } = sessions;
  await takeLock(sessions.lock, LOCK_WAIT_MS, (blockers) =>
    options.onEvent?.({ type: 'lock_waiting', step: null, attempt: 1, attempts: 1, blockers }),
  );
  const found = await findAbortable(work, options);
  if (found === null) {
    const diagnostics = [note('SC5707', `the plan ${options.id} was aborted before`)];
    return { status: 'already-aborted', plan_id: options.id, steps_undone: 0, steps_kept: 0, diagnostics, exitCode: ExitCode.done };
  }
  await waitForOwn(sessions, options.id, options);
  if (found.body === null) return keep(sessions, found);
  await actAs(sessions, found.body, found.facts.current_user);
  await pinSession(work, found.body.settings);
  await ledger.ensureLedger(work);
  progress.isPartial = found.row.state === 'aborting';
  await undoAll(sessions, options, found.body, progress);
  await ledger.abortPlan(work, options.id);
  const done = { plan_id: options.id, steps_undone: progress.undone, steps_kept: 0 };
  return { status: 'aborted', ...done, diagnostics: found.notes, exitCode: ExitCode.done };
}

async function keep({ work }: Sessions, { row, rows, done }: Abortable): Promise<AbortOutcome> {
  await actAsOwner(work);
  await ledger.ensureLedger(work);
  await ledger.abortPlan(work, row.id);
  const summary = done === 0 ? 'none of its steps was done' : `what its steps 1 to ${done} did is kept`;
  const hint = 'make a new plan: it starts from there';
  const half = rows
    .filter(({ state }) => state === 'intent' || state === 'undoing')
    .map(({ step }) => warning('SC5708', `step ${step} was begun and may be half done`, 'look for what it left with schemactl status'));
  const diagnostics = [note('SC5708', `the plan ${row.id} is aborted, and ${summary}`, hint), ...half];
  return { status: 'aborted', plan_id: row.id, steps_undone: 0, steps_kept: done, diagnostics, exitCode: ExitCode.done };
}

/** The ledger is its role's, and whoever may act as that role may write to it. */
async function actAsOwner(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ owner: string }>(
    `select pg_catalog.pg_get_userbyid(n.nspowner) as owner from pg_catalog.pg_namespace n
      where n.nspname = 'schemactl' and n.nspowner <> current_user::regrole and pg_catalog.pg_has_role(n.nspowner, 'member')`,
  );
  if (rows[0] !== undefined) await client.query(`set role ${escapeIdentifier(rows[0].owner)}`);
}

async function undoAll(sessions: Sessions, options: AbortOptions, body: PlanBody, progress: Progress): Promise<void> {
  const { done, along } = await settle(sessions, body, options.onEvent);
  const steps = body.steps.slice(0, done).reverse();
  const titles = steps.map(({ id, title }) => ({ id, title: `undo ${title}` }));
  options.onEvent?.({ type: 'plan_started', plan: body.id, steps: titles, undo: true });
  if (done > 0) await ledger.startAbort(sessions.work, body.id);
  for (const [index, step] of steps.entries()) {
    if (options.signal?.aborted) throw interrupted(step);
    await assertLock(sessions.lock);
    options.onEvent?.({ type: 'step_started', step: step.id });
    const started = Date.now();
    try {
      await runWithRetries(sessions, step, options, () => undoStep(sessions, body, done - index, along));
    } catch (error) {
      options.onEvent?.({ type: 'step_failed', step: step.id, ms: Date.now() - started, reason: (error as Error).message });
      throw error instanceof StepFailure && !isConnectionLoss(error) ? undoFailed(error, body) : error;
    }
    progress.undone += 1;
    progress.isPartial = true;
    options.onEvent?.({ type: 'step_finished', step: step.id, ms: Date.now() - started });
  }
}

/** How many steps are done, and which of all those that were done go along with others. */
interface Settled {
  readonly done: number;
  readonly along: Along;
}

/**
 * Where the plan stands, once what a stopped apply or abort left half done is cleared and what it did not come to write down is
 * written. @throws DiagnosticError SC5706 (exit 4) when others changed what the plan touches
 */
async function settle(sessions: Sessions, body: PlanBody, onEvent: AbortOptions['onEvent']): Promise<Settled> {
  const { work } = sessions;
  const rows = await ledger.stepRows(work, body.id);
  const done = rows.filter(({ state }) => state === 'done' || state === 'undoing').length;
  const next = body.steps[done];
  const last = body.steps[done - 1];
  const isBegun = next !== undefined && rows.some(({ step, state }) => step === next.id && state === 'intent');
  const isUndoing = last !== undefined && rows.some(({ step, state }) => step === last.id && state === 'undoing');
  const along = goingAlong(body, rows);
  if (isBegun) await clearHalfState(sessions, body, done, { along, onEvent });
  if (isUndoing) await clearHalfState(sessions, body, done - 1, { along, onEvent });
  const state = await readNow(sessions, body, false);
  const isAt = (at: number): boolean => movedSince(body, at, state, along).length === 0;
  if (isBegun && isAt(done + 1) && (!isAt(done) || (await saysDone(sessions, next)))) {
    await ledger.recordDone(work, body.id, next.id);
    refuseWithoutUndo(body, done + 1, along);
    return { done: done + 1, along };
  }
  if (isUndoing && isAt(done - 1) && !isAt(done)) {
    await ledger.recordUndone(work, body.id, last.id);
    return { done: done - 1, along };
  }
  if (!isAt(done)) throw movedAway(movedSince(body, done, state, along));
  return { done, along };
}

function undoFailed({ step, sql, cause }: StepFailure, body: PlanBody): DiagnosticError {
  const left = Number(step.id);
  const state = `state: ${left === 1 ? 'step 1 is' : `steps 1 to ${left} are`} still done`;
  return new DiagnosticError([
    {
      code: 'SC5704',
      severity: 'error',
      summary: `undoing step ${step.id} of ${body.steps.length} failed: ${cause.message}`,
      detail: [`SQLSTATE ${cause.code ?? 'unknown'}`, sql, state].join('\n'),
      hint: 'mend the cause and run the same abort again, or keep the rest with --keep',
    },
  ]);
}

function interrupted(step: PlanStep): DiagnosticError {
  const summary = `interrupted before step ${step.id} was undone`;
  return new DiagnosticError(
    [{ code: 'SC5709', severity: 'error', summary, hint: 'run abort again: it goes on there' }],
    ExitCode.interrupted,
  );
}

function lost(cause: Error): DiagnosticError {
  const summary = 'the connection was lost while steps were undone';
  const hint = 'run the same abort again: it finds out what had been committed and goes on there';
  return new DiagnosticError([{ code: 'SC5211', severity: 'error', summary, detail: cause.message, hint }], ExitCode.partial);
}

function note(code: string, summary: string, hint?: string): Diagnostic {
  return { code, severity: 'info', summary, ...(hint === undefined ? {} : { hint }) };
}

function warning(code: string, summary: string, hint: string): Diagnostic {
  return { code, severity: 'warning', summary, hint };
}
