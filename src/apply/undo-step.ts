/** Takes back one step that is done: checks where the plan stands, runs what undoes it, checks that it led back. Knows no kind. */
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { State } from '../core/object.js';
import type { PlanBody, PlanStep } from '../core/plan.js';
import { pinsOf } from '../plan/pins.js';
import type { Along } from './going-along.js';
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
export async function undoStep(sessions: Sessions, body: PlanBody, done: number, along: Along): Promise<void> {
  const undoing: Undoing = { sessions, body, step: body.steps[done - 1] as PlanStep, done, along };
  try {
    await undoInTransaction(undoing);
  } catch (error) {
    if (!(error instanceof StepFailure) || error.cause.code !== NEEDS_NONE) throw error;
    await undoLoose(undoing);
  }
}

interface Undoing {
  readonly sessions: Sessions;
  readonly body: PlanBody;
  readonly step: PlanStep;
  /** How many steps are done, the step among them. */
  readonly done: number;
  readonly along: Along;
}

async function undoInTransaction(undoing: Undoing): Promise<void> {
  const { sessions, body, step } = undoing;
  const { work } = sessions;
  // What most likely has to run outside a transaction must not wait for locks here only to be told so.
  const sqls = undoOf(undoing);
  const pins = step.transaction === 'none' || sqls.length === 0 ? [] : pinsNow(step, await readNow(sessions, body, false));
  await work.query('begin');
  try {
    const lock = step.lock_timeout_ms === 0 ? LOCK_TIMEOUT_MS : step.lock_timeout_ms;
    await work.query(`set local lock_timeout = ${lock}; set local statement_timeout = ${step.statement_timeout_ms}`);
    for (const sql of pins) await send(sessions, step, sql);
    await assertAt(undoing, true);
    for (const sql of sqls) await send(sessions, step, sql);
    await send(sessions, step, 'set constraints all immediate');
    await assertBack(undoing, true);
    await assertHeldBy(work, sessions.lockPid);
    await recordUndone(work, body.id, step.id);
    await work.query('commit');
  } catch (error) {
    await work.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function undoLoose(undoing: Undoing): Promise<void> {
  const { sessions, body, step, done, along } = undoing;
  const { work } = sessions;
  await work.query('set lock_timeout = 0; set statement_timeout = 0');
  await assertAt(undoing, false);
  await recordUndoing(work, body.id, step.id);
  try {
    for (const sql of undoOf(undoing)) await send(sessions, step, sql);
  } catch (error) {
    // What cannot be cleared now is cleared by the next run.
    await clearHalfState(sessions, body, done - 1, { along }).catch(() => undefined);
    throw error;
  }
  await assertBack(undoing, false);
  await recordUndone(work, body.id, step.id);
}

/** The objects that undoing touches are those that the step left. */
function pinsNow(step: PlanStep, state: State): readonly string[] {
  return pinsOf({ before: step.after, states: { before: state, after: state } }).pins;
}

/** Nothing for what goes along with another step: that one's statements take it away. */
function undoOf({ step, along }: Undoing): readonly string[] {
  return 'sql' in step.undo && !along.has(step.id) ? step.undo.sql : [];
}

async function assertAt({ sessions, body, done, along }: Undoing, inTransaction: boolean): Promise<void> {
  const moved = movedSince(body, done, await readNow(sessions, body, inTransaction), along);
  if (moved.length > 0) throw movedAway(moved);
}

async function assertBack({ sessions, body, step, done, along }: Undoing, inTransaction: boolean): Promise<void> {
  const moved = movedSince(body, done - 1, await readNow(sessions, body, inTransaction), along);
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
