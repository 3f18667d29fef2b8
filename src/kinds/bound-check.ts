/**
 * What a partition's bound demands of its rows, as an expression that the server takes for a proof when the table is attached, so that it
 * reads no rows then. Pure; knows bounds of one plain column, and no statement.
 */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { textOf } from './attribute-values.js';
import { partitionParent } from './lineage.js';
import { namePartsOf } from './qualified-name.js';

/** A name as quote_ident() writes it, alone in the key: no expression, no operator class, no collation. */
const PLAIN_KEY = /^(RANGE|LIST) \(((?:[a-z_][a-z0-9_$]*)|(?:"(?:[^"]|"")+"))\)$/;
const RANGE = /^FOR VALUES FROM \((.+)\) TO \((.+)\)$/s;
const LIST = /^FOR VALUES IN \((.+)\)$/s;

/** All parents' bounds too, as far up as there are any. Null: no such expression is known (hash, DEFAULT, several columns). */
export function boundCheck(partition: SchemaObject, state: State): string | null {
  const child = partition.parent ?? '';
  const parent = partitionParent(state, child);
  const key = PLAIN_KEY.exec(textOf(state.get(parent ?? '') ?? partition, 'partition_key') ?? '');
  if (parent === null || key === null) return null;
  const [, strategy, column = ''] = key;
  const own = strategy === 'RANGE' ? inRange(column, textOf(partition, 'bound') ?? '') : inList(column, textOf(partition, 'bound') ?? '');
  if (own === null) return null;
  const above = partitionOf(parent, state);
  if (above === undefined) return own;
  const others = boundCheck(above, state);
  return others === null ? null : `${others} AND ${own}`;
}

/** Name of the one plain column that the partitions are told apart by; null where there is none. */
export function keyColumn(partition: SchemaObject, state: State): string | null {
  const parent = state.get(partitionParent(state, partition.parent ?? '') ?? '');
  const quoted = PLAIN_KEY.exec(textOf(parent ?? partition, 'partition_key') ?? '')?.[2];
  return quoted === undefined ? null : (namePartsOf(quoted)[0] ?? null);
}

function partitionOf(table: Address, state: State): SchemaObject | undefined {
  return state.get(table.replace(/^table:/, 'partition:'));
}

function inRange(column: string, bound: string): string | null {
  // A text with the words in it could be cut in two places.
  const [, from = '', to = ''] = (bound.split(' TO (').length === 2 && RANGE.exec(bound)) || [];
  if (from === '') return null;
  return [
    `${column} IS NOT NULL`,
    ...(from === 'MINVALUE' ? [] : [`${column} >= ${from}`]),
    ...(to === 'MAXVALUE' ? [] : [`${column} < ${to}`]),
  ].join(' AND ');
}

/** A list that takes NULL has it last; with strings in it that could not be told for sure. */
function inList(column: string, bound: string): string | null {
  const values = LIST.exec(bound)?.[1];
  if (values === undefined || /\bNULL\b/.test(values)) return null;
  return `${column} IS NOT NULL AND ${column} IN (${values})`;
}
