/**
 * Runs the one statement of a backfill step batch by batch: each batch is a transaction of its own that writes its progress too, so
 * that the next run goes on at the key where this one stopped. Knows no kind.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlanBackfill, PlanBody, PlanStep } from '../core/plan.js';
import { BatchSize } from './batch-size.js';
import { recordDone, recordIntent } from './ledger.js';
import { assertHeldBy } from './lock.js';
import { assertAt } from './look.js';
import type { ApplyOptions } from './options.js';
import { type BackfillProgress, readProgress, writeProgress } from './progress.js';
import { interrupted } from './refusals.js';
import type { Sessions } from './sessions.js';
import { send, sendWith } from './step-failure.js';
import { Throttle } from './throttle.js';

/** A key as the plan's queries take and give it: one text per column. */
export type Key = readonly string[];

/** How long a batch is to take: short enough that those who wait for one of its rows do not mind. */
const TARGET_MS = 250;
const FIRST_ROWS = 1_000;
const MOST_ROWS = 50_000;
/** lock_not_available, deadlock_detected, query_canceled: fewer rows are held for a shorter time. */
const TOO_MUCH = new Set(['55P03', '40P01', '57014']);
const PAUSE_MS = 100;
/** Whoever holds a row of ours this often in a row is told of as for any lock that is not free. */
const MOST_FAILURES = 20;
/** The catalog is looked at again so often. */
const LOOK_MS = 10_000;

export type BackfillOptions = Pick<ApplyOptions, 'onEvent' | 'signal' | 'throttle'>;

/** The step that follows `done` others, from where it stopped. @throws StepFailure, or DiagnosticError; what is committed stays. */
export async function runBackfill(sessions: Sessions, body: PlanBody, done: number, options: BackfillOptions): Promise<void> {
  const { work } = sessions;
  const step = body.steps[done] as PlanStep & { readonly backfill: PlanBackfill };
  await work.query(`set lock_timeout = ${step.lock_timeout_ms}; set statement_timeout = ${step.statement_timeout_ms}`);
  await assertAt(sessions, body, done, step, false);
  await recordIntent(work, body.id, step.id);
  let progress = (await readProgress(work, body.id, step.id)) ?? (await begin(sessions, body, step));
  const total = step.estimate?.rows ?? null;
  const size = new BatchSize(FIRST_ROWS, MOST_ROWS, TARGET_MS);
  const throttle = new Throttle(sessions, body.id, options);
  const [before, begun] = [progress.rows_done, Date.now()];
  let failures = 0;
  let looked = Date.now();
  while (!isDone(progress)) {
    await throttle.pass();
    if (options.signal?.aborted) throw interrupted(step);
    const started = Date.now();
    try {
      progress = await runBatch(sessions, body, step, progress, size.rows);
      failures = 0;
      size.took(Date.now() - started);
    } catch (error) {
      failures += 1;
      const { code } = (error as { cause?: { code?: string } }).cause ?? {};
      if (!TOO_MUCH.has(code ?? '') || failures >= MOST_FAILURES) throw error;
      size.halve();
      await sleep(PAUSE_MS * failures, undefined, options.signal ? { signal: options.signal } : {}).catch(() => undefined);
      continue;
    }
    const rows_per_s = Math.round(((progress.rows_done - before) * 1000) / Math.max(Date.now() - begun, 1));
    options.onEvent?.({ type: 'rows_done', step: step.id, done: progress.rows_done, total, rows_per_s });
    if (Date.now() - looked < LOOK_MS) continue;
    await assertAt(sessions, body, done, step, false);
    looked = Date.now();
  }
  await assertAt(sessions, body, done + 1, step, false);
  await assertHeldBy(work, sessions.lockPid);
  await recordDone(work, body.id, step.id);
}

const isDone = ({ at, last }: BackfillProgress): boolean => last === null || (at !== null && at.join('\0') === last.join('\0'));

/** The last key of now: what is inserted later is none of the backfill's business, so that it has an end under any load. */
async function begin(sessions: Sessions, body: PlanBody, step: PlanStep & { backfill: PlanBackfill }): Promise<BackfillProgress> {
  const last = await keyOf(sessions, step, step.backfill.last, []);
  const progress: BackfillProgress = { at: null, last, rows_done: 0 };
  await writeProgress(sessions.work, body.id, step.id, progress);
  return progress;
}

async function runBatch(
  sessions: Sessions,
  body: PlanBody,
  step: PlanStep & { readonly backfill: PlanBackfill },
  from: BackfillProgress,
  rows: number,
): Promise<BackfillProgress> {
  const { work } = sessions;
  await work.query('begin');
  try {
    // Row security would leave out rows in silence; so it is an error where it would.
    await work.query('set local row_security = off');
    const to = (await keyOf(sessions, step, step.backfill.bound, [from.at, from.last, rows])) ?? from.last;
    const { count } = await sendWith(sessions, step, step.statements[0]?.sql ?? '', [from.at, to]);
    const progress: BackfillProgress = { at: to, last: from.last, rows_done: from.rows_done + count };
    await writeProgress(work, body.id, step.id, progress);
    await send(sessions, step, 'set constraints all immediate');
    await assertHeldBy(work, sessions.lockPid);
    await work.query('commit');
    return progress;
  } catch (error) {
    await work.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function keyOf(sessions: Sessions, step: PlanStep, sql: string, values: readonly unknown[]): Promise<Key | null> {
  const { rows } = await sendWith(sessions, step, sql, values);
  return (rows[0]?.[0] as Key | null | undefined) ?? null;
}
