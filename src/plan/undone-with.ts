/** Which step has to be undone for a step to be undone that ties two objects together, and what else goes then. Knows no kind. */
import type { Address } from '../core/address.js';
import type { PlanStep } from '../core/plan.js';
import type { Converged } from './converge.js';
import type { UnitProof } from './prove.js';

/**
 * Nothing where that does not hold: one of the two was there before the plan, or a step before it changed what goes together with
 * something that stays.
 */
export function undoneWith({ units, proof, footprint }: Converged, index: number): Partial<Pick<PlanStep, 'undo' | 'undone_with'>> {
  const [task, ...others] = units[index]?.tasks ?? [];
  const tie = task?.operation.undoneWith;
  const own = proof.units[index];
  if (tie === undefined || own === undefined || others.length > 0) return {};
  const before = proof.units.slice(0, index);
  const isOwn = isMade(own, tie.object);
  const maker = isOwn ? index : before.findIndex((each) => isMade(each, tie.object));
  const going = new Set([tie.takes]);
  // What the taken object was made of: the index that a constraint took over.
  for (const each of before.toReversed())
    if ([...going].some((address) => isMade(each, address))) for (const address of removedBy(each)) going.add(address);
  if (maker < 0 || (isOwn && tie.sql === undefined) || [...going].some((address) => footprint.has(address))) return {};
  const goes = (each: UnitProof | undefined, address: Address): boolean => {
    const parentOf = (at: Address): Address | null => (each?.states.after.get(at) ?? each?.states.before.get(at))?.parent ?? null;
    for (let at: Address | null = address; at !== null; at = parentOf(at)) if (going.has(at)) return true;
    return false;
  };
  // Others that are tied to what is there go with that.
  const isTied = (at: number): boolean => {
    const object = units[at]?.tasks[0]?.operation.undoneWith?.object;
    return object !== undefined && !isMade(before[at] as UnitProof, object);
  };
  const asked = before.flatMap((_, at) => (at === maker || isTied(at) ? [] : [at]));
  const touching = asked.filter((at) => touchedBy(before[at]).some((address) => goes(before[at], address)));
  // Until the maker's turn it reads as this step left it.
  const changed = new Set(isOwn ? [] : [...touchedBy(own), tie.object]);
  const isApart = asked.every((at) => {
    const each = before[at];
    if (touching.includes(at)) return touchedBy(each).every((address) => goes(each, address) && !footprint.has(address));
    return !touchedBy(each).some((address) => changed.has(address));
  });
  if (!isApart) return {};
  return {
    ...(isOwn && tie.sql ? { undo: { sql: tie.sql } } : {}),
    undone_with: { step: String(maker + 1), takes: touching.map((at) => String(at + 1)) },
  };
}

function touchedBy(proof: UnitProof | undefined): readonly Address[] {
  return Object.keys(proof?.after ?? {});
}

function isMade({ before, after }: UnitProof, address: Address): boolean {
  return (before[address] ?? null) === null && (after[address] ?? null) !== null;
}

function removedBy({ before, after }: UnitProof): readonly Address[] {
  return Object.keys(after).filter((address) => (before[address] ?? null) !== null && after[address] === null);
}
