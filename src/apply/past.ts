/** The ledger as planning sees it; reads, never creates. */
import type { ClientBase } from 'pg';
import type { PlanDocument } from '../core/plan.js';
import type { OpenPlan, Past } from '../plan/past.js';
import { type LedgerPlan, type LedgerStep, lastApplied, openPlans, readLedger, stepRows } from './ledger.js';
import { footprintAfter, touchedBy } from './position.js';

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
    open: open.map((row, index) => openPlan(row, steps[index] ?? [])),
  };
}

function openPlan({ id, started_at, document }: LedgerPlan, rows: readonly LedgerStep[]): OpenPlan {
  const steps_done = rows.filter(({ state }) => state === 'done').length;
  const body = (JSON.parse(document) as PlanDocument).plan;
  const end = footprintAfter(body, body.steps.length);
  return {
    id,
    started_at,
    steps_done,
    begun: rows.length > 0,
    steps: body.steps.length,
    waits_for: body.steps[steps_done]?.phase ?? null,
    desired: body.desired.digest,
    ends: new Map([...touchedBy(body)].map((address) => [address, end[address] ?? null])),
  };
}
