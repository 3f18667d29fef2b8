/** Asks a server which of some privileges roles lack; knows the catalogs' owners and has_…_privilege functions, and no kind. */
import type { ClientBase } from 'pg';

export interface PrivilegeQuestion {
  /** As core/plan.ts names them in PlanRequirement, but for INSTALL. */
  readonly privilege: string;
  readonly role: string;
  /** Catalog row, role by name, the database, or nothing (SUPERUSER, CREATEROLE). */
  readonly on: { readonly classid: number; readonly objid: number } | { readonly role: string } | 'database' | null;
}

export interface PrivilegeAnswer {
  readonly held: boolean;
  /** Nothing less than a superuser will do: a language that is not trusted. */
  readonly takes_superuser: boolean;
  /** Who owns what is asked about; null where nobody does. */
  readonly owner: string | null;
  readonly owner_is_superuser: boolean;
  /** Member of that owner, or of the role that is asked about, though without its privileges (NOINHERIT). */
  readonly is_member: boolean;
}

const OWNER_COLUMNS: Readonly<Record<string, string>> = {
  pg_namespace: 'nspowner',
  pg_class: 'relowner',
  pg_type: 'typowner',
  pg_proc: 'proowner',
  pg_collation: 'collowner',
  pg_conversion: 'conowner',
  pg_operator: 'oprowner',
  pg_opclass: 'opcowner',
  pg_opfamily: 'opfowner',
  pg_ts_dict: 'dictowner',
  pg_ts_config: 'cfgowner',
  pg_statistic_ext: 'stxowner',
  pg_event_trigger: 'evtowner',
  pg_foreign_data_wrapper: 'fdwowner',
  pg_foreign_server: 'srvowner',
  pg_language: 'lanowner',
  pg_publication: 'pubowner',
  pg_extension: 'extowner',
};

/** Owner of the database, or of the row, that question `q` is about. */
const OWNER = `case when q.database then (select b.datdba from pg_catalog.pg_database b where b.datname = pg_catalog.current_database())
 else case q.classid ${Object.entries(OWNER_COLUMNS)
   .map(
     ([catalog, column]) =>
       `when 'pg_catalog.${catalog}'::regclass then (select o.${column} from pg_catalog.${catalog} o where o.oid = q.objid)`,
   )
   .join('\n ')} end end`;

/**
 * Up to 15 membership is all that it takes to give things to a role, to become it, or to set its default privileges; from 16 on the grant
 * of the membership says whether it may be set and whether it is inherited.
 */
function membership(major: number, privilege: string): string {
  return major < 16 ? 'MEMBER' : privilege === 'INHERIT' ? 'USAGE' : 'SET';
}

/** Privileges that may be held of single columns: which ones is not looked at. */
const OF_COLUMNS = `('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')`;

