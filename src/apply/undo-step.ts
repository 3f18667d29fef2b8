/** Takes back one step that is done: checks where the plan stands, runs what undoes it, checks that it led back. Knows no kind. */
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { State } from '../core/object.js';
import type { PlanBody, PlanStep } from '../core/plan.js';
import { pinsOf } from '../plan/pins.js';
import { recordUndoing, recordUndone } from './ledger.js';
import { assertHeldBy } from './lock.js';
import { readNow } from './look.js';
import { movedSince, rootsOnly } from './position.js';
import { clearHalfState } from './run-step.js';
import type { Sessions } from './sessions.js';
import { StepFailure, send } from './step-failure.js';

/** A step without a transaction waits for locks as long as it takes; what undoes it may have one, and must not queue others up. */
const LOCK_TIMEOUT_MS = 200;
/** active_sql_transaction: the server does not run the statement in a transaction. Only it knows which ones. */
const NEEDS_NONE = '25001';

/** The last of `done` steps. @throws StepFailure, or DiagnosticError; in a transaction nothing of it remains then */
export async function undoStep(sessions: Sessions, body: PlanBody, done: number): Promise<void> {
  const step = body.steps[done - 1] as PlanStep;
  try {
    await undoInTransaction(sessions, body, step, done);
  } catch (error) {
    if (!(error instanceof StepFailure) || error.cause.code !== NEEDS_NONE) throw error;
    await undoLoose(sessions, body, step, done);
  }
}

async function undoInTransaction(sessions: Sessions, body: PlanBody, step: PlanStep, done: number): Promise<void> {
  const { work } = sessions;
  // What most likely has to run outside a transaction must not wait for locks here only to be told so.
  const pins = step.transaction === 'none' ? [] : pinsNow(step, await readNow(sessions, body, false));
  await work.query('begin');
  try {
    const lock = step.lock_timeout_ms === 0 ? LOCK_TIMEOUT_MS : step.lock_timeout_ms;
    await work.query(`set local lock_timeout = ${lock}; set local statement_timeout = ${step.statement_timeout_ms}`);
    for (const sql of pins) await send(sessions, step, sql);
    await assertAt(sessions, body, done, true);
    for (const sql of undoOf(step)) await send(sessions, step, sql);
    await send(sessions, step, 'set constraints all immediate');
    await assertBack(sessions, body, step, done, true);
    await assertHeldBy(work, sessions.lockPid);
    await recordUndone(work, body.id, step.id);
    await work.query('commit');
  } catch (error) {
    await work.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function undoLoose(sessions: Sessions, body: PlanBody, step: PlanStep, done: number): Promise<void> {
  const { work } = sessions;
  await work.query('set lock_timeout = 0; set statement_timeout = 0');
  await assertAt(sessions, body, done, false);
  await recordUndoing(work, body.id, step.id);
  try {
    for (const sql of undoOf(step)) await send(sessions, step, sql);
  } catch (error) {
    // What cannot be cleared now is cleared by the next run.
    await clearHalfState(sessions, body, done - 1).catch(() => undefined);
    throw error;
  }
  await assertBack(sessions, body, step, done, false);
  await recordUndone(work, body.id, step.id);
}

/** The objects that undoing touches are those that the step left. */
function pinsNow(step: PlanStep, state: State): readonly string[] {
  return pinsOf({ before: step.after, states: { before: state, after: state } }).pins;
}

function undoOf({ undo }: PlanStep): readonly string[] {
  return 'sql' in undo ? undo.sql : [];
}

async function assertAt(sessions: Sessions, body: PlanBody, done: number, inTransaction: boolean): Promise<void> {
  const moved = movedSince(body, done, await readNow(sessions, body, inTransaction));
  if (moved.length > 0) throw movedAway(moved);
}

async function assertBack(sessions: Sessions, body: PlanBody, step: PlanStep, done: number, inTransaction: boolean): Promise<void> {
  const moved = movedSince(body, done - 1, await readNow(sessions, body, inTransaction));
  if (moved.length === 0) return;
  const head: Diagnostic = {
    code: 'SC5705',
    severity: 'error',
    summary: `undoing step ${step.id} did not lead back to where it began`,
    hint: `keep what is done with schemactl abort ${body.id} --keep, and make a new plan from there`,
  };
  throw new DiagnosticError([head, ...rootsOnly(moved)], ExitCode.stale);
}

export function movedAway(moved: readonly Diagnostic[]): DiagnosticError {
  const head: Diagnostic = {
    code: 'SC5706',
    severity: 'error',
    summary: 'what the plan touches was changed by others, so its steps cannot be undone',
    hint: 'take that change back, or keep what is done with --keep',
  };
  return new DiagnosticError([head, ...rootsOnly(moved)], ExitCode.stale);
}
