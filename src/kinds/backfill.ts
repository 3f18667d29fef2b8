/**
 * The operation that writes existing rows batch by batch: in the order of a key where the table has one, else block by block, so that
 * no batch looks at rows that another has looked at. Knows no kind and no reason for it.
 */
import { type Address, formatAddress } from '../core/address.js';
import type { SchemaObject } from '../core/object.js';
import type { PlanCheck } from '../core/plan.js';
import { flagOf, textOf, textsOf } from './attribute-values.js';
import type { Hazard, Operation, OperationContext } from './kind.js';
import { quoteIdent, quoteLiteral, quoteName } from './quote.js';
import { uniqueKeys } from './unique-keys.js';

export interface BackfillWork {
  readonly table: SchemaObject;
  /** What follows SET: "total_new = (total)::bigint"; names of the table's columns stand bare. */
  readonly set: string;
  /** Rows that need it; it must not hold of a row that was written. */
  readonly where: string;
  /** The column that is filled, for hazards. */
  readonly column: Address;
}

/** The blocks of a table hold about so many rows: all that is known is how many blocks a batch has. */
const ROWS_PER_BLOCK = 50;

/** A batch begins after the key `from` and ends with `to`; both are SQL of type text[]. */
interface Walk {
  readonly key: readonly string[];
  readonly last: string;
  readonly bound: (from: string, to: string, rows: string) => string;
  readonly within: (from: string, to: string) => string;
}

export function backfill(work: BackfillWork, context: OperationContext): Operation {
  const walk = walkOf(work.table, context);
  const name = quoteName(work.table.parts);
  const batch = (from: string, to: string): string => `UPDATE ${name} SET ${work.set} WHERE ${walk.within(from, to)} AND (${work.where})`;
  return batches(work.table, batch, walk, { hazards: hazards(work, context) });
}

function batches(
  table: SchemaObject,
  batch: (from: string, to: string) => string,
  walk: Walk,
  more: Pick<Operation, 'checks' | 'hazards'>,
): Operation {
  const [none, few] = ['NULL::text[]', '1'];
  return {
    sql: batch('$1::text[]', '$2::text[]'),
    // With no keys to give, the server still says whether it understands them.
    scratch: [batch(none, none), walk.last, walk.bound(none, none, few)],
    mode: 'own',
    lock: { mode: 'ROW EXCLUSIVE', address: table.address },
    backfill: { table: table.address, key: walk.key, last: walk.last, bound: walk.bound('$1::text[]', '$2::text[]', '$3') },
    requires: [
      { privilege: 'UPDATE', on: table.address },
      { privilege: 'SELECT', on: table.address },
    ],
    ...more,
    dependsOnData: true,
    undo: { sql: [] },
  };
}

export interface CopyWork {
  readonly table: SchemaObject;
  /** The table that the rows go to, and the columns that they have in both, as SQL. */
  readonly into: string;
  readonly columns: readonly string[];
  /** Of the key by which a row that is there already is known. */
  readonly key: readonly string[];
  readonly checks: readonly PlanCheck[];
}

/**
 * Copies rows to a table that a trigger keeps in step with what is written meanwhile. A row is locked while its batch copies it: who
 * deletes it then finds the copy, and one that is there already is newer.
 */
export function copyRows({ table, into, columns, key, checks }: CopyWork, context: OperationContext): Operation {
  const walk = walkOf(table, context);
  const list = columns.join(', ');
  const all = `INSERT INTO ${into} (${list}) SELECT ${list} FROM ${quoteName(table.parts)}`;
  const once = `FOR SHARE ON CONFLICT (${key.join(', ')}) DO NOTHING`;
  const batch = (from: string, to: string): string => `${all} WHERE ${walk.within(from, to)} ${once}`;
  const copy = batches(table, batch, walk, { checks, hazards: [] });
  // Scratch holds the rows that are declared, which are to be there afterwards.
  return { ...copy, scratch: [`${all} ${once}`, ...(copy.scratch ?? [])] };
}

