/** Facts about a server and a database that a plan is bound to; knows no kind. */
import type { ClientBase } from 'pg';

export interface ServerFacts {
  readonly major: number;
  /** "15.18". */
  readonly version: string;
  readonly database: string;
  /** null where pg_control_system() is not permitted. */
  readonly system_identifier: string | null;
  readonly current_user: string;
  readonly is_superuser: boolean;
  /** The role that initdb made, whatever it is called by now. */
  readonly bootstrap_user: string;
  readonly encoding: string;
  /** `provider` as in pg_database: c, i, b; `icu` is the locale of ICU or of the builtin provider. */
  readonly locale: {
    readonly provider: string;
    readonly collate: string;
    readonly ctype: string;
    readonly icu: string | null;
    readonly rules: string | null;
  };
  readonly in_recovery: boolean;
  /** Where default_transaction_read_only comes from when it is on, as pg_settings says; else null. */
  readonly read_only: string | null;
  /** The server's clock: dates of plans and keys are judged by it, not by that of whoever applies. */
  readonly now: Date;
  /** Names of all roles but the predefined pg_* ones. */
  readonly roles: readonly string[];
  /** Names of the tablespaces that users made. */
  readonly tablespaces: readonly string[];
  /** Extensions installed here, by name. */
  readonly extensions: Readonly<Record<string, string>>;
}

export async function readServer(client: ClientBase): Promise<ServerFacts> {
  const { rows } = await client.query(`
    select current_setting('server_version_num')::int / 10000 as major,
           split_part(current_setting('server_version'), ' ', 1) as version,
           current_database() as database,
           current_user as current_user,
           current_setting('is_superuser') = 'on' as is_superuser,
           pg_catalog.pg_get_userbyid(10) as bootstrap_user,
           pg_catalog.pg_encoding_to_char(d.encoding) as encoding,
           d.datcollate as "collate",
           d.datctype as ctype,
           to_jsonb(d) as database_row,
           pg_catalog.pg_is_in_recovery() as in_recovery,
           (select s.source from pg_catalog.pg_settings s where s.name = 'default_transaction_read_only' and s.setting = 'on') as read_only,
           pg_catalog.clock_timestamp() as now,
           (select coalesce(array_agg(rolname::text order by rolname), '{}') from pg_catalog.pg_roles where rolname !~ '^pg_') as roles,
           (select coalesce(array_agg(spcname::text order by spcname), '{}') from pg_catalog.pg_tablespace where spcname !~ '^pg_') as tablespaces,
           (select coalesce(jsonb_object_agg(extname, extversion), '{}') from pg_catalog.pg_extension) as extensions
      from pg_catalog.pg_database d
     where d.datname = current_database()`);
  const row = rows[0];
  const databaseRow = row.database_row as Record<string, unknown>;
  return {
    major: row.major,
    version: row.version,
    database: row.database,
    system_identifier: await systemIdentifier(client),
    current_user: row.current_user,
    is_superuser: row.is_superuser,
    bootstrap_user: row.bootstrap_user,
    encoding: row.encoding,
    locale: {
      provider: String(databaseRow.datlocprovider ?? 'c'),
      collate: row.collate,
      ctype: row.ctype,
      icu: (databaseRow.datlocale ?? databaseRow.daticulocale ?? null) as string | null,
      rules: (databaseRow.daticurules ?? null) as string | null,
    },
    in_recovery: row.in_recovery,
    read_only: row.read_only,
    now: row.now,
    roles: row.roles,
    tablespaces: row.tablespaces,
    extensions: row.extensions,
  };
}

/** pg_control_system() is executable by pg_monitor and superusers by default on managed servers; elsewhere by everyone. */
async function systemIdentifier(client: ClientBase): Promise<string | null> {
  const { rows } = await client.query(`select pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'execute') as allowed`);
  if (rows[0].allowed !== true) return null;
  const answer = await client.query('select system_identifier::text as id from pg_catalog.pg_control_system()');
  return answer.rows[0].id;
}
