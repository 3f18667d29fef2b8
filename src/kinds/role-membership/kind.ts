/**
 * Memberships of roles in roles, one object per role, member and, from 16 on, grantor. Address: role_membership:<role>.<member>, with
 * .<grantor> behind it when that is neither the bootstrap superuser, for whom superusers grant, nor the role that looks. Memberships of the
 * role that looks are left alone, as itself is.
 */
import type { SchemaObject } from '../../core/object.js';
import type { PlanRequirement } from '../../core/plan.js';
import { flagOf } from '../attribute-values.js';
import { catalogKey } from '../catalog-key.js';
import type { Kind, Operation, ReadContext, SetChange } from '../kind.js';
import { quoteIdent } from '../quote.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

/** Up to 15 there is one per role and member, and who granted it may be gone. */
function query({ major, within }: ReadContext): string {
  const grantor = major < 16 ? 'null' : `case when x.nth > 1 or not x.usual then x.grantorname end`;
  // Who grants must be there, and have been given the role with the admin option.
  const given =
    major < 16
      ? ''
      : ` || jsonb_build_array(${catalogKey('pg_authid', 'x.grantor')}) || (select coalesce(jsonb_agg(${catalogKey('pg_auth_members', 'a.oid')}), '[]')
             from pg_catalog.pg_auth_members a where a.roleid = x.roleid and a.member = x.grantor and a.admin_option)`;
  const row = major < 16 ? 'x.roleid as objid, row_number() over (partition by x.roleid order by x.member)::int' : 'x.oid as objid, 0';
  const usual = `m.grantor = 10 or g.rolname is not distinct from current_user`;
  const options = major < 16 ? '' : `, 'inherit', x.inherit_option, 'set', x.set_option`;
  return `
    select x.tableoid as classid, ${row} as objsubid,
           array_remove(array[pg_catalog.pg_get_userbyid(x.roleid), pg_catalog.pg_get_userbyid(x.member), ${grantor}]::text[], null) as parts,
           jsonb_build_array(${catalogKey('pg_authid', 'x.roleid')}, ${catalogKey('pg_authid', 'x.member')})${given} as needs,
           jsonb_build_object('admin', x.admin_option${options}) as attributes
      from (select m.tableoid, m.*, g.rolname as grantorname, ${usual} as usual,
                   row_number() over (partition by m.roleid, m.member order by (${usual}) desc, m.grantor desc) as nth
              from pg_catalog.pg_auth_members m left join pg_catalog.pg_roles g on g.oid = m.grantor) x
     where x.member >= 16384 and pg_catalog.pg_get_userbyid(x.member) <> current_user and ${within('pg_authid', 'x.roleid')}`;
}

const names = (object: SchemaObject): readonly [string, string, string | null] => {
  const [role = '', member = '', grantor = null] = object.parts;
  return [quoteIdent(role), quoteIdent(member), grantor === null ? null : quoteIdent(grantor)];
};

const by = (grantor: string | null): string => (grantor === null ? '' : ` GRANTED BY ${grantor}`);

const OPTIONS = ['admin', 'inherit', 'set'] as const;

/** Every option that the catalog has is said: what INHERIT is without a word depends on the member. */
function grant(object: SchemaObject): string {
  const [role, member, grantor] = names(object);
  const options =
    'set' in object.attributes ? OPTIONS.map((name) => `${name.toUpperCase()} ${flagOf(object, name) ? 'TRUE' : 'FALSE'}`) : null;
  const clause = options !== null ? ` WITH ${options.join(', ')}` : flagOf(object, 'admin') ? ' WITH ADMIN OPTION' : '';
  return `GRANT ${role} TO ${member}${clause}${by(grantor)}`;
}

function revoke(object: SchemaObject, what = ''): string {
  const [role, member, grantor] = names(object);
  return `REVOKE ${what}${role} FROM ${member}${by(grantor)}`;
}

/** Up to 15 GRANT only adds the option. */
function change(before: SchemaObject, after: SchemaObject): string {
  return 'set' in after.attributes || flagOf(after, 'admin') ? grant(after) : revoke(before, 'ADMIN OPTION FOR ');
}

const needs: readonly PlanRequirement[] = [{ privilege: 'CREATEROLE', on: null }];

const authz = (object: SchemaObject, message: string): Pick<Operation, 'hazards'> => ({
  hazards: [{ code: 'authz', address: object.address, message, evenNew: true }],
});

function alter({ before, after }: SetChange): Operation {
  const [role, member] = after.parts;
  return {
    sql: change(before, after),
    requires: needs,
    ...authz(after, `the membership of ${member} in ${role} changes its options`),
    undo: { sql: [change(after, before)] },
  };
}

export const kind: Kind = {
  name: 'role_membership',
  rank: 3,
  clusterWide: true,
  attributes: { admin: 'exact', inherit: 'exact', set: 'exact' },
  query,
  schema: () => null,
  reference: (object) => `MEMBERSHIP OF ${names(object)[1]} IN ${names(object)[0]}`,
  create: (object) => [
    {
      sql: grant(object),
      requires: needs,
      ...authz(object, `${object.parts[1]} may do what ${object.parts[0]} may`),
      undo: { sql: [revoke(object)] },
    },
  ],
  alter: (set) => ({ operations: [alter(set)] }),
  drop: (object) => [
    {
      sql: revoke(object),
      requires: needs,
      ...authz(object, `${object.parts[1]} may no longer do what ${object.parts[0]} may`),
      undo: { sql: [grant(object)] },
    },
  ],
  pin: () => ({ reason: 'no statement that leaves a membership as it is takes a lock on it' }),
  sql: statementRules,
  yaml,
};
