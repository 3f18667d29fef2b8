/** Domains: a base type with a collation, a default and, before PostgreSQL 17, NOT NULL; their constraints are objects of their own. */
import type { SchemaObject } from '../../core/object.js';
import type { Kind, ReadContext } from '../kind.js';
import { privilegesPin } from '../pins.js';
import { quoteName } from '../quote.js';
import { isUserSchema, reference } from '../user-schema.js';
import { alter, create } from './operations.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

const nameOf = (object: SchemaObject): string => quoteName(object.parts);

/** From 17 on NOT NULL of a domain is a constraint with a name. The functions of a base type go and come with that type, whatever pg_depend says. */
function query(read: ReadContext): string {
  const notNull = read.major >= 17 ? '' : `'not_null', t.typnotnull,`;
  return `
    select 'pg_type'::regclass::oid::int8 as classid, t.oid::int8 as objid, 0 as objsubid,
           array[n.nspname, t.typname]::text[] as parts,
           jsonb_build_array(${reference('pg_type', 't.typarray')}) as also,
           jsonb_build_array(${['t.typoutput', 't.typsend', 't.typanalyze'].map((oid) => reference('pg_proc', `${oid}::oid`)).join(', ')}) as severs,
           jsonb_build_object(
             'base_type', format_type(t.typbasetype, t.typtypmod), ${notNull}
             'collation', case when t.typcollation <> b.typcollation then
               (select format('%I.%I', cn.nspname, c.collname) from pg_collation c join pg_namespace cn on cn.oid = c.collnamespace
                 where c.oid = t.typcollation) end,
             'default', pg_get_expr(t.typdefaultbin, 0)) as attributes
      from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
     where t.typtype = 'd' and ${isUserSchema('n.nspname')} and ${read.within('pg_type', 't.oid')}`;
}

export const kind: Kind = {
  name: 'domain',
  rank: 22,
  attributes: { base_type: 'exact', collation: 'exact', not_null: 'exact', default: 'text' },
  heldIn: `pg_catalog.pg_type where oid >= 16384 and typtype = 'd'`,
  query,
  namespace: (object) => `type ${nameOf(object)}`,
  reference: (object) => `DOMAIN ${nameOf(object)}`,
  grantReference: (object) => `DOMAIN ${nameOf(object)}`,
  create: (object, context) => create(object, context.inlined(object.address)),
  alter,
  drop: (object) => [
    {
      sql: `DROP DOMAIN ${nameOf(object)}`,
      hazards: [{ code: 'drop-type', address: object.address, message: `domain ${nameOf(object)} is dropped` }],
      undo: { sql: create(object, []).map(({ sql }) => sql) },
    },
  ],
  rename: (object, to) => [
    {
      sql: `ALTER DOMAIN ${nameOf(object)} RENAME TO ${quoteName([to])}`,
      hazards: [{ code: 'rename-type', address: object.address, message: `queries that name the domain ${nameOf(object)} fail` }],
      undo: { sql: [`ALTER DOMAIN ${quoteName([...object.parts.slice(0, -1), to])} RENAME TO ${quoteName(object.parts.slice(-1))}`] },
    },
  ],
  pin: (object) => privilegesPin(`DOMAIN ${nameOf(object)}`),
  sql: statements,
  yaml,
};
