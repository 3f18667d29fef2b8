/**
 * What a partition's bound demands of its rows, as an expression that the server takes for a proof when the table is attached, so that it
 * reads no rows then. Pure; knows no statement.
 */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { textOf } from './attribute-values.js';
import { childTables, partitionParent } from './lineage.js';
import { readBound } from './partition-bound.js';
import { hasForeignOperators, hasNoCollation, type PartitionKey, readPartitionKey } from './partition-key.js';
import { quoteLiteral, quoteName } from './quote.js';
import { rangeConditions } from './range-check.js';

export type BoundCheck =
  /** Null: nothing is demanded (a DEFAULT partition that is alone). */
  | { readonly expression: string | null; readonly obstacle?: never }
  /** Why there is no such expression. */
  | { readonly obstacle: string };

/** MAX_SAOP_ARRAY_SIZE of src/backend/optimizer/util/predtest.c: of longer lists nothing is proven. */
const LONGEST_LIST = 100;

/** All parents' bounds too, as far up as there are any. */
export function boundCheck(partition: SchemaObject, state: State): BoundCheck {
  const expressions: string[] = [];
  for (const each of lineOf(partition, state)) {
    const own = ownCheck(each, state);
    if (own.obstacle !== undefined) return own;
    if (own.expression !== null) expressions.unshift(own.expression);
  }
  return { expression: expressions.length === 0 ? null : expressions.join(' AND ') };
}

/** The same, where it says something of columns alone, and calls nothing that may not be there yet. */
export function columnCheck(partition: SchemaObject, state: State): string | null {
  const keys = lineOf(partition, state).map((each) => keyOf(each, state));
  if (!keys.every((key) => key !== null && key.strategy !== 'HASH' && key.parts.every(({ column }) => column !== null))) return null;
  const check = boundCheck(partition, state);
  return check.obstacle === undefined ? (check.expression ?? 'true') : null;
}

/** Of the bound alone, without what the parents demand. */
export function ownCheck(partition: SchemaObject, state: State): BoundCheck {
  const table = parentOf(partition, state);
  const key = keyOf(partition, state);
  if (table === undefined || key === null) return { obstacle: 'its key has an operator class of its own' };
  if (hasForeignOperators(key, table, state)) return { obstacle: "its key may be compared by operators that are not PostgreSQL's own" };
  const bound = readBound(textOf(partition, 'bound') ?? '');
  if (bound?.type === 'hash') {
    if (!hasNoCollation(key, table, state)) return { obstacle: 'a check proves no hash of an expression or of a type with a collation' };
    const columns = key.parts.map(({ sql }) => sql).join(', ');
    // Folded to the oid of the table in whatever database it is run.
    const name = `${quoteLiteral(quoteName(table.parts))}::regclass`;
    return { expression: `satisfies_hash_partition(${name}, ${bound.modulus}, ${bound.remainder}, ${columns})` };
  }
  const isIn = key.strategy === 'LIST' ? inLists : inRanges;
  if (bound?.type !== 'default') return isIn(key, [textOf(partition, 'bound') ?? '']);
  const others = siblingsOf(partition, state).map((each) => textOf(each, 'bound') ?? '');
  const taken = others.length === 0 ? null : isIn(key, others);
  if (taken?.obstacle !== undefined) return taken;
  return { expression: taken === null ? null : `NOT (${taken.expression})` };
}

/** The name of the one plain column that the partitions are told apart by, by range or list; null where there is none. */
export function keyColumn(partition: SchemaObject, state: State): string | null {
  const key = keyOf(partition, state);
  const [part, ...more] = key?.parts ?? [];
  return key?.strategy === 'HASH' || part === undefined || part.compared !== part.sql || more.length > 0 ? null : part.column;
}

/** What is attached to the same table beside it. */
export function siblingsOf(partition: SchemaObject, state: State): readonly SchemaObject[] {
  const parent = partitionParent(state, partition.parent ?? '');
  const tables = parent === null ? [] : childTables(state, parent).filter((table) => table !== partition.parent);
  return tables.flatMap((table) => state.get(partitionOf(table)) ?? []);
}

/** It and the partitions that it lies in, from below. */
export function lineOf(partition: SchemaObject, state: State): readonly SchemaObject[] {
  const above = state.get(partitionOf(partitionParent(state, partition.parent ?? '') ?? ''));
  return [partition, ...(above === undefined ? [] : lineOf(above, state))];
}

const partitionOf = (table: Address): Address => table.replace(/^table:/, 'partition:');
const parentOf = (partition: SchemaObject, state: State): SchemaObject | undefined =>
  state.get(partitionParent(state, partition.parent ?? '') ?? '');

function keyOf(partition: SchemaObject, state: State): PartitionKey | null {
  return readPartitionKey(textOf(parentOf(partition, state) ?? partition, 'partition_key') ?? '');
}

/** In one of several ranges. A DEFAULT partition is told so of all the others at once, as get_qual_for_range() does. */
function inRanges(key: PartitionKey, bounds: readonly string[]): BoundCheck {
  const columns = key.parts.map(({ compared }) => compared);
  const ranges: string[] = [];
  for (const text of bounds) {
    const bound = readBound(text);
    const conditions = bound?.type === 'range' ? rangeConditions(columns, bound.from, bound.to) : null;
    if (conditions === null) return { obstacle: `the shape of the bound ${text} is not known` };
    if (conditions.length > 0) ranges.push(conditions.join(' AND '));
  }
  const isAnywhere = ranges.length < 2 ? ranges : [`(${ranges.map((each) => `(${each})`).join(' OR ')})`];
  return { expression: [...key.parts.map(({ sql }) => `${sql} IS NOT NULL`), ...isAnywhere].join(' AND ') };
}

/** In one of several lists: as one of all their values. */
function inLists(key: PartitionKey, bounds: readonly string[]): BoundCheck {
  const [part] = key.parts;
  const lists = bounds.map(readBound).map((bound) => (bound?.type === 'list' ? bound : null));
  const values = lists.flatMap((list) => list?.values ?? []);
  if (part === undefined || lists.includes(null)) return { obstacle: 'the shape of its bound is not known' };
  if (values.length > LONGEST_LIST) return { obstacle: `PostgreSQL proves nothing of lists of more than ${LONGEST_LIST} values` };
  const among = values.length === 0 ? [] : [`${part.compared} IN (${values.join(', ')})`];
  if (!lists.some((list) => list?.takesNull === true)) return { expression: [`${part.sql} IS NOT NULL`, ...among].join(' AND ') };
  return { expression: `(${[`${part.sql} IS NULL`, ...among].join(' OR ')})` };
}
