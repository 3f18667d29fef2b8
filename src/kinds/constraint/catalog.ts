/** Reads table constraints from the catalog; knows nothing of how they are changed. */
import { catalogKey } from '../catalog-key.js';
import { extensionsOf } from '../extension-dependence.js';
import { elementsSql, includeSql, statisticsSql } from '../index-elements.js';
import type { AttributeClass, ReadContext } from '../kind.js';
import { optionOrderOf, relationOptionsOf } from '../relation-options.js';
import { isUserSchema } from '../user-schema.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  type: 'exact',
  columns: 'exact',
  include: 'exact',
  nulls_not_distinct: 'exact',
  without_overlaps: 'exact',
  method: 'exact',
  elements: 'text',
  predicate: 'text',
  options: 'exact',
  option_order: 'unhashed',
  tablespace: 'exact',
  statistics: 'exact',
  clustered: 'exact',
  valid: 'exact',
  depends_on_extensions: 'exact',
  expression: 'text',
  no_inherit: 'exact',
  references: 'exact',
  references_columns: 'exact',
  match: 'exact',
  on_update: 'exact',
  on_delete: 'exact',
  on_delete_columns: 'exact',
  deferrable: 'exact',
  initially_deferred: 'exact',
  enforced: 'exact',
  validated: 'exact',
  // The index that a foreign key leans on, where the server could have taken another.
  key: 'unhashed',
  // Of the table, not of the constraint: which statements its table takes.
  relation: 'unhashed',
};

/** jsonb list of column names for an array of attribute numbers of a relation, in its order; null when it is null. */
function names(numbers: string, relation: string): string {
  return `(select jsonb_agg(a.attname order by k.place) from pg_catalog.unnest(${numbers}) with ordinality k(n, place)
    join pg_catalog.pg_attribute a on a.attrelid = ${relation} and a.attnum = k.n)`;
}

const ACTION = (column: string): string =>
  `case when c.contype = 'f' then
     case ${column} when 'a' then 'no action' when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default' end
   end`;

const OPERATOR = `(select case when opn.nspname = 'pg_catalog' then op.oprname::text
    else pg_catalog.format('OPERATOR(%I.%s)', opn.nspname, op.oprname) end
  from pg_catalog.pg_operator op join pg_catalog.pg_namespace opn on opn.oid = op.oprnamespace where op.oid = c.conexclop[k.n])`;

const OTHER_KEY = `exists (select from pg_catalog.pg_index o where o.indrelid = c.confrelid and o.indexrelid <> c.conindid
      and o.indisunique and o.indnkeyatts = pg_catalog.cardinality(c.confkey) and o.indkey::int2[] @> c.confkey)`;

/**
 * Left out: NOT NULL (18: part of the column), constraint triggers, the copies of a partitioned table's foreign keys on its
 * partitions, and checks that are only inherited.
 */
export function query(read: ReadContext): string {
  const since = (major: number, sql: string, otherwise: string): string => (read.major >= major ? sql : otherwise);
  return `
select 'pg_catalog.pg_constraint'::regclass::oid as classid, c.oid as objid, 0 as objsubid,
  array[n.nspname, r.relname, c.conname]::text[] as parts,
  ${catalogKey('pg_class', 'c.conrelid')} as parent,
  case when c.contype in ('p', 'u', 'x') then jsonb_build_array(${catalogKey('pg_class', 'c.conindid')}) end as also,
  case when c.conparentid <> 0 then jsonb_build_array(${catalogKey('pg_constraint', 'c.conparentid')}) end as ignores,
  jsonb_strip_nulls(jsonb_build_object(
    'type', case c.contype when 'p' then 'primary' when 'u' then 'unique' when 'f' then 'foreign' when 'c' then 'check' else 'exclusion' end,
    'columns', case when c.contype in ('p', 'u', 'f') then ${names('c.conkey', 'c.conrelid')} end,
    'include', case when i.indexrelid is not null then ${includeSql('i')} end)
  || jsonb_build_object(
    'nulls_not_distinct', ${since(15, `case when c.contype = 'u' then i.indnullsnotdistinct end`, `case when c.contype = 'u' then false end`)},
    'without_overlaps', ${since(18, `case when c.contype in ('p', 'u', 'f') then c.conperiod end`, `case when c.contype in ('p', 'u', 'f') then false end`)},
    'method', case when c.contype = 'x' then (select m.amname from pg_catalog.pg_am m where m.oid = x.relam) end,
    'elements', case when c.contype = 'x' then ${elementsSql('i', OPERATOR)} end,
    'predicate', case when c.contype = 'x' then pg_catalog.pg_get_expr(i.indpred, i.indrelid) end,
    'options', case when i.indexrelid is not null then ${relationOptionsOf('x')} end,
    'option_order', case when i.indexrelid is not null then ${optionOrderOf('x')} end,
    'tablespace', (select t.spcname from pg_catalog.pg_tablespace t where t.oid = x.reltablespace),
    'statistics', case when i.indexrelid is not null then ${statisticsSql('i')} end,
    'clustered', i.indisclustered,
    'valid', i.indisvalid,
    'depends_on_extensions', case when i.indexrelid is not null then ${extensionsOf('pg_class', 'x.oid')} end)
  || jsonb_build_object(
    'expression', case when c.contype = 'c' then pg_catalog.pg_get_expr(c.conbin, c.conrelid) end,
    'no_inherit', case when c.contype = 'c' then c.connoinherit end,
    'references', case when c.contype = 'f' then (select pg_catalog.format('%I.%I', fn.nspname, f.relname)
      from pg_catalog.pg_class f join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace where f.oid = c.confrelid) end,
    'references_columns', case when c.contype = 'f' then ${names('c.confkey', 'c.confrelid')} end,
    'match', case when c.contype = 'f' then case c.confmatchtype when 'f' then 'full' when 'p' then 'partial' else 'simple' end end,
    'on_update', ${ACTION('c.confupdtype')},
    'on_delete', ${ACTION('c.confdeltype')},
    'key', case when c.contype = 'f' and ${OTHER_KEY} then (select pg_catalog.format('%I.%I', kn.nspname, k.relname)
      from pg_catalog.pg_class k join pg_catalog.pg_namespace kn on kn.oid = k.relnamespace where k.oid = c.conindid) end,
    'on_delete_columns', ${since(15, names('c.confdelsetcols', 'c.conrelid'), 'null')})
  || jsonb_build_object(
    'deferrable', c.condeferrable,
    'initially_deferred', c.condeferred,
    'enforced', ${since(18, 'c.conenforced', 'true')},
    'validated', c.convalidated,
    'relation', case r.relkind when 'p' then 'partitioned' when 'f' then 'foreign' else 'table' end)) as attributes
from pg_catalog.pg_constraint c
join pg_catalog.pg_class r on r.oid = c.conrelid
join pg_catalog.pg_namespace n on n.oid = r.relnamespace
left join pg_catalog.pg_index i on i.indexrelid = c.conindid and c.contype in ('p', 'u', 'x')
left join pg_catalog.pg_class x on x.oid = i.indexrelid
where c.contype in ('p', 'u', 'f', 'c', 'x')
  and not (c.contype = 'f' and c.conparentid <> 0)
  and not (c.contype = 'c' and c.coninhcount > 0 and not c.conislocal)
  and ${isUserSchema('n.nspname')}
  and ${read.within('pg_class', 'c.conrelid')}`;
}
