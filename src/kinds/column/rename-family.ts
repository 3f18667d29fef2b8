/** Whether a column of a partitioned table can be known by two names in all of its partitions. Knows no statements. */
import type { SchemaObject, State } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import { isWalkedByKey } from '../backfill.js';
import type { OperationContext } from '../kind.js';
import { changesBelow, childTables, lastingDescendants, partitionParent, sameColumn } from '../lineage.js';
import { readPartitionKey } from '../partition-key.js';
import { quoteIdent } from '../quote.js';

/** The table and all of its partitions; null: there the two names cannot be kept in step. */
export function renamedFamily(column: SchemaObject, table: SchemaObject, context: OperationContext): readonly SchemaObject[] | null {
  const { current, desired } = context;
  if (partitionParent(current, table.address) !== null) return null;
  const children = [current, desired].some((state) => childTables(state, table.address).length > 0);
  if (!children && textOf(table, 'partition_key') === null) return [table];
  // Triggers of a table that is inherited from do not fire for rows of its children. A key means that no partition is a foreign table.
  if (textOf(table, 'partition_key') === null || !isWalkedByKey(table, context)) return null;
  const below = lastingDescendants(context, table.address);
  if (changesBelow(context, table.address)) return null;
  const family = [table, ...below.flatMap((each) => current.get(each) ?? [])];
  const isAlike = family.every((each) => defaultOf(column, each, current) === defaultOf(column, table, current));
  return isAlike && !family.some((each) => isInKey(column, each)) ? family : null;
}

/** A row finds its partition before any trigger, which must not move it to another. */
function isInKey(column: SchemaObject, table: SchemaObject): boolean {
  const text = textOf(table, 'partition_key');
  if (text === null) return false;
  const name = column.parts.at(-1) ?? '';
  const names = (sql: string): boolean => sql.includes(quoteIdent(name));
  return readPartitionKey(text)?.parts.some((part) => (part.column === null ? names(part.sql) : part.column === name)) ?? names(text);
}

function defaultOf(column: SchemaObject, table: SchemaObject, state: State): string | null {
  const address = sameColumn(state, table.address, column)?.address;
  const found = [...state.values()].find((object) => object.kind === 'default' && object.parent === address);
  return found === undefined ? null : textOf(found, 'expression');
}
