/** Which catalogs the second observer reads and what it knows of each, asked of the server; knows nothing of schemactl. */
import type pg from 'pg';

export interface Catalog {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Columns that hold identifiers of one catalog's rows, alone or as an array. */
  readonly references: ReadonlyMap<string, string>;
  /** Columns that hold numbers of columns, with the column that says of which relation. */
  readonly columnNumbers: ReadonlyMap<string, string>;
  /** What tells one row from another where no function of the server does: the columns of a unique index. */
  readonly key: readonly string[];
}

/** Left out whole, with the reason. Every other catalog of the server is read, those of majors to come too. */
const WITHOUT_SCHEMA: Readonly<Record<string, string>> = {
  pg_depend: 'who needs whom follows from the rest; what does not follow is read on its own (observer-edges.ts)',
  pg_shdepend: 'the same for roles and tablespaces',
  pg_init_privs: 'what privileges began with, to tell later ones from them',
  pg_statistic: "the planner's statistics",
  pg_statistic_ext_data: "the planner's statistics",
  pg_largeobject: 'data',
  pg_largeobject_metadata: 'goes with data',
  pg_subscription_rel: 'how far a subscription is',
};

/** References that pg_get_catalog_foreign_keys() does not list. */
const MORE_COLUMN_NUMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pg_constraint: { confdelsetcols: 'conrelid' },
  pg_publication_rel: { prattrs: 'prrelid' },
};

/** Where the first unique index is not what names a row: what it holds moves. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  pg_enum: ['enumtypid', 'enumlabel'],
  pg_inherits: ['inhrelid', 'inhparent'],
};

/**
 * Catalogs of the whole server are the same for two databases of it, but for those whose rows belong to one database (pg_subscription,
 * pg_db_role_setting): these refer to pg_database.
 */
const CATALOGS = `with fk as materialized (select * from pg_catalog.pg_get_catalog_foreign_keys())
select c.relname as name,
  (select json_agg(json_build_object('name', a.attname, 'type', pg_catalog.format_type(a.atttypid, -1)) order by a.attnum)
    from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
  (select coalesce(json_object_agg(fk.fkcols[1], k.relname), '{}') from fk join pg_catalog.pg_class k on k.oid = fk.pktable
    where fk.fktable = c.oid and cardinality(fk.fkcols) = 1 and fk.pkcols = '{oid}') as references,
  (select coalesce(json_object_agg(fk.fkcols[2], fk.fkcols[1]), '{}') from fk
    where fk.fktable = c.oid and fk.pkcols = '{attrelid,attnum}') as numbers,
  (select array(select a.attname::text from unnest(i.indkey::int2[]) with ordinality k(n, place)
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.n order by k.place)
    from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisunique order by i.indisprimary desc, i.indexrelid limit 1) as key
from pg_catalog.pg_class c
where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r'
  and (not c.relisshared or exists (select from fk where fk.fktable = c.oid and fk.pktable = 'pg_catalog.pg_database'::regclass))
order by c.relname`;

interface CatalogRow {
  readonly name: string;
  readonly columns: Catalog['columns'];
  readonly references: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, string>>;
  readonly key: readonly string[];
}

export async function readCatalogs(client: pg.Client): Promise<readonly Catalog[]> {
  const { rows } = await client.query<CatalogRow>(CATALOGS);
  return rows
    .filter(({ name }) => WITHOUT_SCHEMA[name] === undefined)
    .map(({ name, columns, references, numbers, key }) => ({
      name,
      columns,
      references: new Map(Object.entries(references)),
      columnNumbers: new Map([...Object.entries(numbers), ...Object.entries(MORE_COLUMN_NUMBERS[name] ?? {})]),
      key: KEYS[name] ?? key,
    }));
}

export function hasColumn(catalog: Catalog, column: string): boolean {
  return catalog.columns.some(({ name }) => name === column);
}
