/** The ledger as planning sees it; reads, never creates. */
import type { ClientBase } from 'pg';
import type { Past } from '../plan/past.js';
import { lastApplied, readLedger } from './ledger.js';

/** null when nothing was ever applied here. */
export async function readPast(client: ClientBase): Promise<Past | null> {
  const ledger = await readLedger(client);
  if (ledger === null) return null;
  const last = await lastApplied(client);
  return { database: ledger.database, schemas: last?.schemas ?? [], declared: last?.declared ?? [], applied: last !== null };
}
