/** The keys of a table, whether constraints or unique indexes, that a foreign key could lean on; knows no order of statements. */
import { type Address, formatAddress } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { flagOf, textOf, textsOf } from '../attribute-values.js';
import { namePartsOf } from '../qualified-name.js';

const indexes = new WeakMap<State, ReadonlyMap<Address, readonly SchemaObject[]>>();

/** Those of the table that a foreign key refers to, with its columns: the server takes the oldest of them. */
export function keysFor(foreign: SchemaObject, state: State): readonly Address[] {
  const known = indexes.get(state) ?? indexOf(state);
  indexes.set(state, known);
  const columns = textsOf(foreign, 'references_columns').toSorted().join('\0');
  return (known.get(referredTable(foreign)) ?? [])
    .filter((key) => key.kind === 'index' || textsOf(key, 'columns').toSorted().join('\0') === columns)
    .map(({ address }) => address);
}

export function referredTable(foreign: SchemaObject): Address {
  return formatAddress('table', namePartsOf(textOf(foreign, 'references') ?? ''));
}

function indexOf(state: State): ReadonlyMap<Address, readonly SchemaObject[]> {
  const index = new Map<Address, SchemaObject[]>();
  for (const object of state.values()) {
    if (object.parent === null || !isKey(object)) continue;
    index.set(object.parent, [...(index.get(object.parent) ?? []), object]);
  }
  return index;
}

function isKey(object: SchemaObject): boolean {
  if (object.kind === 'index') return flagOf(object, 'unique');
  return object.kind === 'constraint' && ['primary', 'unique'].includes(textOf(object, 'type') ?? '');
}
