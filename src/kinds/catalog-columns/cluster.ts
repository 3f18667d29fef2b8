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
  catalog('pg_shdescription', 'a comment on a database, a role or a tablespace', {
    objoid: read('comment'),
    classoid: derived('only comments on roles are read'),
    description: read('comment.text'),
  }),
];
