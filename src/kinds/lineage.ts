/**
 * Which tables are partitions or children of which: read from the `partition` objects and the tables' `inherits` attribute.
 * Knows no SQL.
 */
import { type Address, formatAddress } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { textsOf } from './attribute-values.js';
import type { OperationContext } from './kind.js';

const isTable = (address: Address): boolean => address.startsWith('table:');

/*
 * Parents are taken from the dependencies, not from the attributes' texts: where a plan renames a parent, addresses are translated and
 * texts are not.
 */

/** The table that `table` is a partition of in `state`; null when it is none. */
export function partitionParent(state: State, table: Address): Address | null {
  const partition = state.get(table.replace(/^table:/, 'partition:'));
  return partition?.dependsOn.find((address) => isTable(address) && address !== table) ?? null;
}

/** Whether DETACH PARTITION … CONCURRENTLY was interrupted on the table. */
export function isDetaching(state: State, table: Address): boolean {
  return state.get(table.replace(/^table:/, 'partition:'))?.attributes.detach_pending === true;
}

/** The tables that `table` inherits from in `state` (INHERITS, not partitions): a table depends on no others. */
export function inheritedTables(state: State, table: Address): readonly Address[] {
  const object = state.get(table);
  return object === undefined || textsOf(object, 'inherits').length === 0 ? [] : object.dependsOn.filter(isTable);
}

function parentsOf(state: State, table: Address): readonly Address[] {
  const partitioned = partitionParent(state, table);
  return partitioned === null ? inheritedTables(state, table) : [partitioned];
}

/** The parents that `table` has throughout the plan: what happens to their columns happens to its columns. */
export function lastingParents(context: OperationContext, table: Address): readonly Address[] {
  const before = parentsOf(context.current, table);
  return before.length === 0
    ? before
    : parentsOf(context.desired, table).filter((parent) => before.includes(parent) && !context.isNew(parent));
}

const childrenByState = new WeakMap<State, ReadonlyMap<Address, readonly Address[]>>();

/** The tables right below `table`, partitions and inheriting tables alike. */
export function childTables(state: State, table: Address): readonly Address[] {
  let index = childrenByState.get(state);
  if (index === undefined) {
    index = indexChildren(state);
    childrenByState.set(state, index);
  }
  return index.get(table) ?? [];
}

function indexChildren(state: State): ReadonlyMap<Address, readonly Address[]> {
  const index = new Map<Address, Address[]>();
  for (const object of state.values()) {
    if (object.kind !== 'table') continue;
    for (const parent of parentsOf(state, object.address)) index.set(parent, [...(index.get(parent) ?? []), object.address]);
  }
  return index;
}

/** All tables below `table` at any depth, before and after the plan. */
export function lastingDescendants(context: OperationContext, table: Address): readonly Address[] {
  const found = new Set<Address>();
  const visit = (parent: Address): void => {
    const after = childTables(context.desired, parent);
    for (const child of childTables(context.current, parent)) {
      if (found.has(child) || !after.includes(child)) continue;
      found.add(child);
      visit(child);
    }
  };
  visit(table);
  return [...found];
}

/** Whether tables come to be below `table`, or go from there, with the plan. */
export function changesBelow(context: OperationContext, table: Address): boolean {
  const below = (state: State, of: Address): readonly Address[] =>
    childTables(state, of).flatMap((child) => [child, ...below(state, child)]);
  const lasting = lastingDescendants(context, table);
  return [context.current, context.desired].some((state) => below(state, table).some((each) => !lasting.includes(each)));
}

/** The column of `table` with the name of `column`. */
export function sameColumn(state: State, table: Address, column: SchemaObject): SchemaObject | undefined {
  const owner = state.get(table);
  return owner === undefined ? undefined : state.get(formatAddress(column.kind, [...owner.parts, column.parts.at(-1) ?? '']));
}

const MEMBERS = new Set(['column', 'index', 'constraint']);
const membersByState = new WeakMap<State, ReadonlyMap<Address, readonly Address[]>>();

/** The columns, indexes and constraints of `table`. */
export function tableMembers(state: State, table: Address): readonly Address[] {
  let index = membersByState.get(state);
  if (index === undefined) {
    index = indexMembers(state);
    membersByState.set(state, index);
  }
  return index.get(table) ?? [];
}

function indexMembers(state: State): ReadonlyMap<Address, readonly Address[]> {
  const index = new Map<Address, Address[]>();
  for (const object of state.values()) {
    if (object.parent === null || !MEMBERS.has(object.kind)) continue;
    const list = index.get(object.parent);
    if (list === undefined) index.set(object.parent, [object.address]);
    else list.push(object.address);
  }
  return index;
}

/** A partition's index or constraint leans on that of the partitioned table; where that table goes and the partition stays, DETACH keeps it. */
export function isDetachedFrom(object: SchemaObject, on: SchemaObject, desired: State): boolean {
  if (on.kind !== object.kind || on.parent === object.parent) return false;
  return desired.has(object.parent ?? '') && !desired.has(on.parent ?? '');
}
