/** The columns of a foreign table as data, as text inside CREATE FOREIGN TABLE, and as the clauses of ALTER that lead from one to another. */
import type { SchemaObject } from '../../core/object.js';
import { recordOf, recordsOf, textsOf } from '../attribute-values.js';
import { type ForeignOptions, optionsChange, optionsClause } from '../foreign-options.js';
import { quoteIdent } from '../quote.js';
import { optionClauses } from '../relation-options.js';

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly collation: string | null;
  readonly not_null: boolean;
  readonly generated: 'stored' | 'virtual' | null;
  readonly options: ForeignOptions;
  readonly statistics_target: number | null;
  readonly settings: ForeignOptions;
  readonly storage: string | null;
  readonly inherited: boolean;
  /** Its default, or what it is generated from. */
  readonly expression: string | null;
}

/** In their order. */
export function columnsOf(table: SchemaObject): readonly Column[] {
  const expressions = recordOf(table, 'expressions');
  const place = new Map(textsOf(table, 'order').map((name, index) => [name, index]));
  const columns = recordsOf(table, 'columns').map((record): Column => {
    const expression = expressions[String(record.name)];
    const column = record as unknown as Omit<Column, 'expression'>;
    return { ...column, expression: typeof expression === 'string' ? expression : null };
  });
  return columns.sort((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0));
}

export function typeText({ type, collation }: Column): string {
  return collation === null ? type : `${type} COLLATE ${collation}`;
}

export function definition(column: Column): string {
  const { name, not_null: notNull, generated, expression } = column;
  const given =
    expression === null
      ? ''
      : generated === null
        ? ` DEFAULT ${expression}`
        : ` GENERATED ALWAYS AS (${expression}) ${generated.toUpperCase()}`;
  return `${quoteIdent(name)} ${typeText(column)}${optionsClause(column.options)}${given}${notNull ? ' NOT NULL' : ''}`;
}

/** Neither type nor generation: those need the column to be made again, or disturb what depends on it. */
export function settingClauses(before: Column, after: Column): readonly string[] {
  const options = optionsChange(before.options, after.options);
  return [
    ...(before.expression === after.expression || after.generated !== null
      ? []
      : [after.expression === null ? 'DROP DEFAULT' : `SET DEFAULT ${after.expression}`]),
    ...(before.not_null === after.not_null ? [] : [after.not_null ? 'SET NOT NULL' : 'DROP NOT NULL']),
    ...(options === null ? [] : [options]),
    ...(before.storage === after.storage || after.storage === null ? [] : [`SET STORAGE ${after.storage.toUpperCase()}`]),
    ...(before.statistics_target === after.statistics_target ? [] : [`SET STATISTICS ${after.statistics_target ?? -1}`]),
    ...optionClauses(before.settings, after.settings),
  ].map((clause) => `ALTER COLUMN ${quoteIdent(after.name)} ${clause}`);
}

/** What the definition cannot say. */
export function laterClauses(column: Column): readonly string[] {
  return settingClauses({ ...column, storage: null, statistics_target: null, settings: {} }, column);
}

/** A storage that goes back to the type's own, or a generated column: PostgreSQL has no statement on all versions. */
export function needsNew(before: Column, after: Column): boolean {
  if (before.generated !== after.generated) return true;
  if (after.generated !== null && before.expression !== after.expression) return true;
  return before.storage !== after.storage && after.storage === null;
}
