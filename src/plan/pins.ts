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
  const pinned = new Map<Address, SchemaObject>();
  for (const address of Object.keys(before)) {
    const object = pinnedBy(address, states.before, states.after);
    if (object !== null) pinned.set(object.address, object);
  }
  const objects = [...pinned.values()].sort((a, b) => rank(a) - rank(b) || (a.address < b.address ? -1 : 1));
  const found = objects.map((object) => ({ address: object.address, pin: kindFor(kindByName, object).pin?.(object, states.before) }));
  return {
    pins: [...new Set(found.flatMap(({ pin }) => (pin !== undefined && 'sql' in pin ? [pin.sql] : [])))],
    unpinned: found.flatMap(({ address, pin }) => (isReason(pin) ? [{ address, reason: pin.reason }] : [])),
  };
}

function isReason(pin: Pin | undefined): pin is { readonly reason: string } {
  return pin !== undefined && 'reason' in pin;
}

/** The object itself, or the nearest one around it that a pin holds and that is there already; null: nothing to hold. */
function pinnedBy(address: Address, before: State, after: State): SchemaObject | null {
  for (let at: Address | null = address; at !== null; at = (before.get(at) ?? after.get(at))?.parent ?? null) {
    const object = before.get(at);
    if (object !== undefined && kindFor(kindByName, object).pin !== undefined) return object;
  }
  return null;
}

function rank(object: SchemaObject): number {
  return kindFor(kindByName, object).rank;
}
