/** Makes an open plan hold back, or lets it go on: backfills between two batches, and the contract phase. Knows no kind. */
import type { ClientBase } from 'pg';
import { DiagnosticError } from '../core/diagnostic.js';
import { ensureLedger, readLedger } from './ledger.js';

export type PauseStatus = 'paused' | 'already-paused' | 'resumed' | 'not-paused';

/** Whoever applies sees it within a second; nobody's lock is needed. @throws DiagnosticError SC5105 when no such plan is open */
export async function setPaused(client: ClientBase, id: string, paused: boolean): Promise<PauseStatus> {
  if ((await readLedger(client)) === null) throw notOpen(id);
  await ensureLedger(client);
  const { rows } = await client.query<{ was: boolean }>(
    `with old as (select id, paused_at is not null as was from schemactl.plans where id::text = $1 and state in ('started', 'aborting') for update),
          new as (update schemactl.plans p set paused_at = case when $2 then coalesce(p.paused_at, pg_catalog.clock_timestamp()) end
                    from old where p.id = old.id)
     select was from old`,
    [id, paused],
  );
  const [row] = rows;
  if (row === undefined) throw notOpen(id);
  if (paused) return row.was ? 'already-paused' : 'paused';
  return row.was ? 'resumed' : 'not-paused';
}

function notOpen(id: string): DiagnosticError {
  return new DiagnosticError([
    { code: 'SC5105', severity: 'error', summary: `the plan ${id} is not open`, hint: 'schemactl status lists the open plans' },
  ]);
}
