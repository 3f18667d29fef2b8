/** Tries a step again when it did not get its locks, and says meanwhile who blocks it. Knows no kind. */
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { PlanBody, PlanStep } from '../core/plan.js';
import { blockersOf, describeBlockers } from './lock.js';
import type { ApplyOptions, Blocker } from './options.js';
import { runLooseStep, runTransactionalStep, StepFailure } from './run-step.js';
import type { Sessions } from './sessions.js';

/** lock_not_available and deadlock_detected: nothing is wrong with the statement. */
const RETRYABLE = new Set(['55P03', '40P01']);
const WATCH_MS = 500;
const FIRST_PAUSE_MS = 250;

/** @throws DiagnosticError SC5208 (exit 7) when the lock was never free; whatever else the step throws */
export async function runWithRetries(sessions: Sessions, body: PlanBody, step: PlanStep, options: ApplyOptions): Promise<void> {
  const attempts = options.lock_retries + 1;
  const run = step.transaction === 'transaction' ? runTransactionalStep : runLooseStep;
  for (let attempt = 1; ; attempt += 1) {
    let last: readonly Blocker[] = [];
    const stopWatching = watch(sessions, (blockers) => {
      last = blockers;
      options.onEvent?.({ type: 'lock_waiting', step: step.id, attempt, attempts, blockers });
    });
    try {
      await run(sessions, body, step);
      return;
    } catch (error) {
      const isRetryable = error instanceof StepFailure && RETRYABLE.has(error.cause.code ?? '');
      if (!isRetryable) throw error;
      if (attempt >= attempts) throw neverFree(step, attempts, last);
    } finally {
      await stopWatching();
    }
    // Doubling with jitter, so that those who wait do not come back together.
    const pause = FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Looks from the lock session, which is idle meanwhile. */
function watch(sessions: Sessions, found: (blockers: readonly Blocker[]) => void): () => Promise<void> {
  let busy: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    busy = busy
      .then(() => blockersOf(sessions.lock, sessions.workPid))
      .then((blockers) => {
        if (blockers.length > 0) found(blockers);
      })
      .catch(() => undefined);
  }, WATCH_MS);
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
        summary: `step ${step.id} did not get its lock in ${attempts} tries`,
        ...(blockers.length > 0 ? { detail: `blocked by ${describeBlockers(blockers)}` } : {}),
        hint: 'run apply again when the other session is done',
      },
    ],
    ExitCode.locked,
  );
}
