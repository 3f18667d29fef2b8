/** Reads indexes that no constraint owns from the catalog; knows nothing of how they are changed. */
import { catalogKey } from '../catalog-key.js';
import { extensionsOf } from '../extension-dependence.js';
import { elementsSql, includeSql, statisticsSql } from '../index-elements.js';
import type { AttributeClass, ReadContext } from '../kind.js';
import { optionOrderOf, relationOptionsOf } from '../relation-options.js';
import { isUserSchema } from '../user-schema.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  method: 'exact',
  elements: 'text',
  include: 'exact',
  unique: 'exact',
  nulls_not_distinct: 'exact',
  predicate: 'text',
  options: 'exact',
  option_order: 'unhashed',
  tablespace: 'exact',
  statistics: 'exact',
  clustered: 'exact',
  valid: 'exact',
  depends_on_extensions: 'exact',
  // Of the table, not of the index: which statements it takes.
  relation: 'unhashed',
};

/** The leftovers of an interrupted REINDEX CONCURRENTLY are findings, not objects. */
export function query(read: ReadContext): string {
  return `
select 'pg_catalog.pg_class'::regclass::oid as classid, x.oid as objid, 0 as objsubid,
  array[n.nspname, r.relname, x.relname]::text[] as parts,
  ${catalogKey('pg_class', 'r.oid')} as parent,
  (select jsonb_agg(${catalogKey('pg_class', 'h.inhparent')})
    from pg_catalog.pg_inherits h where h.inhrelid = x.oid) as ignores,
  jsonb_build_object(
    'method', (select m.amname from pg_catalog.pg_am m where m.oid = x.relam),
    'elements', ${elementsSql('i')},
    'include', ${includeSql('i')},
    'unique', i.indisunique,
    'nulls_not_distinct', ${read.major >= 15 ? 'i.indnullsnotdistinct' : 'false'},
    'predicate', pg_catalog.pg_get_expr(i.indpred, i.indrelid),
    'options', ${relationOptionsOf('x')}, 'option_order', ${optionOrderOf('x')},
    'tablespace', (select t.spcname from pg_catalog.pg_tablespace t where t.oid = x.reltablespace),
    'statistics', ${statisticsSql('i')},
    'clustered', i.indisclustered,
    'valid', i.indisvalid,
    'depends_on_extensions', ${extensionsOf('pg_class', 'x.oid')},
    'relation', case r.relkind when 'p' then 'partitioned' when 'm' then 'materialized_view' else 'table' end) as attributes
from pg_catalog.pg_index i
join pg_catalog.pg_class x on x.oid = i.indexrelid
join pg_catalog.pg_class r on r.oid = i.indrelid
join pg_catalog.pg_namespace n on n.oid = r.relnamespace
where not exists (select from pg_catalog.pg_constraint c where c.conindid = x.oid and c.contype in ('p', 'u', 'x'))
  and not (not i.indisvalid and x.relname ~ '_cc(new|old)[0-9]*$')
  and ${isUserSchema('n.nspname')}
  and ${read.within('pg_class', 'r.oid')}`;
}
