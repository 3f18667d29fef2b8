/** Reads publications with what they publish; knows nothing of how they are changed. */
import { catalogKey } from '../catalog-key.js';
import type { AttributeClass, ReadContext } from '../kind.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  all_tables: 'exact',
  // With the row filters, which the server deparses.
  tables: 'text',
  schemas: 'exact',
  operations: 'exact',
  via_partition_root: 'exact',
  generated_columns: 'exact',
};

/**
 * The rows for tables and schemas stand for the publication in pg_depend. That they go with their table or schema is true of the row, not
 * of the publication. Column lists, row filters and schemas came with 15, generated columns with 18.
 */
export function query({ major, within }: ReadContext): string {
  const since15 = (sql: string, otherwise: string): string => (major >= 15 ? sql : otherwise);
  const members = (table: string, schema: string): string => `(select jsonb_agg(m.k) from (
      select ${table} as k from pg_catalog.pg_publication_rel r where r.prpubid = p.oid
      ${since15(`union all select ${schema} from pg_catalog.pg_publication_namespace s where s.pnpubid = p.oid`, '')}) m)`;
  const targets = members(catalogKey('pg_class', 'r.prrelid'), catalogKey('pg_namespace', 's.pnnspid'));
  const rows = members(catalogKey('pg_publication_rel', 'r.oid'), catalogKey('pg_publication_namespace', 's.oid'));
  const columns = `(select jsonb_agg(a.attname order by k.place) from pg_catalog.unnest(r.prattrs) with ordinality k (n, place)
      join pg_catalog.pg_attribute a on a.attrelid = r.prrelid and a.attnum = k.n)`;
  return `
    select p.tableoid as classid, p.oid as objid, 0 as objsubid, array[p.pubname]::text[] as parts,
           ${rows} as also, ${targets} as severs, ${targets} as needs,
           jsonb_build_object(
             'all_tables', p.puballtables,
             'tables', (select coalesce(jsonb_agg(jsonb_build_object(
                 'name', pg_catalog.format('%I.%I', n.nspname, c.relname),
                 'columns', ${since15(columns, 'null::text')},
                 'where', ${since15('pg_catalog.pg_get_expr(r.prqual, r.prrelid)', 'null::text')})
                 order by n.nspname collate "C", c.relname collate "C"), '[]')
               from pg_catalog.pg_publication_rel r join pg_catalog.pg_class c on c.oid = r.prrelid
               join pg_catalog.pg_namespace n on n.oid = c.relnamespace where r.prpubid = p.oid),
             'schemas', ${since15(
               `(select coalesce(jsonb_agg(n.nspname order by n.nspname collate "C"), '[]') from pg_catalog.pg_publication_namespace s
               join pg_catalog.pg_namespace n on n.oid = s.pnnspid where s.pnpubid = p.oid)`,
               `'[]'::jsonb`,
             )},
             'operations', (select coalesce(jsonb_agg(o.name order by o.place), '[]') from (values
                 (1, 'insert', p.pubinsert), (2, 'update', p.pubupdate), (3, 'delete', p.pubdelete), (4, 'truncate', p.pubtruncate)
               ) o (place, name, published) where o.published),
             'via_partition_root', p.pubviaroot,
             'generated_columns', ${major >= 18 ? `case p.pubgencols when 's' then 'stored' else 'none' end` : 'null::text'}) as attributes
      from pg_catalog.pg_publication p
     where ${within('pg_publication', 'p.oid')}`;
}
