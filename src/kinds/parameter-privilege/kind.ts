/**
 * Who may set a parameter of the server that is for superusers (GRANT … ON PARAMETER, 15+), one object per parameter and grantee. Address:
 * parameter_privilege:<parameter>@<grantee>, with "by <grantor>" behind the grantee where that is not the bootstrap superuser, for whom
 * superusers grant.
 */
import type { SchemaObject } from '../../core/object.js';
import { recordOf, textOf } from '../attribute-values.js';
import { addressPart, catalogKey } from '../catalog-key.js';
import { asRole, deviationsOf, type GrantTarget, granteeName, grantStatements, listed, type Privileges } from '../grants.js';
import type { Kind, Operation, ReadContext } from '../kind.js';
import { privilegesPin } from '../pins.js';
import { quoteIdent } from '../quote.js';
import { SUPERUSER } from '../requirements.js';
import { settingName } from '../set-clause.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

/** Parameters belong to the bootstrap superuser, who may do everything with them whatever is revoked. */
const OWNER = '10::oid';

function query({ major, within }: ReadContext): string | null {
  if (major < 15) return null;
  const grantee = granteeName('p.grantee', OWNER);
  const named = `${grantee} || coalesce(' by ' || pg_catalog.pg_get_userbyid(p.grantor), '')`;
  // Who grants must be there, and have been given the privilege with the grant option.
  return `
    with x as (
      select a.tableoid as classid, a.oid as objid, row_number() over (partition by a.oid order by ${named})::int as objsubid,
             array[a.parname]::text[] as parts, ${named} as name, p.grantee, p.grantor,
             jsonb_build_object('grantee', ${grantee}, 'privileges', p.privileges, 'usual', p.usual,
               'granted_by', pg_catalog.pg_get_userbyid(p.grantor)) as attributes
        from pg_catalog.pg_parameter_acl a
        cross join lateral ${deviationsOf('a.paracl', `pg_catalog.acldefault('p', ${OWNER})`, OWNER)} p
       where p.grantee <> ${OWNER} and ${within('pg_parameter_acl', 'a.oid')})
    select x.classid, x.objid, x.objsubid, x.parts, '@' || ${addressPart('x.name')} as signature, x.attributes,
           coalesce((select jsonb_agg(${catalogKey('pg_authid', 'r')}) from pg_catalog.unnest(array[x.grantee, x.grantor]) r where r <> 0), '[]')
             || coalesce((select jsonb_agg(${catalogKey('pg_parameter_acl', 'g.objid', 'g.objsubid')}) from x g
                           where g.objid = x.objid and g.grantee = x.grantor), '[]') as needs
      from x`;
}

const privileges = (object: SchemaObject, name: 'privileges' | 'usual'): Privileges => recordOf(object, name) as Privileges;

function target(object: SchemaObject): GrantTarget {
  const grantee = textOf(object, 'grantee') ?? '';
  return {
    prefix: '',
    on: `PARAMETER ${settingName(object.parts[0] ?? '')}`,
    grantee: grantee === 'PUBLIC' ? 'PUBLIC' : quoteIdent(grantee),
    column: null,
  };
}

function operations(object: SchemaObject, from: Privileges, to: Privileges): readonly Operation[] {
  const grantor = textOf(object, 'granted_by');
  const statements = (before: Privileges, after: Privileges): readonly string[] =>
    grantStatements(before, after, target(object)).map((sql) => (grantor === null ? sql : asRole(grantor, sql)));
  const message = `${textOf(object, 'grantee')} goes from ${listed(from)} to ${listed(to)} on parameter ${object.parts[0]}`;
  return statements(from, to).map((sql) => ({
    sql,
    requires: grantor === null ? SUPERUSER : [{ privilege: 'SET', on: grantor }],
    hazards: [{ code: 'authz', address: object.address, message, evenNew: true }],
    undo: { sql: statements(to, from) },
  }));
}

export const kind: Kind = {
  name: 'parameter_privilege',
  rank: 6,
  clusterWide: true,
  query,
  attributes: { grantee: 'exact', privileges: 'exact', granted_by: 'exact', usual: 'unhashed' },
  schema: () => null,
  reference: (object) => `PRIVILEGES ON ${target(object).on}`,
  create: (object) => operations(object, privileges(object, 'usual'), privileges(object, 'privileges')),
  alter: ({ before, after }) => ({ operations: operations(after, privileges(before, 'privileges'), privileges(after, 'privileges')) }),
  drop: (object) => operations(object, privileges(object, 'privileges'), privileges(object, 'usual')),
  pin: (object) => ({ ...privilegesPin(target(object).on), requires: textOf(object, 'granted_by') === null ? SUPERUSER : [] }),
  sql: statementRules,
  yaml,
};
