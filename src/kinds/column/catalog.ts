/** Reads the columns of tables from the catalog; knows nothing of how they are changed. */
import type { AttributeClass, ReadContext } from '../kind.js';
import { isUserSchema, reference } from '../user-schema.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  type: 'exact',
  collation: 'exact',
  not_null: 'exact',
  not_null_valid: 'exact',
  not_null_inherit: 'exact',
  // Null where it is PostgreSQL's choice, and for what a parent brought, which cannot be renamed.
  not_null_name: 'exact',
  generated: 'exact',
  expression: 'text',
  storage: 'exact',
  compression: 'exact',
  statistics_target: 'exact',
  options: 'exact',
  // What SET STORAGE goes back to: a fact about the type.
  default_storage: 'unhashed',
  // Whether a parent brought it is decided when it is made; no ALTER changes it alone.
  inherited: 'unhashed',
  position: 'unhashed',
};

const STORAGE = (value: string): string =>
  `case ${value} when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' when 'm' then 'main' end`;

/** PostgreSQL 18 holds NOT NULL as a constraint, which may be unvalidated, kept from children, or have a name of its own. */
const notNull = (read: ReadContext, flag: string, otherwise: string): string =>
  read.major < 18
    ? otherwise
    : `coalesce((select ${flag} from pg_catalog.pg_constraint k where k.conrelid = a.attrelid and k.contype = 'n' and k.conkey = array[a.attnum]), true)`;

/**
 * Names that PostgreSQL chose end so, whichever table or column they were made on, and stay when these are renamed or a partition is detached:
 * nobody gave them. One that a parent brought cannot be changed.
 */
const notNullName = (read: ReadContext): string =>
  read.major < 18
    ? 'null'
    : `(select k.conname from pg_catalog.pg_constraint k
        where k.conrelid = a.attrelid and k.contype = 'n' and k.conkey = array[a.attnum] and k.coninhcount = 0 and k.conname !~ '_not_null[0-9]*$')`;

/**
 * The pg_attrdef row of a generated column stands for the column: what its expression needs, the column needs. A column that only a
 * parent brought needs the parents' columns.
 */
export function query(read: ReadContext): string {
  const parentColumns = `(select jsonb_agg(${reference('pg_class', 'p.attrelid', 'p.attnum')}) from pg_catalog.pg_inherits i
    join pg_catalog.pg_attribute p on p.attrelid = i.inhparent and p.attname = a.attname and not p.attisdropped where i.inhrelid = a.attrelid)`;
  return `
select 'pg_catalog.pg_class'::regclass::oid as classid, a.attrelid as objid, a.attnum::int as objsubid,
  array[n.nspname, c.relname, a.attname]::text[] as parts,
  ${reference('pg_class', 'a.attrelid')} as parent,
  case when a.attgenerated <> '' then jsonb_build_array(${reference('pg_attrdef', 'd.oid')}) end as also,
  case when not a.attislocal and not c.relispartition then ${parentColumns} end as needs,
  jsonb_build_object(
    'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
    'collation', (select pg_catalog.format('%I.%I', ln.nspname, l.collname) from pg_catalog.pg_collation l
      join pg_catalog.pg_namespace ln on ln.oid = l.collnamespace where l.oid = a.attcollation and a.attcollation <> t.typcollation),
    'not_null', a.attnotnull,
    'not_null_valid', ${notNull(read, 'k.convalidated', 'true')},
    'not_null_inherit', ${notNull(read, 'not k.connoinherit', 'true')},
    'not_null_name', ${notNullName(read)},
    'generated', case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end,
    'expression', case when a.attgenerated <> '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end,
    'storage', case when a.attstorage <> t.typstorage then ${STORAGE('a.attstorage')} end,
    'compression', case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end,
    'statistics_target', nullif(a.attstattarget, -1),
    'options', (select coalesce(jsonb_object_agg(o.option_name, o.option_value), '{}') from pg_catalog.pg_options_to_table(a.attoptions) o),
    'default_storage', ${STORAGE('t.typstorage')},
    'inherited', not a.attislocal and not c.relispartition,
    'position', pg_catalog.row_number() over (partition by a.attrelid order by a.attnum)) as attributes
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where c.relkind in ('r', 'p') and c.relpersistence <> 't' and a.attnum > 0 and not a.attisdropped
  and ${isUserSchema('n.nspname')} and ${read.within('pg_class', 'a.attrelid')}`;
}
