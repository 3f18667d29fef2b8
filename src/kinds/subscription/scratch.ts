/** What scratch runs where a statement about a subscription would reach its publisher, or have a worker do so. */
import { quoteIdent, quoteLiteral } from '../quote.js';

/** `text` holds one %L for the connection; `connection` is SQL. */
export function withConnection(text: string, connection: string): string {
  return `do $nowhere$ begin execute pg_catalog.format(${quoteLiteral(text)}, ${connection}); end $nowhere$`;
}

/**
 * ALTER … ENABLE wakes the launcher of workers, so it is the last resort, of roles that may not write the catalog: a worker that starts
 * finds nobody where the connection leads.
 */
export function markEnabled(name: string): string {
  return `do $enable$ begin
  update pg_catalog.pg_subscription set subenabled = true where subname = ${quoteLiteral(name)}
     and subdbid = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database());
  exception when insufficient_privilege then execute ${quoteLiteral(`alter ${named(name)} enable`)};
end $enable$`;
}

/** A name in a text for format(). */
export const formatted = (text: string): string => text.replaceAll('%', '%%');

export const named = (name: string): string => `subscription ${quoteIdent(name)}`;
