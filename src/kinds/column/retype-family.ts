/**
 * A column of a partitioned table that gets another type by way of a second one: that comes to all partitions with the table's, and what the
 * partitions have of their own goes along. Says when that cannot be. Knows no order of steps.
 */
import type { Address } from '../../core/address.js';
import { canonicalJson } from '../../core/json.js';
import type { SchemaObject, State } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import { isWalkedByKey } from '../backfill.js';
import type { Operation, OperationContext, SetChange } from '../kind.js';
import { changesBelow, childTables, lastingDescendants, lastingParents, sameColumn } from '../lineage.js';
import { columnName, tableName } from './definition.js';

/** Null: nothing is in the way of the table's family, or it has none. */
export function familyObstacle({ before, after }: SetChange, table: SchemaObject, context: OperationContext): string | null {
  const { current, desired } = context;
  if (lastingParents(context, table.address).length > 0) return 'its table is a partition or has a parent';
  const isPartitioned = textOf(table, 'partition_key') !== null;
  if (!isPartitioned && [current, desired].every((state) => childTables(state, table.address).length === 0)) return null;
  if (!isPartitioned) return 'its table has children';
  const family = lastingDescendants(context, table.address);
  if (changesBelow(context, table.address)) return 'partitions of its table come or go in the same plan';
  // A key also means that no partition is a foreign table, where a second column would not be.
  if (!isWalkedByKey(table, context)) return 'its table has partitions and no key by which all rows are gone through';
  return strangers(before, current, family) ?? strangers(after, desired, family);
}

/** What of one state is not as it would be after: a partition's column of its own, and what leans on one of them. */
function strangers(column: SchemaObject, state: State, family: readonly Address[]): string | null {
  const copies = family.flatMap((each) => sameColumn(state, each, column) ?? []);
  const other = copies.find((copy) => shape(copy) !== shape(column));
  if (other !== undefined) return `${other.address} differs from that of the table`;
  const all = new Set([column, ...copies].map(({ address }) => address));
  for (const object of state.values()) {
    if (object.kind === column.kind || object.kind === 'default') continue;
    const on = [object.parent, ...object.dependsOn].find((address) => address !== null && all.has(address));
    // Of the table itself the planner makes all again but indexes; what a partition has would be lost, or stand in the way.
    if (on === undefined || (on === column.address && typeof object.attributes.valid !== 'boolean')) continue;
    return `its table has partitions, and ${object.address} leans on it`;
  }
  return null;
}

/** The same column in the partitions, with its defaults: nothing else makes or alters them. */
export function familyMembers(column: SchemaObject, table: Address, context: OperationContext): readonly SchemaObject[] {
  return lastingDescendants(context, table)
    .flatMap((each) => sameColumn(context.desired, each, column) ?? [])
    .flatMap((copy) => [copy, ...context.children(context.desired, copy.address, 'default')]);
}

/** ADD COLUMN gives the partitions no default but the table's, which has none while both columns are there. */
export function familyDefaults(members: readonly SchemaObject[], context: OperationContext): readonly Operation[] {
  return members.flatMap((member): readonly Operation[] => {
    const column = context.desired.get(member.parent ?? '');
    const expression = textOf(member, 'expression');
    if (member.kind !== 'default' || column === undefined || expression === null) return [];
    const sql = `ALTER TABLE ${tableName(column)} ALTER COLUMN ${columnName(column)} SET DEFAULT ${expression}`;
    return [{ sql, undo: { reason: 'the old values are gone' } }];
  });
}

/** A NOT NULL of a partition is called as that of the table. */
const OWN = new Set(['inherited', 'position', 'not_null_name']);

function shape({ attributes }: SchemaObject): string {
  return canonicalJson(Object.fromEntries(Object.entries(attributes).filter(([key, value]) => !OWN.has(key) && value !== null)));
}
