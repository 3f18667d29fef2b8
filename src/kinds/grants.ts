/** GRANT and REVOKE statements between two sets of privileges; knows neither objects nor where the sets come from. */
import type { Address } from '../core/address.js';
import type { PlanRequirement } from '../core/plan.js';
import type { Operation } from './kind.js';
import { quoteBody, quoteLiteral } from './quote.js';

/** Privilege in lower case -> whether its holder may grant it on. */
export type Privileges = { readonly [privilege: string]: boolean };

export interface GrantTarget {
  /** What stands before GRANT or REVOKE: "", or "ALTER DEFAULT PRIVILEGES FOR ROLE x ". */
  readonly prefix: string;
  /** What follows ON: "TABLE app.orders", "TABLES". */
  readonly on: string;
  /** Grantee as SQL. */
  readonly grantee: string;
  /** Column as SQL, or null for the whole. */
  readonly column: string | null;
}

/** SQL expression: lateral rows (grantee, grantor, privileges, usual) where an ACL differs from the usual one; `owner` grants when no grantor is shown. */
export function deviationsOf(acl: string, usual: string, owner: string): string {
  const exploded = (list: string): string => `(select x.grantee, coalesce(nullif(x.grantor, ${owner}), 0::oid) as grantor,
        jsonb_object_agg(lower(x.privilege_type), x.is_grantable) as privileges
      from pg_catalog.aclexplode(${list}) x group by 1, 2)`;
  return `(select coalesce(a.grantee, d.grantee) as grantee, nullif(coalesce(a.grantor, d.grantor), 0) as grantor,
      coalesce(a.privileges, '{}') as privileges, coalesce(d.privileges, '{}') as usual
    from ${exploded(acl)} a full join ${exploded(usual)} d on a.grantee = d.grantee and a.grantor = d.grantor
   where a.privileges is distinct from d.privileges)`;
}

/** SQL condition: the row `type` of pg_type has privileges of its own. */
export const ownPrivileges = (type: string): string => `${type}.typtype <> 'm' and ${type}.typinput <> 'pg_catalog.array_in'::regproc
       and (${type}.typrelid = 0 or exists (select from pg_catalog.pg_class c where c.oid = ${type}.typrelid and c.relkind = 'c'))`;

/** SQL expression: how a grantee is called: PUBLIC, $owner, or the role's name. */
export function granteeName(grantee: string, owner: string): string {
  return `case when ${grantee} = 0 then 'PUBLIC' when ${grantee} = ${owner} then '$owner' else pg_catalog.pg_get_userbyid(${grantee})::text end`;
}

export function grantStatements(before: Privileges, after: Privileges, target: GrantTarget): readonly string[] {
  const { prefix, on, grantee, column } = target;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const words = (wanted: (name: string) => boolean): string =>
    names
      .filter(wanted)
      .map((name) => `${name.toUpperCase()}${column === null ? '' : ` (${column})`}`)
      .join(', ');
  const revoked = words((name) => before[name] !== undefined && after[name] === undefined);
  const narrowed = words((name) => before[name] === true && after[name] === false);
  const granted = words((name) => before[name] === undefined && after[name] === false);
  const widened = words((name) => before[name] !== true && after[name] === true);
  return [
    ...(revoked === '' ? [] : [`${prefix}REVOKE ${revoked} ON ${on} FROM ${grantee}`]),
    ...(narrowed === '' ? [] : [`${prefix}REVOKE GRANT OPTION FOR ${narrowed} ON ${on} FROM ${grantee}`]),
    ...(granted === '' ? [] : [`${prefix}GRANT ${granted} ON ${on} TO ${grantee}`]),
    ...(widened === '' ? [] : [`${prefix}GRANT ${widened} ON ${on} TO ${grantee} WITH GRANT OPTION`]),
  ];
}

/** For a message: "select, update". */
export function listed(privileges: Privileges): string {
  const names = Object.keys(privileges).sort();
  return names.length === 0 ? 'nothing' : names.join(', ');
}

/** A change of what one grantee has. */
export interface GrantChange {
  /** Of the privilege. */
  readonly address: Address;
  /** For the message. */
  readonly grantee: string;
  readonly on: string;
  readonly from: Privileges;
  readonly to: Privileges;
  readonly target: GrantTarget;
  /** Statements behind those that grant and revoke. */
  readonly also: readonly string[];
  /** Role that grants; null: the owner. */
  readonly grantor: string | null;
  /** What it takes where the owner grants, beyond what follows from the statement. */
  readonly requires?: readonly PlanRequirement[];
  /** What a statement of grantStatements becomes before it is run. */
  readonly as?: (sql: string) => string;
}

export function grantOperations(change: GrantChange): readonly Operation[] {
  const { address, from, to, target, grantor, requires = [], as = (sql) => sql } = change;
  const run = (statements: readonly string[]): readonly string[] =>
    statements.map(as).map((sql) => (grantor === null ? sql : asRole(grantor, sql)));
  const back = run(grantStatements(to, from, target));
  const needs = grantor === null ? requires : [{ privilege: 'SET', on: grantor }];
  const message = `${change.grantee} goes from ${listed(from)} to ${listed(to)} on ${change.on}`;
  return [...run(grantStatements(from, to, target)), ...change.also].map((sql) => ({
    sql,
    ...(needs.length === 0 ? {} : { requires: needs }),
    hazards: [{ code: 'authz', address, message }],
    undo: { sql: back },
  }));
}

/**
 * A privilege is granted by the owner unless somebody else does it: GRANTED BY takes no other role than the current one, so the
 * statement runs as that role and the role of before is set again, whatever way it was set.
 */
export function asRole(role: string, sql: string): string {
  const body = `declare role_before text := current_setting('role');
begin
  perform set_config('role', ${quoteLiteral(role)}, true);
  execute ${quoteLiteral(sql)};
  perform set_config('role', role_before, true);
end`;
  return `DO ${quoteBody(body)}`;
}
