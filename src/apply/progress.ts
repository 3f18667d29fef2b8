/** How far a backfill is, in the ledger; written in the transaction of each batch. Knows no kind. */
import type { ClientBase } from 'pg';

export interface BackfillProgress {
  /** The key that the last batch ended with; null: none is done. */
  readonly at: readonly string[] | null;
  /** The last key when the backfill began; null: there was nothing to do. */
  readonly last: readonly string[] | null;
  readonly rows_done: number;
}

/** Null before the first look at the table. */
export async function readProgress(client: ClientBase, plan: string, step: string): Promise<BackfillProgress | null> {
  const { rows } = await client.query<{ position: Pick<BackfillProgress, 'at' | 'last'>; rows_done: string }>(
    'select position, rows_done from schemactl.progress where plan = $1 and step = $2',
    [plan, step],
  );
  const [row] = rows;
  return row === undefined ? null : { ...row.position, rows_done: Number(row.rows_done) };
}

export async function writeProgress(client: ClientBase, plan: string, step: string, progress: BackfillProgress): Promise<void> {
  const { at, last, rows_done } = progress;
  await client.query(
    `insert into schemactl.progress as p (plan, step, position, rows_done) values ($1, $2, $3, $4)
     on conflict (plan, step) do update
       set position = excluded.position, rows_done = excluded.rows_done, updated_at = pg_catalog.clock_timestamp()`,
    [plan, step, JSON.stringify({ at, last }), rows_done],
  );
}
