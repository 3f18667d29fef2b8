/** Goes on after a lost connection: a new one finds in the database what had been committed. Knows no plan and no kind. */

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** A crashed server is back within that, or somebody has to look after it. */
const GIVE_UP_MS = 60_000;

const BROKEN = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);

/**
 * That the session is gone, whatever its last statement did: class 08, the server's shutdown, crash or start (57P01-57P03), or a socket
 * that broke. The driver has words of its own for the last. No free connection (53300) is what the next session may meet: others came first.
 */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (/^(08|57P0[123]$|53300$)/.test(code) || BROKEN.has(code))) return true;
  if (error.cause instanceof Error) return isConnectionLoss(error.cause);
  return /^(Connection terminated|Client has encountered a connection error|Client was closed)/.test(error.message);
}

export interface Losses {
  /** That the run got as far as a session: a server that cannot be reached at all is not waited for. */
  readonly wasConnected: () => boolean;
  readonly onLoss: (reason: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Runs it again after each loss, with growing pauses. @throws what it throws, the loss itself when the server does not come back */
export async function throughLosses<T>(run: () => Promise<T>, losses: Losses): Promise<T> {
  let lost_at: number | null = null;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await run();
    } catch (error) {
      if (!isConnectionLoss(error) || !losses.wasConnected() || losses.signal?.aborted) throw error;
      lost_at ??= Date.now();
      if (Date.now() - lost_at > GIVE_UP_MS) throw error;
      losses.onLoss((error as Error).message);
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }
}
