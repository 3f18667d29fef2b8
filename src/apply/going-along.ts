/** Steps that go with another one that is undone (`undone_with`). Pure; knows no kind. */
import type { PlanBody } from '../core/plan.js';
import type { LedgerStep } from './ledger.js';

/** Step -> the step that has to be undone for it to be gone. */
export type Along = ReadonlyMap<string, string>;

export const NONE_ALONG: Along = new Map();

/** What goes along depends on what was done: before an index is attached it can be undone by itself. */
export function goingAlong(body: PlanBody, rows: readonly Pick<LedgerStep, 'step' | 'state'>[]): Along {
  const wasDone = new Set(rows.filter(({ state }) => state !== 'intent').map(({ step }) => step));
  const next = new Map<string, string>();
  for (const { id, undone_with: other } of body.steps) {
    if (other === undefined || !wasDone.has(id)) continue;
    for (const each of [id, ...other.takes]) if (each !== other.step) next.set(each, first(next.get(each), other.step));
  }
  return new Map([...next.keys()].map((step) => [step, lastOf(next, step)]));
}

function first(known: string | undefined, other: string): string {
  return known !== undefined && Number(known) < Number(other) ? known : other;
}

/** What it goes with may itself go with another. */
function lastOf(next: ReadonlyMap<string, string>, step: string): string {
  let at = step;
  for (let left = next.size; left > 0 && next.has(at); left -= 1) at = next.get(at) as string;
  return at;
}
