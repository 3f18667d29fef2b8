/** Rows for a drawn schema: what every table holds before a change, and what must still be there after it. Knows no schemactl. */
import { type Model, TABLES } from './model.js';
import { type Column, columnsOf, isGenerated, quote } from './sql-tables.js';

export const ROWS = 3;

/** Rows 1 to 3 of every table, in every column that can be written to; triggers, rules and policies do not see them. */
export function rowsSql(model: Model): readonly string[] {
  const inserts = model.tables.flatMap((table, at) => {
    if (table === null) return [];
    const columns = columnsOf(model, at).filter((column) => column.value !== null && !isGenerated(column));
    const names = ['id', ...columns.map((column) => quote(column.name))];
    const values = ['n', ...columns.map((column) => valueFor(column))];
    return [
      `insert into app.${quote(TABLES[at] as string)} (${names.join(', ')}) overriding system value select ${values.join(', ')} from generate_series(1, ${ROWS}) n`,
    ];
  });
  return ['set session_replication_role = replica', ...inserts, 'reset session_replication_role'];
}

function valueFor(column: Column): string {
  return column.group === 'text' ||
    column.group === 'time' ||
    column.group === 'number' ||
    column.group === 'list' ||
    column.group === 'document' ||
    column.group === 'network'
    ? `(${column.value})::${column.type}`
    : (column.value as string);
}

/** Columns that two draws have in the same form, by table: their values must survive the change from one to the other. */
export function keptColumns(from: Model, to: Model): readonly { readonly table: string; readonly columns: readonly string[] }[] {
  return TABLES.flatMap((name, at) => {
    if (!from.tables[at] || !to.tables[at]) return [];
    const after = new Map(columnsOf(to, at).map((column) => [column.name, column]));
    const columns = columnsOf(from, at).filter(
      (column) =>
        after.get(column.name)?.type === column.type &&
        !typeChanges(column, from, to) &&
        !isGenerated(column) &&
        !isGenerated(after.get(column.name) as Column),
    );
    return [{ table: `app.${quote(name)}`, columns: ['id', ...columns.map((column) => quote(column.name))] }];
  });
}

/** What a domain or a composite type is made of shows in its values. */
function typeChanges(column: Column, from: Model, to: Model): boolean {
  if (column.group === 'domain') return from.domain?.base !== to.domain?.base;
  const made = ({ composite }: Model): string => JSON.stringify([composite?.fields, composite?.wide]);
  return column.group === 'composite' && made(from) !== made(to);
}
