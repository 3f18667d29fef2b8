/** Runs ready-made statements in a scratch database, in few round trips; knows no kind. */
import type { ClientBase } from 'pg';

/** A statement that failed, with the server's own error. */
export class StatementError extends Error {
  constructor(
    readonly sql: string,
    readonly index: number,
    override readonly cause: Error,
  ) {
    super(`${cause.message}\n  in: ${sql}`);
    this.name = 'StatementError';
  }
}

const BATCH_BYTES = 256 * 1024;

/**
 * Runs statements in one transaction; many share a message. On failure nothing remains.
 * @throws StatementError naming the statement
 */
export async function runInTransaction(client: ClientBase, statements: readonly string[]): Promise<void> {
  const whole = statements.reduce((sum, sql) => sum + sql.length, 0);
  try {
    await client.query('begin');
    let batch: string[] = [];
    let size = 0;
    for (const sql of statements) {
      batch.push(sql);
      size += sql.length;
      if (size < BATCH_BYTES) continue;
      await client.query(batch.join(';\n'));
      batch = [];
      size = 0;
    }
    if (batch.length > 0) await client.query(batch.join(';\n'));
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    if (whole === 0) throw error;
    throw await culprit(client, statements, error as Error);
  }
}

/** Runs one by one to learn which statement it was; everything is rolled back. */
async function culprit(client: ClientBase, statements: readonly string[], first: Error): Promise<StatementError> {
  await client.query('begin');
  try {
    for (const [index, sql] of statements.entries()) {
      try {
        await client.query(sql);
      } catch (error) {
        return new StatementError(sql, index, error as Error);
      }
    }
    await client.query('set constraints all immediate');
  } catch (error) {
    return new StatementError(statements.at(-1) ?? '', statements.length - 1, error as Error);
  } finally {
    await client.query('rollback');
  }
  return new StatementError(statements.at(-1) ?? '', statements.length - 1, first);
}

/** Runs one statement outside a transaction. @throws StatementError */
export async function runAlone(client: ClientBase, sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    throw new StatementError(sql, 0, error as Error);
  }
}
