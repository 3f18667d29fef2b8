/** Cluster-wide things of the live server, made again on a server that is ours alone: roles, tablespaces. Knows no database. */
import type { ClientBase } from 'pg';
import pg from 'pg';

/** Without login; as superusers, so that ownership never fails: what a role may do is asked of the live server. */
export async function makeRoles(admin: ClientBase, wanted: readonly string[]): Promise<void> {
  const missing = await missingFrom(admin, 'select rolname from pg_catalog.pg_roles', wanted);
  if (missing.length > 0) await admin.query(missing.map((role) => `create role ${pg.escapeIdentifier(role)} superuser nologin`).join('; '));
}

/** In the data directory, for which a developer's setting exists on every major. */
export async function makeTablespaces(admin: ClientBase, wanted: readonly string[]): Promise<void> {
  const missing = await missingFrom(admin, 'select spcname from pg_catalog.pg_tablespace', wanted);
  if (missing.length === 0) return;
  await admin.query('set allow_in_place_tablespaces = on');
  for (const name of missing) await admin.query(`create tablespace ${pg.escapeIdentifier(name)} location ''`);
}

export async function missingRoles(admin: ClientBase, wanted: readonly string[]): Promise<readonly string[]> {
  return missingFrom(admin, 'select rolname from pg_catalog.pg_roles', wanted);
}

async function missingFrom(admin: ClientBase, query: string, wanted: readonly string[]): Promise<readonly string[]> {
  if (wanted.length === 0) return [];
  const { rows } = await admin.query<string[]>({ text: query, rowMode: 'array' });
  const there = new Set(rows.map(([name]) => name));
  return wanted.filter((name) => !there.has(name));
}
