/** Desired x current -> changes, over objects and addresses alone: knows no kind but by the slots of its attributes. */
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import type { State } from '../core/object.js';
import { differingAttributes, type Kinds } from '../kinds/hashing.js';

export interface CompareOptions {
  readonly kinds: Kinds;
  /** Attributes that a declaration leaves to the server, by address: not compared. */
  readonly unset: ReadonlyMap<Address, readonly string[]>;
}

/** Changes that lead from `current` to `desired`, by address. Both states hold only what is managed. */
export function compare(desired: State, current: State, options: CompareOptions): readonly Change[] {
  const changes: Change[] = [];
  for (const [address, before] of current) {
    if (!desired.has(address)) changes.push({ type: 'drop', address, before });
  }
  for (const [address, after] of desired) {
    const before = current.get(address);
    if (before === undefined) {
      changes.push({ type: 'add', address, after });
      continue;
    }
    const unset = options.unset.get(address) ?? [];
    const moved = before.parent === after.parent ? [] : ['parent'];
    const attributes = [...differingAttributes(options.kinds, before, after).filter((name) => !unset.includes(name)), ...moved];
    if (attributes.length > 0) changes.push({ type: 'set', address, before, after, attributes });
  }
  return changes.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}
