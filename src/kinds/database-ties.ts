/**
 * What keeps PostgreSQL from dropping a database, and how a throw-away one is rid of it: its subscriptions, which are rows of the cluster.
 * Reaches no other server; knows nothing of who asks.
 */
import { quoteIdent } from './quote.js';

/** The error of DROP DATABASE that says so (object_in_use; that of sessions that stay connected too). */
export const IN_USE = '55006';

/** Rows (name) of what the database of the name $1 subscribes to. */
export const SUBSCRIPTIONS_OF = `select s.subname as name from pg_catalog.pg_subscription s
    join pg_catalog.pg_database d on d.oid = s.subdbid where d.datname = $1`;

/**
 * Each in a transaction of its own: DROP SUBSCRIPTION locks the catalog that all databases share, and two that had altered one before would
 * wait for each other. Without its slot it asks no publisher; a subscription that is enabled cannot be without.
 */
export function releaseStatements(subscription: string): readonly string[] {
  const name = `subscription ${quoteIdent(subscription)}`;
  return [`alter ${name} disable`, `alter ${name} set (slot_name = none)`, `drop ${name}`];
}
