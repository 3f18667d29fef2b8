/**
 * How often what a plan takes away has been used, as the server counts it: tables by its own statistics, columns and views by
 * pg_stat_statements. Writes nothing; knows no kind.
 */
import type { ClientBase } from 'pg';
import type { Address } from '../core/address.js';
import type { PlanUse } from '../core/plan.js';
import { quoteIdent } from '../kinds/quote.js';
import { namesInStatement } from './statement-use.js';

export interface UseCount {
  readonly address: Address;
  /** Grows with every use that is counted. */
  readonly count: bigint;
  /** Counts of different epochs say nothing of each other. */
  readonly epoch: string;
}

/** `blind`: why something cannot be counted here; null: all of it is. */
export interface UseCounts {
  readonly counts: readonly UseCount[];
  readonly blind: { readonly reason: string; readonly hint: string } | null;
}

interface Found {
  readonly address: Address;
  /** It has rows of its own, or its partitions have: the server counts what is done to them. */
  readonly counted: boolean;
  readonly count: string;
}

/** A partitioned table has no counters: its partitions have. Names that are gone, or not there yet, are not returned. */
const RELATIONS = `
  select u.address, c.relkind in ('r', 'p', 'm') and u.part is null as counted,
         (select coalesce(sum(s.seq_scan + coalesce(s.idx_scan, 0) + s.n_tup_ins + s.n_tup_upd + s.n_tup_del), 0)
            from (select c.oid as relid union select t.relid::oid from pg_catalog.pg_partition_tree(c.oid) t) t
            join pg_catalog.pg_stat_all_tables s on s.relid = t.relid)::text as count
    from pg_catalog.jsonb_to_recordset($1::jsonb) as u(address text, schema text, relation text, part text)
    join pg_catalog.pg_namespace n on n.nspname = u.schema
    join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = u.relation
   where u.part is null
      or exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = u.part and not a.attisdropped)`;

export async function useCounts(client: ClientBase, uses: readonly PlanUse[]): Promise<UseCounts> {
  if (uses.length === 0) return { counts: [], blind: null };
  const { rows: found } = await client.query<Found>(RELATIONS, [
    JSON.stringify(uses.map(({ column: part, ...use }) => ({ ...use, part }))),
  ]);
  const { rows: server } = await client.query<{ counts: boolean; reset: string }>(
    `select pg_catalog.current_setting('track_counts')::boolean as counts, coalesce(stats_reset::text, '') as reset
       from pg_catalog.pg_stat_database where datname = pg_catalog.current_database()`,
  );
  const tables = found.filter(({ counted }) => counted);
  if (tables.length > 0 && server[0]?.counts !== true)
    return { counts: [], blind: { reason: 'track_counts is off', hint: 'set track_counts = on' } };
  const counts = tables.map(({ address, count }): UseCount => ({ address, count: BigInt(count), epoch: server[0]?.reset ?? '' }));
  const named = uses.filter(({ address }) => found.some((each) => each.address === address && !each.counted));
  if (named.length === 0) return { counts, blind: null };
  const statements = await statementCounts(client, named);
  return 'reason' in statements ? { counts, blind: statements } : { counts: [...counts, ...statements], blind: null };
}

const HINT = 'have the extension pg_stat_statements loaded and installed in this database, or leave contract_after_unused out';

async function statementCounts(
  client: ClientBase,
  uses: readonly PlanUse[],
): Promise<readonly UseCount[] | { readonly reason: string; readonly hint: string }> {
  const { rows: extension } = await client.query<{ schema: string; track: string | null; info: boolean }>(
    `select n.nspname as schema, pg_catalog.current_setting('pg_stat_statements.track', true) as track,
            exists (select from pg_catalog.pg_class i where i.relnamespace = n.oid and i.relname = 'pg_stat_statements_info') as info
       from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
      where e.extname = 'pg_stat_statements'`,
  );
  const [found] = extension;
  if (found === undefined) return { reason: 'the extension pg_stat_statements is not installed in the database', hint: HINT };
  // The setting is unknown to a server that has not loaded the library, and then the view cannot be read.
  if (found.track === null || found.track === 'none')
    return {
      reason: found.track === null ? 'pg_stat_statements is not in shared_preload_libraries' : 'pg_stat_statements.track is none',
      hint: HINT,
    };
  const view = `${quoteIdent(found.schema)}.pg_stat_statements`;
  const { rows } = await client.query<{ calls: string; query: string | null; hidden: boolean }>(
    `select s.calls::text as calls, s.query, s.query is null or s.queryid is null as hidden
       from ${view} s
      where s.dbid = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
        and (s.query is null or s.queryid is null
             or exists (select from pg_catalog.unnest($1::text[]) n where pg_catalog.strpos(pg_catalog.lower(s.query), pg_catalog.lower(n)) > 0))`,
    [uses.map(({ relation }) => relation)],
  );
  // Others' texts are hidden from a role without this, and their ids with them.
  if (rows.some(({ hidden }) => hidden))
    return { reason: 'the statements of other roles are hidden from this one', hint: 'grant pg_read_all_stats to the role that applies' };
  const { rows: info } = await client.query<{ epoch: string }>(
    found.info ? `select dealloc || ' ' || stats_reset::text as epoch from ${view}_info` : `select '' as epoch`,
  );
  const counts = new Map<Address, bigint>(uses.map(({ address }) => [address, 0n]));
  for (const { query, calls } of rows) {
    const isNamed = await namesInStatement(query ?? '');
    for (const use of uses) if (isNamed(use)) counts.set(use.address, (counts.get(use.address) ?? 0n) + BigInt(calls));
  }
  return uses.map(({ address }) => ({ address, count: counts.get(address) ?? 0n, epoch: info[0]?.epoch ?? '' }));
}
