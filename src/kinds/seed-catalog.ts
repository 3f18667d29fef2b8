/** Statements that copy onto the catalog of a throw-away database what no DDL sets; superusers only. Knows no kind. */
import type { SchemaObject } from '../core/object.js';
import { quoteLiteral, quoteName } from './quote.js';

/** What an interrupted CREATE INDEX CONCURRENTLY, or ON ONLY a partitioned table, leaves: the index is there and nobody reads it. */
export function markInvalid(index: readonly string[]): string {
  return `update pg_catalog.pg_index set indisvalid = false where indexrelid = ${quoteLiteral(quoteName(index))}::pg_catalog.regclass`;
}

/** Where scratch has no such tablespace: which one it is in changes no definition. */
export function withoutTablespace(object: SchemaObject): { readonly object: SchemaObject; readonly reason: null } | null {
  if ((object.attributes.tablespace ?? null) === null) return null;
  return { object: { ...object, attributes: { ...object.attributes, tablespace: null } }, reason: null };
}

/** What an interrupted DETACH PARTITION … CONCURRENTLY leaves. */
export function markDetaching(partition: readonly string[]): string {
  return `update pg_catalog.pg_inherits set inhdetachpending = true where inhrelid = ${quoteLiteral(quoteName(partition))}::pg_catalog.regclass`;
}

/** SELECT is a command for which no event trigger fires: one that waits for it never does, however it is enabled. */
export function neverFire(eventTrigger: string): string {
  return `update pg_catalog.pg_event_trigger set evttags = '{SELECT}' where evtname = ${quoteLiteral(eventTrigger)}`;
}

/** Which of several keys that fit a foreign key leans on; nothing is written, and no superuser needed, where it is the one already. */
export function leanOn(constraint: string, table: string, key: string): string {
  const [name, of, index] = [
    quoteLiteral(constraint),
    `${quoteLiteral(table)}::pg_catalog.regclass`,
    `${quoteLiteral(key)}::pg_catalog.regclass`,
  ];
  return `do $seed$ declare own record; begin
  select oid, conindid into own from pg_catalog.pg_constraint where conname = ${name} and conrelid = ${of};
  if own.conindid <> ${index} then
    update pg_catalog.pg_depend set refobjid = ${index} where classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass and objid = own.oid
      and refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and refobjid = own.conindid;
    update pg_catalog.pg_constraint set conindid = ${index} where oid = own.oid;
  end if;
end $seed$`;
}
