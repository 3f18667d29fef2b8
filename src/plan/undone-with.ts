/** Which step has to be undone for a step to be undone, where that is not the step alone, and what else goes then. Knows no kind. */
import type { Address } from '../core/address.js';
import type { UndoneWith } from '../core/plan.js';
import type { Operation } from '../kinds/kind.js';
import type { Converged } from './converge.js';
import type { UnitProof } from './prove.js';

/**
 * Null where there is no such thing, or where it does not hold: what would go was there before the plan, or a step before it changed that
 * together with something that stays.
 */
export function undoneWith(converged: Converged, index: number): UndoneWith | null {
  const operations = converged.units[index]?.tasks.map(({ operation }) => operation) ?? [];
  const taken = operations.flatMap(({ undoTaking }) => undoTaking?.takes ?? []);
  if (taken.length > 0) return takingAlong(converged, index, taken);
  const [tie, ...others] = operations.map((operation) => operation.undoneWith);
  return tie === undefined || others.length > 0 ? null : tied(converged, index, tie);
}

/** It is undone by itself, and others with it. */
function takingAlong(converged: Converged, index: number, taken: readonly Address[]): UndoneWith | null {
  const takes = stepsOf(converged, index, familyOf(converged, index, taken));
  return takes === null ? null : { step: String(index + 1), takes: takes.map(idOf) };
}

/** It is undone with what made the object that it is tied to. */
function tied(converged: Converged, index: number, tie: NonNullable<Operation['undoneWith']>): UndoneWith | null {
  const before = converged.proof.units.slice(0, index);
  const maker = before.findIndex((each) => isMade(each, tie.object));
  if (maker < 0) return null;
  const takes = stepsOf(converged, index, familyOf(converged, index, [tie.takes]));
  if (takes === null) return null;
  // Until the maker's turn it reads as this step left it, so nobody else may have a part in it.
  const changed = new Set([...touchedBy(converged.proof.units[index]), tie.object]);
  const meddles = (each: UnitProof, at: number): boolean =>
    at !== maker && !takes.includes(at) && !isTied(converged, at) && touchedBy(each).some((address) => changed.has(address));
  return before.some(meddles) ? null : { step: idOf(maker), takes: takes.map(idOf) };
}

/** With what they were made of: the index that a constraint took over. */
function familyOf({ proof }: Converged, index: number, taken: readonly Address[]): ReadonlySet<Address> {
  const family = new Set(taken);
  for (const each of proof.units.slice(0, index).toReversed())
    if ([...family].some((address) => isMade(each, address))) for (const address of removedBy(each)) family.add(address);
  return family;
}

/** Places of the steps before `index` that made or changed `family` or parts of it; null where one of them did something else too. */
function stepsOf(converged: Converged, index: number, family: ReadonlySet<Address>): readonly number[] | null {
  if ([...family].some((address) => converged.footprint.has(address))) return null;
  const goes = (each: UnitProof, address: Address): boolean => {
    const parentOf = (at: Address): Address | null => (each.states.after.get(at) ?? each.states.before.get(at))?.parent ?? null;
    for (let at: Address | null = address; at !== null; at = parentOf(at)) if (family.has(at)) return true;
    return false;
  };
  const found: number[] = [];
  for (const [at, each] of converged.proof.units.slice(0, index).entries()) {
    const parts = touchedBy(each).filter((address) => goes(each, address));
    // What is tied to one of them goes with that.
    if (parts.length === 0 || isTied(converged, at)) continue;
    if (parts.length < touchedBy(each).length || parts.some((address) => converged.footprint.has(address))) return null;
    found.push(at);
  }
  return found.length === 0 ? null : found;
}

function isTied({ units }: Converged, at: number): boolean {
  return units[at]?.tasks.some(({ operation }) => operation.undoneWith !== undefined) === true;
}

const idOf = (at: number): string => String(at + 1);

function touchedBy(proof: UnitProof | undefined): readonly Address[] {
  return Object.keys(proof?.after ?? {});
}

function isMade({ before, after }: UnitProof, address: Address): boolean {
  return (before[address] ?? null) === null && (after[address] ?? null) !== null;
}

function removedBy({ before, after }: UnitProof): readonly Address[] {
  return Object.keys(after).filter((address) => (before[address] ?? null) !== null && after[address] === null);
}
