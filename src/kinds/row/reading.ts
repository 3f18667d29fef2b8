/** How declared rows are read from a database: which columns are there, then the rows themselves, as the server writes their values. */
import type { Diagnostic } from '../../core/diagnostic.js';
import { MAX_ROW_BYTES, MAX_ROWS, type RowSet } from '../../core/row-set.js';
import { catalogKey } from '../catalog-key.js';
import type { CatalogRow, Contents } from '../kind.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';

/** One table of the answer to the first question. */
interface Shape {
  readonly schema: string;
  readonly table: string;
  readonly oid: string;
  readonly isPartitioned: boolean;
  /** Names to types. */
  readonly columns: ReadonlyMap<string, string>;
}

/** A row of the second answer; `problem`: it is none, and why. */
interface Found extends CatalogRow {
  readonly problem?: 'many' | 'large' | 'null key' | null;
  readonly table_name?: string;
}

export function reading(sets: readonly RowSet[]): Contents {
  return { shape: shapeQuery(sets), query: (answer) => rowsQuery(sets, answer.map(shapeOf)), judge };
}

const schemasOf = ({ schema, was }: RowSet): readonly string[] => [schema, ...(was?.schema === undefined ? [] : [was.schema])];
const tablesOf = ({ table, was }: RowSet): readonly string[] => [table, ...(was?.table === undefined ? [] : [was.table])];

function shapeQuery(sets: readonly RowSet[]): string {
  const names = sets.flatMap((set) => schemasOf(set).flatMap((schema) => tablesOf(set).map((table) => [schema, table])));
  return `
select n.nspname, c.relname, c.oid::text, c.relkind = 'p',
  (select jsonb_agg(jsonb_build_array(a.attname, pg_catalog.format_type(a.atttypid, null)) order by a.attnum)
     from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and c.relpersistence <> 't'
  and (n.nspname, c.relname) in (${names.map((pair) => `(${pair.map(quoteLiteral).join(', ')})`).join(', ')})`;
}

function shapeOf([schema, table, oid, isPartitioned, columns]: readonly unknown[]): Shape {
  return {
    schema: String(schema),
    table: String(table),
    oid: String(oid),
    isPartitioned: isPartitioned === true,
    columns: new Map((columns ?? []) as readonly [string, string][]),
  };
}

function rowsQuery(sets: readonly RowSet[], shapes: readonly Shape[]): string | null {
  const queries = sets.flatMap((set) => {
    const shape = named(set, shapes);
    const query = shape === null ? null : tableQuery(set, shape);
    return query === null ? [] : [query];
  });
  return queries.length === 0 ? null : queries.join('\nunion all\n');
}

/** The table under its name, or as it was called before. */
function named(set: RowSet, shapes: readonly Shape[]): Shape | null {
  for (const schema of schemasOf(set)) {
    for (const table of tablesOf(set)) {
      const shape = shapes.find((each) => each.schema === schema && each.table === table);
      if (shape !== undefined) return shape;
    }
  }
  return null;
}

/** Null: it has not all columns of the key, so none of its rows is one of these. */
function tableQuery(set: RowSet, { schema, table, oid, isPartitioned, columns }: Shape): string | null {
  const nameOf = (column: string): string | null => {
    const old = set.was?.columns?.[column];
    return columns.has(column) ? column : old !== undefined && columns.has(old) ? old : null;
  };
  const key = set.key.flatMap((column) => nameOf(column) ?? []);
  if (key.length < set.key.length) return null;
  const values = set.columns.flatMap((column) => nameOf(column) ?? []);
  const text = (column: string): string => `t.${quoteIdent(column)}::pg_catalog.text`;
  // json_build_object takes 100 arguments at most, and a table may have more columns than 50.
  const members = (names: readonly string[]): string =>
    `json_object(array[${names.map(quoteLiteral).join(', ')}]::text[], array[${names.map(text).join(', ')}]::text[])`;
  const where = set.only === null ? '' : `\n    where ${condition(key, columns, set.only)}`;
  return `
(select ${oid}::int8 as classid, pg_catalog.hashtextextended(r.parts::text, 0) as objid, 0 as objsubid, r.parts,
  ${catalogKey('pg_class', `${oid}`)} as parent, r.attributes,
  case when r.number > ${MAX_ROWS} then 'many' when r.bytes > ${MAX_ROW_BYTES} then 'large' when r.no_key then 'null key' end as problem,
  ${quoteLiteral(quoteName([schema, table]))} as table_name
 from (select s.parts, s.no_key, s.number, sum(octet_length(s.attributes::text)) over (order by s.number) as bytes,
     case when octet_length(s.attributes::text) <= ${MAX_ROW_BYTES} then s.attributes end as attributes
   from (select array[${[schema, table].map(quoteLiteral).join(', ')}, ${key.map(text).join(', ')}]::text[] as parts,
      ${key.map((column) => `${text(column)} is null`).join(' or ')} as no_key,
      row_number() over () as number,
      json_build_object('key', ${members(key)}, 'values', ${members(values)}) as attributes
    from ${isPartitioned ? '' : 'only '}${quoteName([schema, table])} t${where}
    limit ${MAX_ROWS + 1}) s) r)`;
}

const WHOLE = new Set(['smallint', 'integer', 'bigint']);
const TEXTUAL = new Set(['text', 'character varying']);

/**
 * Rows with these keys, by an index of the key where that is possible. The column may have another type than the one whose values these
 * are: what no value of it can be must not be an error.
 */
function condition(key: readonly string[], columns: ReadonlyMap<string, string>, only: NonNullable<RowSet['only']>): string {
  const equals = (column: string, value: string): string => {
    const name = `t.${quoteIdent(column)}`;
    const type = columns.get(column) ?? '';
    if (WHOLE.has(type) && /^-?[0-9]{1,18}$/.test(value)) return `${name} = ${value}::int8`;
    if (TEXTUAL.has(type)) return `${name} = ${quoteLiteral(value)}`;
    if (type === 'uuid' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value))
      return `${name} = ${quoteLiteral(value)}::pg_catalog.uuid`;
    return `${name}::pg_catalog.text = ${quoteLiteral(value)}`;
  };
  const rows = only.map((values) => key.map((column, index) => equals(column, values[index] ?? '')).join(' and '));
  return rows.length === 0 ? 'false' : rows.map((row) => `(${row})`).join(' or ');
}

/** Which rows are left out where a limit is passed is chance, so then all are. */
function judge(answer: readonly CatalogRow[]): ReturnType<Contents['judge']> {
  const rows: Found[] = answer.map((row) => row as Found);
  const wrong = new Map(rows.flatMap((row) => (row.problem ? [[`${row.table_name} ${row.problem}`, row] as const] : [])));
  return {
    rows: rows.filter(({ problem }) => !problem).map(({ problem: _, table_name: __, ...row }) => row),
    diagnostics: [...wrong.values()].map(finding),
  };
}

function finding({ problem, table_name: table }: Found): Diagnostic {
  if (problem === 'null key') {
    return {
      code: 'SC4012',
      severity: 'error',
      summary: `${table} has a row whose key is null, which nothing can tell from others`,
      hint: 'give the row a key, delete it, or declare the rows with another key',
    };
  }
  const limit = problem === 'many' ? `${MAX_ROWS} rows` : `${MAX_ROW_BYTES / 1024 / 1024} MiB of declared columns`;
  return {
    code: 'SC4011',
    severity: 'error',
    summary: `${table} holds more than ${limit}`,
    hint: 'rows are declared of small tables; for some rows of a large one write others: keep, and look after the rest by other means',
  };
}
