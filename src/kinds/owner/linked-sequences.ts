/** The sequences that belong to columns of a table: the server wants them and the table to have one owner. */
import type { Address } from '../../core/address.js';
import type { State } from '../../core/object.js';

const indexes = new WeakMap<State, ReadonlyMap<Address, readonly Address[]>>();

/** Addresses of the links (sequence_owner) by the table that they lead to, computed once per state. */
export function sequenceLinks(state: State, table: Address): readonly Address[] {
  const known = indexes.get(state) ?? indexOf(state);
  indexes.set(state, known);
  return known.get(table) ?? [];
}

function indexOf(state: State): ReadonlyMap<Address, readonly Address[]> {
  const index = new Map<Address, Address[]>();
  for (const link of state.values()) {
    if (link.kind !== 'sequence_owner') continue;
    for (const on of link.dependsOn) {
      const table = state.get(on)?.parent ?? null;
      if (table !== null && on !== link.parent) index.set(table, [...(index.get(table) ?? []), link.address]);
    }
  }
  return index;
}
