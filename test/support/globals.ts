/** What a server holds for all its databases, where no pg_dumpall can read it: by a query that shares nothing with the reader. */
import { query } from './sql-query.js';

const PARAMETERS = `union all select format('%s: %s', parname, entry) from pg_catalog.pg_parameter_acl, unnest(paracl) entry`;

/** Roles with their comments, memberships, settings of roles, and privileges on parameters; one line each. */
const globals = (major: number): string => `
  select coalesce(string_agg(line, E'\\n' order by line), '') as globals from (
    select format('%s %s %s %s', rolname, pg_catalog.shobj_description(oid, 'pg_authid'), to_jsonb(r) - 'oid' - 'rolname' - 'rolpassword' - 'rolvaliduntil', nullif(rolvaliduntil, 'infinity')) as line
      from pg_catalog.pg_authid r where oid >= 16384
    union all
    select format('%s -> %s %s', roleid::regrole, member::regrole,
        to_jsonb(m) - 'oid' - 'roleid' - 'member' - 'grantor' || jsonb_build_object('by', grantor::regrole))
      from pg_catalog.pg_auth_members m where member >= 16384
    union all
    select format('%s has %s', setrole::regrole, entry) from pg_catalog.pg_db_role_setting, unnest(setconfig) entry where setdatabase = 0
    ${major < 15 ? '' : PARAMETERS}) x`;

export async function globalsOf(url: string): Promise<string> {
  const [server] = await query<{ major: number }>(url, `select current_setting('server_version_num')::int / 10000 as major`);
  const [found] = await query<{ globals: string }>(url, globals(server?.major ?? 0));
  return found?.globals ?? '';
}
