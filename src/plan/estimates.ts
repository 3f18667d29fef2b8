/** How much data a plan's relations hold, about; knows no kind. */
import type { ClientBase } from 'pg';

export interface Estimate {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Rows and bytes by "schema.name" key (JSON of the pair), for relations that exist. Rows: pg_class.reltuples, or where the table was
 * never analysed the statistics collector's live tuples. What is partitioned holds what its partitions hold; `children`: a parent in the sense of
 * INHERITS counts what its children hold too, as a change of its columns writes them.
 */
export async function readEstimates(
  client: ClientBase,
  relations: readonly (readonly [schema: string, name: string])[],
  { children = false }: { readonly children?: boolean } = {},
): Promise<ReadonlyMap<string, Estimate>> {
  if (relations.length === 0) return new Map();
  const { rows } = await client.query(
    `with recursive asked as (
       select w.schema, w.name, c.oid, c.relkind, c.reltuples
         from unnest($1::text[], $2::text[]) w(schema, name)
         join pg_catalog.pg_namespace n on n.nspname = w.schema
         join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.name and c.relkind in ('r', 'p', 'm')),
     held(top, oid) as (
       select oid, oid from asked
        union
       select h.top, i.inhrelid
         from held h
         join pg_catalog.pg_inherits i on i.inhparent = h.oid
         join pg_catalog.pg_class c on c.oid = i.inhrelid and c.relkind in ('r', 'p') and (c.relispartition or $3))
     select a.schema, a.name, greatest(s.rows, case a.relkind when 'p' then a.reltuples else 0 end)::int8 as rows, s.bytes
       from asked a
       join (select h.top, sum(pg_catalog.pg_total_relation_size(c.oid))::int8 as bytes,
                    sum(greatest(case c.relkind when 'p' then 0 else c.reltuples end, pg_catalog.pg_stat_get_live_tuples(c.oid), 0)) as rows
               from held h join pg_catalog.pg_class c on c.oid = h.oid
              group by h.top) s on s.top = a.oid`,
    [relations.map(([schema]) => schema), relations.map(([, name]) => name), children],
  );
  return new Map(rows.map((row) => [estimateKey(row.schema, row.name), { rows: Number(row.rows), bytes: Number(row.bytes) }]));
}

export function estimateKey(schema: string, name: string): string {
  return JSON.stringify([schema, name]);
}
