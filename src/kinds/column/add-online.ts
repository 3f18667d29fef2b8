/**
 * A new column whose values differ per row, on a table that is too large to be written anew under a lock: added empty, its default set for
 * rows to come, and filled batch by batch. Knows no order of steps beyond its own.
 */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import { backfill, isWalkedByKey } from '../backfill.js';
import { freeNameFor } from '../free-name.js';
import type { Operation, OperationContext } from '../kind.js';
import { childTables, partitionParent } from '../lineage.js';
import { quoteLiteral, quoteName } from '../quote.js';
import { createBeside } from '../requirements.js';
import { isConstrained } from './change-type.js';
import { alterColumn, columnName, initialSettings, tableName, tableOf, typeText } from './definition.js';
import { setNotNull } from './not-null.js';
import { isSteady } from './volatility.js';

/** Null: ADD COLUMN as it is says all, because it writes nothing anew, or because there is no other way. */
export function addOnline(column: SchemaObject, context: OperationContext): readonly Operation[] | null {
  const table = context.current.get(tableOf(column));
  if (table === undefined || context.isNew(table.address) || context.isShortRewrite(table.address)) return null;
  const isParent = childTables(context.current, table.address).length > 0;
  if (isParent && (textOf(table, 'partition_key') === null || !isWalkedByKey(table, context))) return null;
  if (partitionParent(context.current, table.address) !== null) return null;
  if (textOf(column, 'generated') !== null || isConstrained(context.desired, column, context)) return null;
  const [identity] = context.children(context.desired, column.address, 'sequence');
  const counted = context.inlined(column.address).find((fragment) => fragment.startsWith('GENERATED '));
  if (identity !== undefined) return isParent || counted === undefined ? null : numbered(column, table, identity, counted, context);
  const found = context.children(context.desired, column.address, 'default')[0];
  const expression = found === undefined ? null : textOf(found, 'expression');
  return expression === null || isSteady(expression) ? null : filled(column, table, expression, context);
}

function filled(column: SchemaObject, table: SchemaObject, expression: string, context: OperationContext): readonly Operation[] {
  return [
    ...emptyColumn(column),
    setDefault(column, expression),
    fill(column, table, expression, context),
    ...(flagOf(column, 'not_null') ? setNotNull(column, context) : []),
  ];
}

/** An identity wants a column without nulls, so until then a sequence of its own counts, and the identity goes on where that is. */
function numbered(
  column: SchemaObject,
  table: SchemaObject,
  identity: SchemaObject,
  clause: string,
  context: OperationContext,
): readonly Operation[] {
  const schema = column.parts[0] ?? '';
  const stem = identity.parts.at(-1) ?? '';
  const aside = quoteName([schema, freeNameFor(stem, '_fill', schema, [context.current, context.desired])]);
  const next = `pg_catalog.nextval(${quoteLiteral(aside)}::regclass)`;
  const lock = { mode: 'ACCESS EXCLUSIVE', address: table.address } as const;
  const drop = `DROP SEQUENCE ${aside}`;
  const options = identity.attributes;
  const make = [
    `CREATE SEQUENCE ${aside} AS ${textOf(identity, 'data_type') ?? 'bigint'} INCREMENT BY ${options.increment} MINVALUE ${options.min}`,
    `MAXVALUE ${options.max} START WITH ${options.start}${flagOf(identity, 'cycle') ? ' CYCLE' : ''}`,
  ].join(' ');
  return [
    { sql: make, requires: createBeside(column), undo: { sql: [drop] } },
    ...emptyColumn(column),
    setDefault(column, next),
    fill(column, table, next, context),
    ...setNotNull(column, context),
    { sql: alterColumn(column, 'DROP DEFAULT'), lock, undo: { sql: [alterColumn(column, `SET DEFAULT ${next}`)] } },
    {
      sql: `ALTER TABLE ${tableName(column)} ALTER COLUMN ${columnName(column)} ADD ${clause}`,
      lock,
      requires: createBeside(column),
      undo: { sql: [`ALTER TABLE ${tableName(column)} ALTER COLUMN ${columnName(column)} DROP IDENTITY`] },
    },
    { sql: `SELECT pg_catalog.setval(${quoteLiteral(quoteName(identity.parts))}, last_value, is_called) FROM ${aside}`, undo: { sql: [] } },
    {
      sql: drop,
      undo: { sql: [make, `SELECT pg_catalog.setval(${quoteLiteral(aside)}, last_value, is_called) FROM ${quoteName(identity.parts)}`] },
    },
  ];
}

/** ADD COLUMN alone: it reads no rows and writes none. */
export function emptyColumn(column: SchemaObject): readonly Operation[] {
  const lock = { mode: 'ACCESS EXCLUSIVE', address: tableOf(column) } as const;
  const nullable: SchemaObject = { ...column, attributes: { ...column.attributes, not_null: false } };
  return [
    {
      sql: `ALTER TABLE ${tableName(column)} ADD COLUMN ${columnName(column)} ${typeText(column)}`,
      lock,
      undo: { sql: [`ALTER TABLE ${tableName(column)} DROP COLUMN ${columnName(column)}`] },
    },
    ...initialSettings(nullable).map((operation) => ({ ...operation, lock, undo: { sql: [] } })),
  ];
}

/** Set after the column is there: PostgreSQL then gives it to new rows only, and reads none. */
export function setDefault(column: SchemaObject, expression: string): Operation {
  return {
    sql: alterColumn(column, `SET DEFAULT ${expression}`),
    lock: { mode: 'ACCESS EXCLUSIVE', address: tableOf(column) },
    undo: { sql: [alterColumn(column, 'DROP DEFAULT')] },
  };
}

function fill(column: SchemaObject, table: SchemaObject, expression: string, context: OperationContext): Operation {
  const name = columnName(column);
  return backfill({ table, column: column.address, set: `${name} = ${expression}`, where: `${name} IS NULL` }, context);
}
