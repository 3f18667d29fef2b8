/** What keeps others from changing the objects of a step until it commits: their kinds say how. Knows no kind. */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { kindFor } from '../kinds/hashing.js';
import type { Pin } from '../kinds/kind.js';
import { kindByName } from '../kinds/registry.js';
import type { UnitProof } from './prove.js';

export interface StepPins {
  readonly pins: readonly string[];
  readonly unpinned: readonly { readonly address: Address; readonly reason: string }[];
}

/**
 * One pin for each object that the step finds and touches, or touches a part of. Owners first by rank of their kinds: whoever needs
 * several locks takes them in one order.
 */
export function pinsOf({ before, states }: Pick<UnitProof, 'before' | 'states'>): StepPins {
  const pinned = new Map<Address, Pinned>();
  for (const address of Object.keys(before)) {
    const found = pinnedBy(address, states.before, states.after);
    if (found !== null) pinned.set(found.object.address, found);
  }
  const found = [...pinned.values()].sort((a, b) => rank(a.object) - rank(b.object) || (a.object.address < b.object.address ? -1 : 1));
  return {
    pins: [...new Set(found.flatMap(({ pin }) => ('sql' in pin ? [pin.sql] : [])))],
    unpinned: found.flatMap(({ object, pin }) => ('reason' in pin ? [{ address: object.address, reason: pin.reason }] : [])),
  };
}

interface Pinned {
  readonly object: SchemaObject;
  readonly pin: Pin;
}

const grantReference = (object: SchemaObject): string | null => kindFor(kindByName, object).grantReference?.(object) ?? null;

/** The pin of the object itself, or of the nearest one around it that has one and is there already; null: nothing to hold. */
export function pinnedBy(address: Address, before: State, after: State): Pinned | null {
  for (let at: Address | null = address; at !== null; at = (before.get(at) ?? after.get(at))?.parent ?? null) {
    const object = before.get(at);
    const pin = object === undefined ? null : (kindFor(kindByName, object).pin?.(object, before, { grantReference }) ?? null);
    if (object !== undefined && pin !== null) return { object, pin };
  }
  return null;
}

function rank(object: SchemaObject): number {
  return kindFor(kindByName, object).rank;
}
