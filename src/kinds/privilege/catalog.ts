/**
 * Reads privileges, one row per target, grantee and grantor, and only where they are not what PostgreSQL gives by itself: no row
 * means acldefault(). So a function that PUBLIC may not execute has a row with no privileges, and an untouched one has none.
 */
import { catalogKey } from '../catalog-key.js';
import { deviationsOf, granteeName, ownPrivileges } from '../grants.js';
import type { ReadContext } from '../kind.js';
import { isUserSchema } from '../user-schema.js';

const NOT_INTERNAL = `not exists (select from pg_catalog.pg_depend d where d.classid = p.tableoid and d.objid = p.oid and d.deptype = 'i')`;

/** Schema public is made with USAGE for PUBLIC, up to 14 with CREATE too: pg_dump takes that for its default as well. */
function schemaDefault(major: number): string {
  const open = major < 15 ? `'USAGE'), ('CREATE')` : `'USAGE')`;
  return `pg_catalog.acldefault('n', n.nspowner) || case when n.nspname = 'public'
      then (select array_agg(pg_catalog.makeaclitem(0, n.nspowner, w, false)) from (values (${open}) as v (w)) else '{}' end`;
}

function targets({ major, within }: ReadContext): string {
  const inUserSchema = (schema: string): string => `join pg_catalog.pg_namespace n on n.oid = ${schema} and ${isUserSchema('n.nspname')}`;
  return `
    select ${catalogKey('pg_class', 'c.oid')} as parent, c.relacl as acl, c.relowner as owner, null::name as member,
           pg_catalog.acldefault(case c.relkind when 'S' then 's'::"char" else 'r' end, c.relowner) as usual
      from pg_catalog.pg_class c ${inUserSchema('c.relnamespace')}
     where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relacl is not null and ${within('pg_class', 'c.oid')}
    union all
    select ${catalogKey('pg_class', 'c.oid', 'a.attnum')}, a.attacl, c.relowner, case when c.relkind not in ('r', 'p') then a.attname end,
           pg_catalog.acldefault('c', c.relowner)
      from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid ${inUserSchema('c.relnamespace')}
     where a.attacl is not null and a.attnum > 0 and not a.attisdropped and ${within('pg_class', 'c.oid')}
    union all
    select ${catalogKey('pg_proc', 'p.oid')}, p.proacl, p.proowner, null, pg_catalog.acldefault('f', p.proowner)
      from pg_catalog.pg_proc p ${inUserSchema('p.pronamespace')}
     where p.proacl is not null and ${NOT_INTERNAL} and ${within('pg_proc', 'p.oid')}
    union all
    select ${catalogKey('pg_type', 't.oid')}, t.typacl, t.typowner, null, pg_catalog.acldefault('T', t.typowner)
      from pg_catalog.pg_type t ${inUserSchema('t.typnamespace')}
     where t.typacl is not null and ${ownPrivileges('t')} and ${within('pg_type', 't.oid')}
    union all
    select ${catalogKey('pg_language', 'l.oid')}, l.lanacl, l.lanowner, null, pg_catalog.acldefault('l', l.lanowner)
      from pg_catalog.pg_language l where l.lanacl is not null and l.oid >= 16384 and ${within('pg_language', 'l.oid')}
    union all
    select ${catalogKey('pg_foreign_data_wrapper', 'w.oid')}, w.fdwacl, w.fdwowner, null, pg_catalog.acldefault('F', w.fdwowner)
      from pg_catalog.pg_foreign_data_wrapper w where w.fdwacl is not null and ${within('pg_foreign_data_wrapper', 'w.oid')}
    union all
    select ${catalogKey('pg_foreign_server', 's.oid')}, s.srvacl, s.srvowner, null, pg_catalog.acldefault('S', s.srvowner)
      from pg_catalog.pg_foreign_server s where s.srvacl is not null and ${within('pg_foreign_server', 's.oid')}
    union all
    select ${catalogKey('pg_namespace', 'n.oid')}, coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner)), n.nspowner, null,
           ${schemaDefault(major)}
      from pg_catalog.pg_namespace n
     where ${isUserSchema('n.nspname')} and (n.nspacl is not null or n.nspname = 'public') and ${within('pg_namespace', 'n.oid')}`;
}

export function query(read: ReadContext): string {
  const grantee = granteeName('p.grantee', 't.owner');
  return `
    select 'pg_catalog.pg_authid'::regclass::oid as classid, p.grantee as objid, 0 as objsubid, null::text[] as parts, t.parent,
           ${grantee} || coalesce('(' || t.member || ')', '') || coalesce(' by ' || pg_catalog.pg_get_userbyid(p.grantor), '') as qualifier,
           (select jsonb_agg(${catalogKey('pg_authid', 'r')}) from pg_catalog.unnest(array[p.grantee, p.grantor]) r where r <> 0) as needs,
           jsonb_build_object('grantee', ${grantee}, 'column', t.member, 'privileges', p.privileges,
             'granted_by', pg_catalog.pg_get_userbyid(p.grantor), 'usual', p.usual,
             'owner', pg_catalog.pg_get_userbyid(t.owner)) as attributes
      from (${targets(read)}) t
      cross join lateral ${deviationsOf('t.acl', 't.usual', 't.owner')} p`;
}
