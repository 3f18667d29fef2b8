/** Reads tables and partitioned tables from the catalog; knows nothing of how they are changed. */
import type { AttributeClass, ReadContext } from '../kind.js';
import { optionOrderOf, relationOptionsOf } from '../relation-options.js';
import { isUserSchema, reference } from '../user-schema.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  persistence: 'exact',
  partition_key: 'text',
  options: 'exact',
  option_order: 'unhashed',
  inherits: 'exact',
  access_method: 'exact',
  tablespace: 'exact',
  of_type: 'exact',
  row_security: 'exact',
  force_row_security: 'exact',
};

/**
 * A partition is made as a table of its own and attached later, and stays when it was detached before its parent goes: its edge to its
 * parent is the `partition` object's. Heap is null because sessions
 * pin default_table_access_method; a partitioned table has an access method only where one was given (17).
 */
export function query(read: ReadContext): string {
  const partitionParents = `case when c.relispartition then (select jsonb_agg(${reference('pg_class', 'i.inhparent')})
    from pg_catalog.pg_inherits i where i.inhrelid = c.oid) end`;
  return `
select 'pg_catalog.pg_class'::regclass::oid as classid, c.oid as objid, 0 as objsubid,
  array[n.nspname, c.relname]::text[] as parts,
  jsonb_build_array(${reference('pg_type', 'c.reltype')}, ${reference('pg_type', 't.typarray')}) as also,
  ${partitionParents} as ignores,
  ${partitionParents} as severs,
  jsonb_build_object(
    'persistence', case c.relpersistence when 'u' then 'unlogged' else 'permanent' end,
    'partition_key', case when c.relkind = 'p' then pg_catalog.pg_get_partkeydef(c.oid) end,
    'options', ${relationOptionsOf('c')}, 'option_order', ${optionOrderOf('c')},
    'inherits', case when c.relispartition then '[]' else (
      select coalesce(jsonb_agg(pg_catalog.format('%I.%I', pn.nspname, p.relname) order by i.inhseqno), '[]')
      from pg_catalog.pg_inherits i join pg_catalog.pg_class p on p.oid = i.inhparent
      join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = c.oid) end,
    'access_method', (select m.amname from pg_catalog.pg_am m where m.oid = c.relam and (m.amname <> 'heap' or c.relkind = 'p')),
    'tablespace', (select s.spcname from pg_catalog.pg_tablespace s where s.oid = c.reltablespace),
    'of_type', case when c.reloftype <> 0 then pg_catalog.format_type(c.reloftype, null) end,
    'row_security', c.relrowsecurity,
    'force_row_security', c.relforcerowsecurity) as attributes
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_type t on t.oid = c.reltype
where c.relkind in ('r', 'p') and c.relpersistence <> 't' and ${isUserSchema('n.nspname')} and ${read.within('pg_class', 'c.oid')}`;
}
