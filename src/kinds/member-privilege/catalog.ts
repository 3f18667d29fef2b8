/**
 * Reads privileges on members of extensions, one row per member (or column of it), grantee and grantor, and only where they are not those
 * that the extension gave: pg_init_privs, which CREATE EXTENSION fills from its script, or what PostgreSQL gives by itself. So what default
 * privileges added to a member while it was made shows as well.
 */
import { catalogKey } from '../catalog-key.js';
import { deviationsOf, granteeName, ownPrivileges } from '../grants.js';
import type { ReadContext } from '../kind.js';

/** Extensions of users, or privileges on the language of the one extension that every database has. */
export const HELD_IN =
  'pg_catalog.pg_extension where oid >= 16384 or exists (select from pg_catalog.pg_language l where l.lanacl is not null)';

/** A catalog of what may have privileges; SQL over `x`, its row, and `n`, the schema that it is in. */
interface Members {
  readonly catalog: string;
  /** What GRANT calls it. */
  readonly word: string;
  /** Kind in addresses. */
  readonly kind: string;
  readonly name: string;
  /** Column with its schema; null: it is in none. */
  readonly schema: string | null;
  readonly acl: string;
  readonly owner: string;
  /** Class for acldefault(). */
  readonly usual: string;
  readonly signature?: string;
  readonly where: string;
}

const OF_USERS = 'x.oid >= 16384';

const MEMBERS: readonly Members[] = [
  {
    catalog: 'pg_class',
    word: `case x.relkind when 'S' then 'SEQUENCE' else 'TABLE' end`,
    kind: `case x.relkind when 'v' then 'view' when 'm' then 'materialized_view' when 'f' then 'foreign_table' when 'S' then 'sequence'
        else 'table' end`,
    name: 'x.relname',
    schema: 'x.relnamespace',
    acl: 'x.relacl',
    owner: 'x.relowner',
    usual: `case x.relkind when 'S' then 's'::"char" else 'r' end`,
    where: `${OF_USERS} and x.relkind in ('r', 'p', 'v', 'm', 'f', 'S')`,
  },
  {
    catalog: 'pg_proc',
    word: `case x.prokind when 'p' then 'PROCEDURE' else 'FUNCTION' end`,
    kind: `case x.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end`,
    name: 'x.proname',
    schema: 'x.pronamespace',
    acl: 'x.proacl',
    owner: 'x.proowner',
    usual: `'f'`,
    signature: `case when x.prokind = 'a' and x.pronargs = 0 then '(*)' else '(' || pg_catalog.oidvectortypes(x.proargtypes) || ')' end`,
    where: OF_USERS,
  },
  {
    catalog: 'pg_type',
    word: `'TYPE'`,
    kind: `case x.typtype when 'e' then 'enum' when 'c' then 'composite' when 'r' then 'range' when 'd' then 'domain' else 'base_type' end`,
    name: 'x.typname',
    schema: 'x.typnamespace',
    acl: 'x.typacl',
    owner: 'x.typowner',
    usual: `'T'`,
    where: `${OF_USERS} and ${ownPrivileges('x')}`,
  },
  {
    catalog: 'pg_namespace',
    word: `'SCHEMA'`,
    kind: `'schema'`,
    name: 'x.nspname',
    schema: null,
    acl: 'x.nspacl',
    owner: 'x.nspowner',
    usual: `'n'`,
    where: OF_USERS,
  },
  {
    catalog: 'pg_language',
    word: `'LANGUAGE'`,
    kind: `'language'`,
    name: 'x.lanname',
    schema: null,
    acl: 'x.lanacl',
    owner: 'x.lanowner',
    usual: `'l'`,
    where: 'true',
  },
  {
    catalog: 'pg_foreign_data_wrapper',
    word: `'FOREIGN DATA WRAPPER'`,
    kind: `'foreign_data_wrapper'`,
    name: 'x.fdwname',
    schema: null,
    acl: 'x.fdwacl',
    owner: 'x.fdwowner',
    usual: `'F'`,
    where: OF_USERS,
  },
  {
    catalog: 'pg_foreign_server',
    word: `'FOREIGN SERVER'`,
    kind: `'server'`,
    name: 'x.srvname',
    schema: null,
    acl: 'x.srvacl',
    owner: 'x.srvowner',
    usual: `'S'`,
    where: OF_USERS,
  },
];

