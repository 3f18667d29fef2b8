/** Where in its chain of states a plan stands, from what the database reads as now. Pure; knows no kind. */
import type { Address } from '../core/address.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Footprint, Hash, PlanBody, PlanStep } from '../core/plan.js';

export type Hashes = ReadonlyMap<Address, Hash>;

/** F0, F1 … Fn: the footprint before the first and after every step. */
export function chainOf(body: PlanBody): readonly Footprint[] {
  const chain: Footprint[] = [body.footprint];
  for (const step of body.steps) chain.push({ ...(chain.at(-1) as Footprint), ...step.after });
  return chain;
}

/** Addresses where the database is not as the footprint says, with what was expected. */
export function mismatches(footprint: Footprint, live: Hashes): readonly Address[] {
  return Object.keys(footprint).filter((address) => (live.get(address) ?? null) !== footprint[address]);
}

/** Number of steps done, or null when the database is at no state of the chain. `hint`: how many the ledger says. */
export function findPosition(body: PlanBody, live: Hashes, hint: number): number | null {
  const chain = chainOf(body);
  const order = [hint, ...chain.keys()].filter((index, at, all) => all.indexOf(index) === at);
  return order.find((index) => chain[index] !== undefined && mismatches(chain[index] as Footprint, live).length === 0) ?? null;
}

/** What moved, one finding per object, for objects whose hashes were `expected` (null: no such object). */
export function movedObjects(expected: Footprint, live: Hashes): readonly Diagnostic[] {
  return mismatches(expected, live).map((address) => moved(address, expected[address] ?? null, live.get(address) ?? null));
}

export function moved(address: Address, before: string | null, now: string | null): Diagnostic {
  const what = before === null ? 'was added' : now === null ? 'was dropped' : 'was changed';
  return { code: 'SC6232', severity: 'error', summary: `${address} ${what}`, address };
}

/** Of several findings, without those that another explains: a dropped table takes its columns along. */
export function rootsOnly(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const names = findings.map((finding) => ({ finding, name: (finding.address ?? '').replace(/^[a-z_]+:/, '') }));
  return names
    .filter(({ finding, name }) =>
      names.every(
        (other) => other.finding === finding || !(name.startsWith(`${other.name}.`) && sameVerb(finding.summary, other.finding.summary)),
      ),
    )
    .map(({ finding }) => finding);
}

function sameVerb(a: string, b: string): boolean {
  return a.split(' ').at(-1) === b.split(' ').at(-1) && !a.endsWith('changed');
}

export function stepsOf(body: PlanBody, phase: 'expand' | 'contract' | 'all'): readonly PlanStep[] {
  return body.steps.filter((step) => phase === 'all' || step.phase === phase);
}
