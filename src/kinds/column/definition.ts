/** A column's text inside CREATE TABLE and ADD COLUMN, and the settings that need statements of their own. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, recordOf, textOf } from '../attribute-values.js';
import type { Operation, OperationContext } from '../kind.js';
import { partitionParent, sameColumn } from '../lineage.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';

export const tableName = (column: SchemaObject): string => quoteName(column.parts.slice(0, -1));
export const columnName = (column: SchemaObject): string => quoteIdent(column.parts.at(-1) ?? '');
export const tableOf = (column: SchemaObject): string => column.parent ?? '';

/** "integer", "text COLLATE pg_catalog."C"". */
export function typeText(column: SchemaObject): string {
  const collation = textOf(column, 'collation');
  return `${textOf(column, 'type') ?? ''}${collation === null ? '' : ` COLLATE ${collation}`}`;
}

export function generatedText(column: SchemaObject): string {
  return ` GENERATED ALWAYS AS (${textOf(column, 'expression') ?? ''}) ${(textOf(column, 'generated') ?? '').toUpperCase()}`;
}

/** What follows the name and type. The default (and whatever else the planner puts inside) comes as the children's fragments. */
export function constraintText(column: SchemaObject, context: OperationContext): string {
  const generated = textOf(column, 'generated') === null ? '' : generatedText(column);
  const inlined = context.inlined(column.address).filter((fragment) => fragment !== '');
  const within = inlined.map((fragment) => ` ${fragment}`).join('');
  return `${generated}${within}${notNullText(asPartition(column, context))}`;
}

/** A partition's NOT NULL has the name of the partitioned table's, as after PARTITION OF: nothing else can give it one, and detached it shows. */
function asPartition(column: SchemaObject, context: OperationContext): SchemaObject {
  const parent = partitionParent(context.desired, tableOf(column));
  const name = parent === null ? undefined : sameColumn(context.desired, parent, column)?.attributes.not_null_name;
  return typeof name === 'string' ? { ...column, attributes: { ...column.attributes, not_null_name: name } } : column;
}

/** An unvalidated NOT NULL cannot be said inside; see settings(). */
function notNullText(column: SchemaObject): string {
  if (!flagOf(column, 'not_null') || !flagOf(column, 'not_null_valid')) return '';
  return ` ${notNullNamed(column)}NOT NULL${flagOf(column, 'not_null_inherit') ? '' : ' NO INHERIT'}`;
}

/** "CONSTRAINT x " where NOT NULL has a name that PostgreSQL would not choose (18). */
export function notNullNamed(column: SchemaObject): string {
  const name = textOf(column, 'not_null_name');
  return name === null ? '' : `CONSTRAINT ${quoteIdent(name)} `;
}

/** What sets NOT NULL, behind the ALTER TABLE of its table. */
export function notNullAction(column: SchemaObject): string {
  const named = notNullNamed(column);
  if (named === '') return `ALTER COLUMN ${columnName(column)} SET NOT NULL`;
  return `ADD ${named}NOT NULL ${columnName(column)}${flagOf(column, 'not_null_inherit') ? '' : ' NO INHERIT'}`;
}

export function definition(column: SchemaObject, context: OperationContext): string {
  return `${columnName(column)} ${typeText(column)}${constraintText(column, context)}`;
}

export interface Setting {
  readonly attribute: string;
  readonly light: boolean;
  /** The clauses after ALTER COLUMN name that lead from one state to the other. */
  clauses(from: SchemaObject | null, to: SchemaObject): readonly string[];
}

const optionList = (column: SchemaObject | null): readonly (readonly [string, string])[] =>
  column === null ? [] : Object.entries(recordOf(column, 'options')).map(([name, value]) => [name, String(value)]);

/** Settings that CREATE TABLE cannot carry on every version, in the order in which they are set. */
export const SETTINGS: readonly Setting[] = [
  {
    attribute: 'storage',
    light: false,
    // SET STORAGE DEFAULT exists from 16 only.
    clauses: (_from, to) => [`SET STORAGE ${(textOf(to, 'storage') ?? textOf(to, 'default_storage') ?? '').toUpperCase()}`],
  },
  { attribute: 'compression', light: false, clauses: (_from, to) => [`SET COMPRESSION ${textOf(to, 'compression') ?? 'DEFAULT'}`] },
  { attribute: 'statistics_target', light: true, clauses: (_from, to) => [`SET STATISTICS ${to.attributes.statistics_target ?? -1}`] },
  {
    attribute: 'options',
    light: true,
    clauses: (from, to) => {
      const set = optionList(to).map(([name, value]) => `${quoteIdent(name)} = ${quoteLiteral(value)}`);
      const kept = new Set(optionList(to).map(([name]) => name));
      const reset = optionList(from)
        .filter(([name]) => !kept.has(name))
        .map(([name]) => quoteIdent(name));
      return [...(set.length > 0 ? [`SET (${set.join(', ')})`] : []), ...(reset.length > 0 ? [`RESET (${reset.join(', ')})`] : [])];
    },
  },
];

/** ONLY keeps the setting from the partitions and children, whose columns are objects of their own. */
export function alterColumn(column: SchemaObject, clause: string): string {
  return `ALTER TABLE ONLY ${tableName(column)} ALTER COLUMN ${columnName(column)} ${clause}`;
}

/** The settings of a column that has just been made, where they are not the defaults. */
export function initialSettings(column: SchemaObject): readonly Operation[] {
  const isSet = (setting: Setting): boolean =>
    setting.attribute === 'options' ? optionList(column).length > 0 : (column.attributes[setting.attribute] ?? null) !== null;
  const operations: Operation[] = SETTINGS.filter(isSet).flatMap((setting) =>
    setting.clauses(null, column).map((clause) => ({ sql: alterColumn(column, clause) })),
  );
  if (flagOf(column, 'not_null') && !flagOf(column, 'not_null_valid')) {
    const inherit = flagOf(column, 'not_null_inherit') ? '' : ' NO INHERIT';
    operations.push({
      sql: `ALTER TABLE ${tableName(column)} ADD ${notNullNamed(column)}NOT NULL ${columnName(column)}${inherit} NOT VALID`,
    });
  }
  return operations;
}