/** pg_depend is asked by what is leaned on, for which it has an index: all members of all extensions, and nothing else. */
function membersIn(
  members: Members,
  { within }: ReadContext,
  part: { readonly join: string; readonly acl: string; readonly usual: string; readonly column: string; readonly sub: string },
): string {
  const { catalog, word, kind, name, schema, owner, signature, where } = members;
  const inSchema = schema !== null;
  return `
    select d.refobjid as extension, d.classid, d.objid, ${part.sub} as objsubid, ${word} as word, ${kind} as kind,
           ${inSchema ? 'n.nspname' : catalog === 'pg_namespace' ? name : 'null::name'} as schema,
           ${inSchema ? `array[n.nspname, ${name}]::text[]` : `array[${name}]::text[]`} as parts, ${signature ?? `''`} as signature,
           ${part.column} as member_column, ${part.acl} as acl, ${owner} as owner, ${part.usual} as usual
      from pg_catalog.pg_depend d
      join pg_catalog.${catalog} x on x.oid = d.objid ${part.join}
      ${inSchema ? `join pg_catalog.pg_namespace n on n.oid = ${schema}` : ''}
     where d.refclassid = 'pg_catalog.pg_extension'::regclass and d.deptype = 'e' and d.classid = 'pg_catalog.${catalog}'::regclass
       and ${part.acl} is not null and ${where} and ${within('pg_extension', 'd.refobjid')}`;
}

function targets(read: ReadContext): string {
  const asked = MEMBERS.filter(({ catalog, where }) => !where.startsWith(OF_USERS) || read.isEmpty?.(catalog) !== true);
  return asked
    .flatMap((members) => {
      const whole = {
        join: '',
        acl: members.acl,
        usual: `pg_catalog.acldefault(${members.usual}, ${members.owner})`,
        column: 'null::name',
        sub: '0',
      };
      const columns = {
        join: 'join pg_catalog.pg_attribute a on a.attrelid = x.oid and a.attnum > 0 and not a.attisdropped',
        acl: 'a.attacl',
        usual: `pg_catalog.acldefault('c', x.relowner)`,
        column: 'a.attname',
        sub: 'a.attnum',
      };
      return (members.catalog === 'pg_class' ? [whole, columns] : [whole]).map((part) => membersIn(members, read, part));
    })
    .join('\n    union all');
}

/** A name in an expression of pg_catalog.regexp_replace(). */
const literally = (name: string): string => `pg_catalog.regexp_replace(${name}, '(\\W)', '\\\\\\1', 'g')`;

export function query(read: ReadContext): string {
  const grantee = granteeName('p.grantee', 't.owner');
  // What lies in the extension's own schema is called without that, and so stays what it is where the extension moves.
  const inExtension = `pg_catalog.regexp_replace(i.identity, '(^|[(]|, )' || ${literally('pg_catalog.quote_ident(s.nspname)')} || '\\.', '\\1', 'g')`;
  return `
    select 'pg_catalog.pg_authid'::regclass::oid as classid, p.grantee as objid, 0 as objsubid, null::text[] as parts,
           ${catalogKey('pg_extension', 't.extension')} as parent,
           m.member || coalesce(' (' || pg_catalog.quote_ident(t.member_column) || ')', '') || ' to ' || ${grantee}
             || coalesce(' by ' || pg_catalog.pg_get_userbyid(p.grantor), '') as qualifier,
           (select jsonb_agg(${catalogKey('pg_authid', 'r')}) from pg_catalog.unnest(array[p.grantee, p.grantor]) r where r <> 0) as needs,
           jsonb_build_object('grantee', ${grantee}, 'column', t.member_column, 'privileges', p.privileges,
             'granted_by', pg_catalog.pg_get_userbyid(p.grantor), 'usual', p.usual, 'member', m.member, 'on', t.word || ' ' || i.identity,
             'schema', t.schema, 'kind', t.kind, 'parts', t.parts, 'signature', t.signature) as attributes
      from (${targets(read)}) t
      join pg_catalog.pg_extension e on e.oid = t.extension
      join pg_catalog.pg_namespace s on s.oid = e.extnamespace
      left join pg_catalog.pg_init_privs g on g.classoid = t.classid and g.objoid = t.objid and g.objsubid = t.objsubid
      cross join lateral (select pg_catalog.string_agg(pg_catalog.quote_ident(name), '.' order by place)
          || case t.signature when '(*)' then '()' else t.signature end as identity
        from pg_catalog.unnest(t.parts) with ordinality as p (name, place)) i
      cross join lateral (select lower(t.word) || ' ' || ${inExtension} as member) m
      cross join lateral ${deviationsOf('t.acl', 'coalesce(g.initprivs, t.usual)', 't.owner')} p
     where t.acl is distinct from g.initprivs`;
}
