/** Reads extended statistics from the catalog; knows nothing of how they are changed. */
import { catalogKey } from '../catalog-key.js';
import type { AttributeClass, ReadContext } from '../kind.js';
import { isUserSchema } from '../user-schema.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  table: 'exact',
  kinds: 'exact',
  columns: 'exact',
  expressions: 'text',
  target: 'exact',
};

/**
 * Statistics of the rows of each expression come with every expression ('e') and are not asked for. Columns have no order: the catalog
 * sorts them by their place in the table. The target is -1 up to PostgreSQL 16, NULL from 17 on, where none is set.
 */
export function query(read: ReadContext): string {
  return `
select 'pg_catalog.pg_statistic_ext'::regclass::oid as classid, s.oid as objid, 0 as objsubid,
  array[n.nspname, s.stxname]::text[] as parts,
  jsonb_build_array(${catalogKey('pg_class', 'r.oid')}) as needs,
  jsonb_build_object(
    'table', pg_catalog.format('%I.%I', rn.nspname, r.relname),
    'kinds', (select coalesce(jsonb_agg(k.name order by k.name), '[]') from pg_catalog.unnest(s.stxkind) as x(letter)
      join (values ('d'::"char", 'ndistinct'), ('f', 'dependencies'), ('m', 'mcv')) as k(letter, name) using (letter)),
    'columns', (select coalesce(jsonb_agg(a.attname order by a.attname collate "C"), '[]') from pg_catalog.pg_attribute a
      where a.attrelid = s.stxrelid and a.attnum = any (s.stxkeys::int2[])),
    'expressions', coalesce(pg_catalog.to_jsonb(pg_catalog.pg_get_statisticsobjdef_expressions(s.oid)), '[]'),
    'target', nullif(s.stxstattarget, -1)) as attributes
from pg_catalog.pg_statistic_ext s
join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
join pg_catalog.pg_class r on r.oid = s.stxrelid
join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
where ${isUserSchema('n.nspname')} and ${isUserSchema('rn.nspname')} and ${read.within('pg_class', 'r.oid')}`;
}
