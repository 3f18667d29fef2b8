/** One session that waits for another: what a test needs to know before it lets the other go on. Knows nothing of schemactl. */
import type pg from 'pg';

/** Work that was begun and is not waited for yet. */
export interface UnderWay {
  /** Message of the error that it ended with, or null. */
  readonly failure: Promise<string | null>;
  isOver(): boolean;
}

export function underWay(work: Promise<unknown>): UnderWay {
  let isOver = false;
  const failure = work
    .then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    .finally(() => {
      isOver = true;
    });
  return { failure, isOver: () => isOver };
}

const pidOf = (client: pg.Client): number => (client as pg.Client & { readonly processID: number }).processID;

/** Returns once the session of `waiting` waits for a lock of the other, as a third sees it. @throws when its work ends without having waited. */
export async function waitsFor(watching: pg.Client, waiting: pg.Client, other: pg.Client, work: UnderWay): Promise<void> {
  for (;;) {
    const { rows } = await watching.query('select $2 = any (pg_blocking_pids($1)) as blocked', [pidOf(waiting), pidOf(other)]);
    if (rows[0].blocked) return;
    if (work.isOver()) throw new Error(`it did not wait: ${(await work.failure) ?? 'it went through'}`);
  }
}
