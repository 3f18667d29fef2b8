/** What statements that were stopped left in a catalog: indexes that are not valid, partitions half detached. Reads only; knows no kind. */
import type { ClientBase } from 'pg';

export interface Leftovers {
  readonly indexes: readonly LeftoverIndex[];
  /** DETACH PARTITION CONCURRENTLY that was not finished. */
  readonly detaches: readonly { readonly partition: string; readonly parent: string }[];
}

export interface LeftoverIndex {
  /** Schema-qualified, quoted where needed. */
  readonly name: string;
  readonly on: string;
  /** What REINDEX CONCURRENTLY makes beside an index and did not come to drop. */
  readonly is_copy: boolean;
  /** The session that is building it now; null: none that this role can see. */
  readonly built_by: number | null;
}

export async function readLeftovers(client: ClientBase): Promise<Leftovers> {
  // An index of a partitioned relation is not valid until all its parts are attached, which is nothing left over.
  const indexes = await client.query<LeftoverIndex>(`
    select pg_catalog.format('%I.%I', n.nspname, c.relname) as name, pg_catalog.format('%I.%I', tn.nspname, t.relname) as "on",
           c.relname ~ '_cc(new|old)[0-9]*$' as is_copy,
           (select min(p.pid) from pg_catalog.pg_stat_progress_create_index p
             where p.datname = pg_catalog.current_database() and p.index_relid = c.oid) as built_by
      from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indexrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_class t on t.oid = i.indrelid
      join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
     where not i.indisvalid and c.relkind = 'i' and n.nspname !~ '^pg_(toast_)?temp_'
     order by 1`);
  const detaches = await client.query<{ partition: string; parent: string }>(`
    select pg_catalog.format('%I.%I', n.nspname, c.relname) as partition, pg_catalog.format('%I.%I', pn.nspname, p.relname) as parent
      from pg_catalog.pg_inherits i
      join pg_catalog.pg_class c on c.oid = i.inhrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_class p on p.oid = i.inhparent
      join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
     where i.inhdetachpending
     order by 1`);
  return { indexes: indexes.rows, detaches: detaches.rows };
}