function hazards({ table, column }: BackfillWork, context: OperationContext): readonly Hazard[] {
  const fired = context
    .children(context.current, table.address, 'trigger')
    .filter((trigger) => textsOf(trigger, 'events').includes('update') && textsOf(trigger, 'columns').length === 0)
    .map((trigger) => quoteIdent(trigger.parts.at(-1) ?? ''));
  if (fired.length === 0) return [];
  const names = `${fired.length === 1 ? 'trigger' : 'triggers'} ${fired.join(', ')}`;
  return [
    {
      code: 'backfill-fires-triggers',
      address: column,
      message: `every row of ${quoteName(table.parts)} is updated, and ${names} fired for it`,
    },
  ];
}

function walkOf(table: SchemaObject, context: OperationContext): Walk {
  const key = keyOf(table, context);
  return key === null ? byBlocks(table) : byKey(table, key);
}

/** A key tells where a batch ends; without one the blocks of the table do, which one that is partitioned has not. */
export const isWalkedByKey = (table: SchemaObject, context: OperationContext): boolean => keyOf(table, context) !== null;

/** Columns of the primary key, else of a unique key none of whose columns may be null. */
function keyOf(table: SchemaObject, context: OperationContext): readonly SchemaObject[] | null {
  const columnOf = (name: string): SchemaObject | undefined => context.current.get(formatAddress('column', [...table.parts, name]));
  const candidates = uniqueKeys(table, context.current, context)
    .filter(({ object }) => !context.isDropped(object.address))
    .toSorted((a, b) => a.rank - b.rank);
  for (const { names } of candidates) {
    const columns = names.map(columnOf);
    if (columns.length > 0 && columns.every((column) => column !== undefined && flagOf(column, 'not_null')))
      return columns as readonly SchemaObject[];
  }
  return null;
}

function byKey(table: SchemaObject, key: readonly SchemaObject[]): Walk {
  const name = quoteName(table.parts);
  const columns = key.map((column) => quoteIdent(column.parts.at(-1) ?? ''));
  const row = (items: readonly string[]): string => (items.length === 1 ? (items[0] as string) : `(${items.join(', ')})`);
  const texts = `ARRAY[${columns.map((column) => `${column}::text`).join(', ')}]`;
  const values = (from: string): string =>
    row(key.map((column, index) => `((${from})[${index + 1}])::${textOf(column, 'type') ?? 'text'}`));
  const within = (from: string, to: string): string =>
    `(${from} IS NULL OR ${row(columns)} > ${values(from)}) AND ${row(columns)} <= ${values(to)}`;
  const descending = columns.map((column) => `${column} DESC`).join(', ');
  return {
    key: key.map((column) => column.parts.at(-1) ?? ''),
    last: `SELECT ${texts} FROM ${name} ORDER BY ${descending} LIMIT 1`,
    bound: (from, to, rows) =>
      `SELECT coalesce((SELECT ${texts} FROM ${name} WHERE ${within(from, to)} ORDER BY ${columns.join(', ')} OFFSET greatest(${rows}::bigint - 1, 0) LIMIT 1), ${to})`,
    within,
  };
}

/**
 * Whatever is written while a backfill runs goes through the trigger that keeps both in step, so a row that moves to another block is
 * right wherever it goes. The server reads a range of row addresses as such (14).
 */
function byBlocks(table: SchemaObject): Walk {
  const name = quoteLiteral(quoteName(table.parts));
  const block = (key: string, otherwise: string): string => `coalesce(((${key})[1])::bigint, ${otherwise})`;
  const place = (key: string, otherwise: string): string => `pg_catalog.format('(%s,0)', ${block(key, otherwise)})::tid`;
  return {
    key: [],
    last: [
      "SELECT ARRAY[(max(pg_catalog.pg_relation_size(c.oid)) / pg_catalog.current_setting('block_size')::bigint)::text] FROM pg_catalog.pg_class c",
      `WHERE c.oid = ${name}::regclass OR c.oid IN (SELECT t.relid FROM pg_catalog.pg_partition_tree(${name}::regclass) t)`,
    ].join(' '),
    bound: (from, to, rows) =>
      `SELECT ARRAY[least(${block(from, '0')} + greatest(${rows}::bigint / ${ROWS_PER_BLOCK}, 1), ${block(to, '0')})::text]`,
    within: (from, to) => `ctid >= ${place(from, '0')} AND ctid < ${place(to, '0')}`,
  };
}
