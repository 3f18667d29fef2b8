/**
 * What keeps PostgreSQL from dropping a database, and how a throw-away one is rid of it: its subscriptions, which are rows of the cluster.
 * Reaches no other server; knows nothing of who asks.
 */

/** The error of DROP DATABASE that says so (object_in_use; those of sessions that stay connected too). */
export const IN_USE = '55006';

/** A row where the database of the name $1 subscribes to anything. */
export const SUBSCRIBES = `select from pg_catalog.pg_subscription s join pg_catalog.pg_database d on d.oid = s.subdbid where d.datname = $1 limit 1`;

/** Without its slot, DROP SUBSCRIPTION asks no publisher; a subscription that is enabled cannot be without. */
export const RELEASE_DATABASE = `do $release$
declare s record;
begin
  for s in select x.subname from pg_catalog.pg_subscription x
      join pg_catalog.pg_database d on d.oid = x.subdbid where d.datname = pg_catalog.current_database() loop
    execute pg_catalog.format('alter subscription %I disable', s.subname);
    execute pg_catalog.format('alter subscription %I set (slot_name = none)', s.subname);
    execute pg_catalog.format('drop subscription %I', s.subname);
  end loop;
end $release$`;
