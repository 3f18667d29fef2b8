/** Removing a column: with the columns of what inherits it, or without those that stay. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Operation, OperationContext } from '../kind.js';
import { childTables, partitionParent, sameColumn } from '../lineage.js';
import { columnName, generatedText, tableName, tableOf } from './definition.js';
import { comesWithParent } from './inheritance.js';

export function drop(column: SchemaObject, context: OperationContext): readonly Operation[] {
  if (comesWithParent(column, context)) return [];
  const [name, generated] = [`${tableName(column)}.${columnName(column)}`, textOf(column, 'generated') !== null];
  const kept = keptBelow(column, context);
  const whose = kept ? `${name} with all its values but those of tables that inherit it and keep it` : `${name} with all its values`;
  const message = generated ? `drops ${name}, whose values were computed from other columns` : `drops ${whose}`;
  const [first, ...others] = kept ? dropButBelow(column, context) : [dropSql(column)];
  return [
    {
      sql: first,
      lock: { mode: 'ACCESS EXCLUSIVE', address: tableOf(column) },
      hazards: [{ code: 'drop-column', address: column.address, message, ...(generated ? {} : { destructive: true }) }],
      undo: generated
        ? { sql: [`ALTER TABLE ${tableName(column)} ADD COLUMN ${columnName(column)} ${textOf(column, 'type')}${generatedText(column)}`] }
        : { reason: 'the values are gone' },
    },
    ...others.map((sql): Operation => ({ sql, undo: { reason: 'the values are gone' } })),
  ];
}

const dropSql = (column: SchemaObject, only = ''): string => `ALTER TABLE ${only}${tableName(column)} DROP COLUMN ${columnName(column)}`;

/** The same column of tables that inherit from its table. */
function inheritors(column: SchemaObject, context: OperationContext): readonly SchemaObject[] {
  const { current } = context;
  return childTables(current, tableOf(column))
    .filter((child) => partitionParent(current, child) === null)
    .flatMap((child) => sameColumn(current, child, column) ?? []);
}

const stays = (column: SchemaObject, context: OperationContext): boolean =>
  context.desired.has(column.address) && !context.isNew(column.address);

/** Whether a table below has it from here alone and keeps it: with the column of its parent its values would go too. */
function keptBelow(column: SchemaObject, context: OperationContext): boolean {
  return inheritors(column, context).some((copy) => flagOf(copy, 'inherited') && (stays(copy, context) || keptBelow(copy, context)));
}

/** ONLY makes it a column of the children's own; those that are to lose it as well lose it one by one. */
function dropButBelow(column: SchemaObject, context: OperationContext): readonly [string, ...string[]] {
  const losing = inheritors(column, context).filter((copy) => !stays(copy, context) && comesWithParent(copy, context));
  const below = losing.flatMap((copy) => (keptBelow(copy, context) ? dropButBelow(copy, context) : [dropSql(copy)]));
  return [dropSql(column, 'ONLY '), ...below];
}
