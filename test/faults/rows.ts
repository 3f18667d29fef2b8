/** Rows in every table that takes some, and checksums of them to compare later; knows no table by name. */
import type pg from 'pg';
import { withClient } from '../support/database.js';

/** "schema.table" -> column -> "count:md5" of its values in the order of the whole row's text. */
export type Rows = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface TableColumns {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly labels: readonly string[] | null }[];
}

/** Tables that hold rows themselves, or those that rows are put in. */
const tables = (which: string): string => `
  select format('%I.%I', n.nspname, c.relname) as name,
         jsonb_agg(jsonb_build_object(
           'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
           'labels', (select jsonb_agg(enumlabel order by enumsortorder) from pg_enum e where e.enumtypid = a.atttypid)
         ) order by a.attnum) filter (where a.attgenerated = '' and a.attidentity <> 'a') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
   where ${which} and a.attnum > 0 and not a.attisdropped
     and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'schemactl')
   group by 1 order by 1`;

const HOLDING = `c.relkind = 'r'`;
const TAKING = `c.relkind in ('r', 'p') and not c.relispartition`;
const ROWS_EACH = 20;

/**
 * A few rows in every empty table, with triggers and foreign keys off. Returns the tables that took none (a check that made-up values do
 * not meet, a type that this makes no value of).
 */
export async function seedRows(url: string): Promise<readonly string[]> {
  return withClient(url, async (client) => {
    await client.query('set session_replication_role = replica');
    const refused: string[] = [];
    for (const table of (await client.query<TableColumns>(tables(TAKING))).rows) {
      if (!(await seedTable(client, table))) refused.push(table.name);
    }
    return refused;
  });
}

async function seedTable(client: pg.Client, table: TableColumns): Promise<boolean> {
  const there = await client.query(`select from ${table.name} limit 1`);
  if (there.rowCount !== 0) return true;
  const columns = table.columns ?? [];
  const values = columns.map(({ type, labels }) =>
    labels ? `(array['${labels.join(`', '`)}'])[1 + i % ${labels.length}]::${type}` : value(type),
  );
  const names = columns.map(({ name }) => `"${name.replaceAll('"', '""')}"`);
  try {
    await client.query(
      `insert into ${table.name} (${names.join(', ')}) select ${values.join(', ')} from generate_series(1, ${ROWS_EACH}) i`,
    );
    return true;
  } catch {
    return false;
  }
}

/** Something of a type, another one for every i where the type has so many. */
function value(type: string): string {
  if (type.endsWith('[]')) return `'{}'::${type}`;
  if (/^(json|jsonb)$/.test(type)) return `jsonb_build_object('i', i)::${type}`;
  if (/^(uuid)$/.test(type)) return `md5(i::text)::uuid`;
  if (/^boolean$/.test(type)) return `i % 2 = 0`;
  if (/^(date|timestamp.*)$/.test(type)) return `('2026-01-01'::date + i)::${type}`;
  if (/^(time|interval)/.test(type)) return `make_time(0, i, 0)::${type}`;
  if (/^bytea$/.test(type)) return `decode(md5(i::text), 'hex')`;
  if (/^tsvector$/.test(type)) return `to_tsvector('simple', 'v' || i)`;
  return `i::text::${type}`;
}

/** Every column of every table, on its own: what exists on two sides can be compared though the tables differ. */
export async function tableRows(url: string): Promise<Rows> {
  return withClient(url, async (client) => {
    const result: Record<string, Record<string, string>> = {};
    for (const { name, columns } of (await client.query<TableColumns>(tables(HOLDING))).rows) {
      if (!columns) continue;
      // The order of the values themselves: rows that moved to a new table have no other order that both sides know.
      const sums = columns.map(
        ({ name: column }) =>
          `count(*) || ':' || coalesce(md5(string_agg("${column.replaceAll('"', '""')}"::text, ',' order by "${column.replaceAll('"', '""')}"::text collate "C")), '')`,
      );
      const { rows } = await client.query<{ sums: string[] }>(`select array[${sums.join(', ')}] as sums from ${name}`);
      result[name] = Object.fromEntries(columns.map((column, at) => [`${column.name} ${column.type}`, rows[0]?.sums[at] ?? '']));
    }
    return result;
  });
}

/** Columns of the same name and type on both sides whose values are not the same. */
export function lostRows(before: Rows, after: Rows): readonly string[] {
  return Object.entries(before).flatMap(([table, columns]) =>
    Object.entries(columns)
      .filter(([column, sum]) => (after[table]?.[column] ?? sum) !== sum)
      .map(([column, sum]) => `${table}.${column}: ${sum} became ${after[table]?.[column]}`),
  );
}
