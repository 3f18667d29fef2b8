/**
 * Reads ALTER DEFAULT PRIVILEGES, one row per role, schema, object type and grantee. Those of a whole database replace what PostgreSQL
 * gives by itself and are compared with that; those of a schema add to it.
 */
import { addressPart, catalogKey } from '../catalog-key.js';
import { deviationsOf, granteeName } from '../grants.js';
import type { ReadContext } from '../kind.js';

const WORD = `case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types'
    when 'n' then 'schemas' else 'large_objects' end`;

/** acldefault() calls a sequence "s", and PostgreSQL 18 knows large objects as "L" on both sides. */
const USUAL = `case when d.defaclnamespace <> 0 then null
    else pg_catalog.acldefault(case d.defaclobjtype when 'S' then 's'::"char" else d.defaclobjtype end, d.defaclrole) end`;

export function query({ within }: ReadContext): string {
  return `
    select x.classid, x.objid, row_number() over (order by x.objid, x.grantee)::int as objsubid, x.parts, '@' || ${addressPart('x.grantee')} as signature,
           x.parent, x.needs, jsonb_build_object('grantee', x.grantee, 'privileges', x.privileges, 'usual', x.usual) as attributes
      from (
        select d.tableoid as classid, d.oid as objid, ${granteeName('p.grantee', 'd.defaclrole')} as grantee,
               case when n.nspname is null then array[pg_catalog.pg_get_userbyid(d.defaclrole), ${WORD}]::text[]
                 else array[n.nspname, pg_catalog.pg_get_userbyid(d.defaclrole), ${WORD}]::text[] end as parts,
               case when n.oid is not null then ${catalogKey('pg_namespace', 'n.oid')} end as parent,
               (select jsonb_agg(${catalogKey('pg_authid', 'r')}) from pg_catalog.unnest(array[p.grantee, d.defaclrole]) r where r <> 0) as needs,
               p.privileges, p.usual
          from pg_catalog.pg_default_acl d
          left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
          cross join lateral ${deviationsOf('d.defaclacl', USUAL, 'd.defaclrole')} p
         where ${within('pg_default_acl', 'd.oid')}) x`;
}