function sql(major: number): string {
  return `
    with q as (
      select n.*, r.oid as roleid, r.rolsuper, t.oid as other
        from pg_catalog.jsonb_to_recordset($1::jsonb) as n(n int, privilege text, role text, classid oid, objid oid, target text, database bool)
        join pg_catalog.pg_roles r on r.rolname = n.role
        left join pg_catalog.pg_roles t on t.rolname = n.target),
    o as (select q.*, ${OWNER} as owner from q)
    select q.n, (q.owner is not null and w.rolsuper) is true as owner_is_superuser, w.rolname as owner,
           pg_catalog.pg_has_role(q.roleid, coalesce(q.other, q.owner), 'MEMBER') is true as is_member,
           l.oid is not null as takes_superuser,
           case when me.rolsuper then true
                when q.privilege = 'SUPERUSER' or l.oid is not null then false
                when q.privilege = 'CREATEROLE' then me.rolcreaterole
                when q.privilege = 'OWNER' then pg_catalog.pg_has_role(q.roleid, q.owner, 'USAGE')
                when q.privilege in ('MEMBER', 'INHERIT') then pg_catalog.pg_has_role(q.roleid, q.other,
                  case q.privilege when 'INHERIT' then '${membership(major, 'INHERIT')}' else '${membership(major, 'MEMBER')}' end)
                when q.privilege = 'SET' then pg_catalog.pg_has_role(session_user, q.other, '${membership(major, 'SET')}')
                when q.database then pg_catalog.has_database_privilege(q.roleid, pg_catalog.current_database(), q.privilege)
                when q.classid = 'pg_catalog.pg_namespace'::regclass then pg_catalog.has_schema_privilege(q.roleid, q.objid, q.privilege)
                when q.classid = 'pg_catalog.pg_proc'::regclass then pg_catalog.has_function_privilege(q.roleid, q.objid, q.privilege)
                when q.classid = 'pg_catalog.pg_type'::regclass then pg_catalog.has_type_privilege(q.roleid, q.objid, q.privilege)
                when q.classid = 'pg_catalog.pg_language'::regclass then pg_catalog.has_language_privilege(q.roleid, q.objid, q.privilege)
                when q.classid = 'pg_catalog.pg_foreign_data_wrapper'::regclass
                  then pg_catalog.has_foreign_data_wrapper_privilege(q.roleid, q.objid, q.privilege)
                when q.classid = 'pg_catalog.pg_foreign_server'::regclass then pg_catalog.has_server_privilege(q.roleid, q.objid, q.privilege)
                when q.classid <> 'pg_catalog.pg_class'::regclass then true
                when exists (select from pg_catalog.pg_class c where c.oid = q.objid and c.relkind = 'S')
                  then pg_catalog.has_sequence_privilege(q.roleid, q.objid, q.privilege)
                when q.privilege in ${OF_COLUMNS} then pg_catalog.has_any_column_privilege(q.roleid, q.objid, q.privilege)
                else pg_catalog.has_table_privilege(q.roleid, q.objid, q.privilege) end is not false as held
      from o q
      cross join (select rolsuper, rolcreaterole from pg_catalog.pg_roles where rolname = current_user) me
      left join pg_catalog.pg_roles w on w.oid = q.owner
      left join pg_catalog.pg_language l on q.classid = l.tableoid and q.objid = l.oid and q.privilege = 'USAGE' and not l.lanpltrusted
     order by q.n`;
}

/** One round trip, by the role that will act: when it is a superuser nothing is missing. A role that is not there lacks nothing. */
export async function askPrivileges(
  client: ClientBase,
  major: number,
  questions: readonly PrivilegeQuestion[],
): Promise<readonly PrivilegeAnswer[]> {
  if (questions.length === 0) return [];
  const asked = questions.map(({ privilege, role, on }, n) => ({
    n,
    privilege,
    role,
    ...(on === 'database' ? { database: true } : on === null ? {} : 'role' in on ? { target: on.role } : on),
  }));
  const { rows } = await client.query<PrivilegeAnswer & { n: number }>(sql(major), [JSON.stringify(asked)]);
  const answers = new Map(rows.map((row) => [row.n, row]));
  return questions.map((_, n) => answers.get(n) ?? NOTHING_MISSING);
}

const NOTHING_MISSING: PrivilegeAnswer = { held: true, takes_superuser: false, owner: null, owner_is_superuser: false, is_member: false };

/**
 * What it takes to create or update extensions: "SUPERUSER", "CREATE" on the database where they are trusted (since 13), or null for
 * nothing. What is not available is left out: the server says so itself.
 */
export async function extensionNeeds(
  client: ClientBase,
  names: readonly string[],
): Promise<ReadonlyMap<string, 'SUPERUSER' | 'CREATE' | null>> {
  if (names.length === 0) return new Map();
  const { rows } = await client.query<{ name: string; superuser: boolean; trusted: boolean }>(
    `select name, bool_or(superuser) as superuser, bool_and(trusted) as trusted
       from pg_catalog.pg_available_extension_versions where name = any ($1::name[]) group by name`,
    [names],
  );
  return new Map(rows.map(({ name, superuser, trusted }) => [name, superuser ? (trusted ? 'CREATE' : 'SUPERUSER') : null]));
}
