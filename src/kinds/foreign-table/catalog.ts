/** Reads foreign tables with their columns; knows nothing of how they are changed. Their checks are constraints like any other. */
import { catalogKey } from '../catalog-key.js';
import { foreignOptions } from '../foreign-options.js';
import type { AttributeClass, ReadContext } from '../kind.js';
import { isUserSchema } from '../user-schema.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  server: 'exact',
  options: 'exact',
  /** By name: their places are no difference by themselves. */
  columns: 'exact',
  order: 'unhashed',
  /** Defaults and generation expressions by column. */
  expressions: 'text',
  inherits: 'exact',
  partition_of: 'exact',
  bound: 'text',
};

const STORAGE = `case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' when 'm' then 'main' end`;

/** A column that a parent brings is "inherited"; a partition has all of its own, made before it is attached. */
const COLUMN = `jsonb_build_object(
      'name', a.attname,
      'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
      'collation', (select pg_catalog.format('%I.%I', ln.nspname, l.collname) from pg_catalog.pg_collation l
        join pg_catalog.pg_namespace ln on ln.oid = l.collnamespace where l.oid = a.attcollation and a.attcollation <> t.typcollation),
      'not_null', a.attnotnull,
      'generated', case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end,
      'options', ${foreignOptions('a.attfdwoptions')},
      'statistics_target', nullif(a.attstattarget, -1),
      'settings', (select coalesce(jsonb_object_agg(o.option_name, o.option_value), '{}') from pg_catalog.pg_options_to_table(a.attoptions) o),
      'storage', case when a.attstorage <> t.typstorage then ${STORAGE} end,
      'inherited', not a.attislocal and not c.relispartition)`;

export function query({ within }: ReadContext): string {
  const parents = `from pg_catalog.pg_inherits i join pg_catalog.pg_class p on p.oid = i.inhparent
      join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = c.oid`;
  const rows = `(select jsonb_agg(k.key) from (
      select ${catalogKey('pg_type', 'c.reltype')} as key union all
      select ${catalogKey('pg_type', 'y.typarray')} from pg_catalog.pg_type y where y.oid = c.reltype union all
      select ${catalogKey('pg_attrdef', 'd.oid')} from pg_catalog.pg_attrdef d where d.adrelid = c.oid) k)`;
  const partitioned = `case when c.relispartition then (select jsonb_agg(${catalogKey('pg_class', 'i.inhparent')})
    from pg_catalog.pg_inherits i where i.inhrelid = c.oid) end`;
  return `
    select 'pg_catalog.pg_class'::regclass::oid as classid, c.oid as objid, 0 as objsubid, array[n.nspname, c.relname]::text[] as parts,
           ${rows} as also, ${partitioned} as severs, ${partitioned} as needs,
           jsonb_build_object(
             'server', s.srvname,
             'options', ${foreignOptions('f.ftoptions')},
             'columns', (select coalesce(jsonb_agg(${COLUMN} order by a.attname collate "C"), '[]')
               from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
             'order', (select coalesce(jsonb_agg(a.attname order by a.attnum), '[]') from pg_catalog.pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
             'expressions', (select coalesce(jsonb_object_agg(a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid)), '{}')
               from pg_catalog.pg_attrdef d join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
              where d.adrelid = c.oid),
             'inherits', case when c.relispartition then '[]' else
               (select coalesce(jsonb_agg(pg_catalog.format('%I.%I', pn.nspname, p.relname) order by i.inhseqno), '[]') ${parents}) end,
             'partition_of', case when c.relispartition then (select pg_catalog.format('%I.%I', pn.nspname, p.relname) ${parents}) end,
             'bound', pg_catalog.pg_get_expr(c.relpartbound, c.oid)) as attributes
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_foreign_table f on f.ftrelid = c.oid
      join pg_catalog.pg_foreign_server s on s.oid = f.ftserver
     where c.relkind = 'f' and ${isUserSchema('n.nspname')} and ${within('pg_class', 'c.oid')}`;
}
