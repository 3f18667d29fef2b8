/** The ledger as planning sees it; reads, never creates. */
import type { ClientBase } from 'pg';
import type { Past } from '../plan/past.js';
import { lastApplied, openPlans, readLedger, stepRows } from './ledger.js';

/** null when nothing was ever applied here. */
export async function readPast(client: ClientBase): Promise<Past | null> {
  const ledger = await readLedger(client);
  if (ledger === null) return null;
  const last = await lastApplied(client);
  const open = await openPlans(client);
  const steps = await Promise.all(open.map(({ id }) => stepRows(client, id)));
  return {
    database: ledger.database,
    schemas: last?.schemas ?? [],
    declared: last?.declared ?? [],
    applied: last !== null,
    open: open.map(({ id, started_at }, index) => ({
      id,
      started_at,
      steps_done: (steps[index] ?? []).filter((row) => row.state === 'done').length,
    })),
  };
}
