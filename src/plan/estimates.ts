/** How much data a plan's relations hold, about; knows no kind. */
import type { ClientBase } from 'pg';

export interface Estimate {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Rows and bytes by "schema.name" key (JSON of the pair), for relations that exist. Rows: pg_class.reltuples, or where the table was
 * never analysed the statistics collector's live tuples.
 */
export async function readEstimates(
  client: ClientBase,
  relations: readonly (readonly [schema: string, name: string])[],
): Promise<ReadonlyMap<string, Estimate>> {
  if (relations.length === 0) return new Map();
  const { rows } = await client.query(
    `select w.schema, w.name,
            greatest(case when c.reltuples < 0 then pg_catalog.pg_stat_get_live_tuples(c.oid) else c.reltuples end, pg_catalog.pg_stat_get_live_tuples(c.oid))::int8 as rows,
            pg_catalog.pg_total_relation_size(c.oid) as bytes
       from unnest($1::text[], $2::text[]) w(schema, name)
       join pg_catalog.pg_namespace n on n.nspname = w.schema
       join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = w.name and c.relkind in ('r', 'p', 'm')`,
    [relations.map(([schema]) => schema), relations.map(([, name]) => name)],
  );
  return new Map(rows.map((row) => [estimateKey(row.schema, row.name), { rows: Number(row.rows), bytes: Number(row.bytes) }]));
}

export function estimateKey(schema: string, name: string): string {
  return JSON.stringify([schema, name]);
}
