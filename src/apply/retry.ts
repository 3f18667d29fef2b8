/** Tries a step again when it did not get its locks, and says meanwhile who blocks it. Knows no kind. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { PlanStep } from '../core/plan.js';
import { blockersOf, describeBlockers } from './lock.js';
import type { ApplyOptions, Blocker } from './options.js';
import type { Sessions } from './sessions.js';
import { StepFailure } from './step-failure.js';

/** lock_not_available and deadlock_detected: nothing is wrong with the statement. */
const NOT_FREE = new Set(['55P03', '40P01']);
/** "tuple concurrently updated" has no code of its own: somebody else changed the same object and was first. */
const OVERTAKEN = 'XX000';
const WATCH_MS = 500;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** @throws DiagnosticError SC5208 (exit 7) when the lock was never free; whatever else the step throws */
export async function runWithRetries(
  sessions: Sessions,
  step: PlanStep,
  options: Pick<ApplyOptions, 'lock_retries' | 'onEvent' | 'signal'>,
  run: () => Promise<void>,
): Promise<void> {
  const attempts = options.lock_retries + 1;
  // A try may be over before anybody looked: then those who stood in the way of the one before are told.
  let last: readonly Blocker[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const stopWatching = watch(sessions, step, (blockers) => {
      last = blockers;
      options.onEvent?.({ type: 'lock_waiting', step: step.id, attempt, attempts, blockers });
    });
    try {
      await run();
      return;
    } catch (error) {
      const code = error instanceof StepFailure ? (error.cause.code ?? '') : '';
      // Once more in any case: the next look at the catalog says what was changed.
      if (code === OVERTAKEN && attempt <= Math.max(attempts - 1, 1)) continue;
      if (!NOT_FREE.has(code)) throw error;
      if (attempt >= attempts) throw neverFree(step, attempts, last);
    } finally {
      await stopWatching();
    }
    if (options.signal?.aborted) throw neverFree(step, attempt, last);
    // Doubling with jitter, so that those who wait do not come back together.
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS) * (0.5 + Math.random());
    await sleep(pause, undefined, options.signal ? { signal: options.signal } : {}).catch(() => undefined);
    if (options.signal?.aborted) throw neverFree(step, attempt, last);
  }
}

/** Looks from the lock session, which is idle meanwhile; more often than a wait for a lock can end. */
function watch(sessions: Sessions, step: PlanStep, found: (blockers: readonly Blocker[]) => void): () => Promise<void> {
  let busy: Promise<void> = Promise.resolve();
  const pause = step.lock_timeout_ms === 0 ? WATCH_MS : Math.min(WATCH_MS, Math.max(step.lock_timeout_ms / 3, 20));
  const timer = setInterval(() => {
    busy = busy
      .then(() => blockersOf(sessions.lock, sessions.workPid))
      .then((blockers) => {
        if (blockers.length > 0) found(blockers);
      })
      .catch(() => undefined);
  }, pause);
  return async () => {
    clearInterval(timer);
    await busy;
  };
}

function neverFree(step: PlanStep, attempts: number, blockers: readonly Blocker[]): DiagnosticError {
  return new DiagnosticError(
    [
      {
        code: 'SC5208',
        severity: 'error',
        summary: `step ${step.id} did not get its lock in ${attempts} ${attempts === 1 ? 'try' : 'tries'}`,
        ...(blockers.length > 0 ? { detail: `blocked by ${describeBlockers(blockers)}` } : {}),
        hint: 'run apply again when the other session is done',
      },
    ],
    ExitCode.locked,
  );
}
