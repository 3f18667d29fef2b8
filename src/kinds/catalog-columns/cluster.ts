/** Decisions about the catalogs that all databases of a server share and that are managed when asked for. */
import { catalog, derived, IDENTITY, leftOut, read, since } from './ledger.js';

export const cluster = [
  catalog('pg_authid', 'a role', {
    oid: IDENTITY,
    rolname: read('role'),
    rolsuper: read('role.superuser'),
    rolinherit: read('role.inherit'),
    rolcreaterole: read('role.createrole'),
    rolcreatedb: read('role.createdb'),
    rolcanlogin: read('role.login'),
    rolreplication: read('role.replication'),
    rolbypassrls: read('role.bypassrls'),
    rolconnlimit: read('role.connection_limit'),
    rolpassword: leftOut('passwords are never read: no plan holds a secret'),
    rolvaliduntil: read('role.valid_until'),
  }),
  catalog('pg_auth_members', 'that a role is a member of a role', {
    oid: since(16, IDENTITY),
    roleid: read('role_membership'),
    member: read('role_membership'),
    grantor: read('role_membership@16'),
    admin_option: read('role_membership.admin'),
    inherit_option: since(16, read('role_membership.inherit')),
    set_option: since(16, read('role_membership.set')),
  }),
  catalog('pg_db_role_setting', 'the settings of a role, of a database, or of a role in a database', {
    setdatabase: read('database_setting'),
    setrole: read('role_setting', 'role_setting.role', 'database_setting', 'database_setting.role'),
    setconfig: read('role_setting', 'role_setting.value', 'database_setting', 'database_setting.value'),
  }),
  catalog(
    'pg_parameter_acl',
    'privileges on a parameter of the server',
    {
      oid: IDENTITY,
      parname: read('parameter_privilege'),
      paracl: read(
        'parameter_privilege.privileges',
        'parameter_privilege.grantee',
        'parameter_privilege.granted_by',
        'parameter_privilege.usual',
      ),
    },
    { since: 15, until: null },
  ),
  catalog('pg_shdescription', 'a comment on a database, a role or a tablespace', {
    objoid: read('comment'),
    classoid: derived('only comments on roles are read'),
    description: read('comment.text'),
  }),
];
