/** Runs one step: pins and checks what it touches, runs its statements, checks what it left, and writes it down. Knows no kind. */
import { DiagnosticError } from '../core/diagnostic.js';
import type { PlanBody, PlanStep } from '../core/plan.js';
import { type BackfillOptions, runBackfill } from './backfill.js';
import { isConnectionLoss } from './connection-loss.js';
import type { Along } from './going-along.js';
import { recordDone, recordIntent } from './ledger.js';
import { assertHeldBy } from './lock.js';
import { assertAt, readNow } from './look.js';
import type { ApplyOptions } from './options.js';
import { movedSince } from './position.js';
import { assertNoneInTheWay } from './row-checks.js';
import type { Sessions } from './sessions.js';
import { StepFailure, send } from './step-failure.js';

/** undefined_object, undefined_table. */
const IS_NOT_THERE = new Set(['42704', '42P01']);

/** The step that follows `done` others. @throws StepFailure, or DiagnosticError (exit 4); nothing of the step remains then. */
export async function runStep(sessions: Sessions, body: PlanBody, done: number, options: BackfillOptions): Promise<void> {
  const step = body.steps[done] as PlanStep;
  if (step.backfill !== undefined) await runBackfill(sessions, body, done, options);
  else if (step.transaction === 'transaction') await runTransactionalStep(sessions, body, step, done);
  else await runLooseStep(sessions, body, step, done);
}

async function runTransactionalStep(sessions: Sessions, body: PlanBody, step: PlanStep, done: number): Promise<void> {
  const { work } = sessions;
  await work.query('begin');
  try {
    await work.query(`set local lock_timeout = ${step.lock_timeout_ms}; set local statement_timeout = ${step.statement_timeout_ms}`);
    for (const sql of step.pins ?? []) await send(sessions, step, sql);
    await assertAt(sessions, body, done, step, true);
    await assertNoneInTheWay(sessions, step);
    for (const { sql } of step.statements) await send(sessions, step, sql);
    // Constraint triggers that wait for the commit speak up here, where it is known which step they belong to.
    await send(sessions, step, 'set constraints all immediate');
    await assertAt(sessions, body, done + 1, step, true);
    // The last moment: whoever lost the lock must not commit beside whoever has it now.
    await assertHeldBy(work, sessions.lockPid);
    await recordDone(work, body.id, step.id);
    await work.query('commit');
  } catch (error) {
    await work.query('rollback').catch(() => undefined);
    throw (await overtaken(sessions, body, done, step, error)) ?? error;
  }
}

/** lock_not_available, deadlock_detected, query_canceled: whoever is in the way is still there, and another look might wait for them. */
const IN_THE_WAY = new Set(['55P03', '40P01', '57014']);

/**
 * That a statement failed over what somebody else did first: the table that a pin waited for was renamed, a name that was free is taken.
 * Null: the failure is the statement's own.
 */
async function overtaken(
  sessions: Sessions,
  body: PlanBody,
  done: number,
  step: PlanStep,
  error: unknown,
): Promise<DiagnosticError | null> {
  if (!(error instanceof StepFailure) || isConnectionLoss(error) || IN_THE_WAY.has(error.cause.code ?? '')) return null;
  try {
    await assertAt(sessions, body, done, step, false);
    return null;
  } catch (moved) {
    if (moved instanceof DiagnosticError) return moved;
    // The look failed, the statement did before it.
    return null;
  }
}

/** A step that the server runs outside a transaction: intent, statement, read back, done. Nothing can pin what it touches. */
async function runLooseStep(sessions: Sessions, body: PlanBody, step: PlanStep, done: number): Promise<void> {
  const { work } = sessions;
  await work.query(`set lock_timeout = ${step.lock_timeout_ms}; set statement_timeout = ${step.statement_timeout_ms}`);
  await assertAt(sessions, body, done, step, false);
  await recordIntent(work, body.id, step.id);
  try {
    for (const { sql } of step.statements) await send(sessions, step, sql);
  } catch (error) {
    // What cannot be cleared now (the connection is gone) is cleared by the next run.
    await clearHalfState(sessions, body, done).catch(() => undefined);
    throw error;
  }
  await assertAt(sessions, body, done + 1, step, false);
  await recordDone(work, body.id, step.id);
}

/**
 * Takes away what a stopped run of the loose step that follows `done` others left (an INVALID index), when the database is neither as
 * before nor as after it; says by what.
 */
export async function clearHalfState(
  sessions: Sessions,
  body: PlanBody,
  done: number,
  { along, onEvent }: { readonly along?: Along; readonly onEvent?: ApplyOptions['onEvent'] } = {},
): Promise<void> {
  const step = body.steps[done];
  if (step === undefined || step.recover.length === 0) return;
  const now = await readNow(sessions, body, false);
  if ([done, done + 1].some((at) => movedSince(body, at, now, along).length === 0)) return;
  for (const sql of step.recover) {
    try {
      await send(sessions, step, sql);
      onEvent?.({ type: 'note', text: `step ${step.id} was half done, which is cleared: ${sql}` });
    } catch (error) {
      // There is nothing half done: what differs is somebody else's.
      if (!(error instanceof StepFailure) || !IS_NOT_THERE.has(error.cause.code ?? '')) throw error;
    }
  }
}

/** True when the step says by a query how to know that it is done, and it is. */
export async function saysDone(sessions: Sessions, step: PlanStep): Promise<boolean> {
  if (step.done_when === null) return false;
  const { rows } = await sessions.work.query({ text: step.done_when, rowMode: 'array' });
  return (rows[0] as readonly unknown[] | undefined)?.[0] === true;
}
