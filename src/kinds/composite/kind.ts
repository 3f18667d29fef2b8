/** Composite types: an ordered list of fields. */
import type { SchemaObject } from '../../core/object.js';
import type { Kind } from '../kind.js';
import { attributesPin } from '../pins.js';
import { quoteName } from '../quote.js';
import { isUserSchema, reference } from '../user-schema.js';
import { alter, create } from './operations.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

const nameOf = (object: SchemaObject): string => quoteName(object.parts);

export const kind: Kind = {
  name: 'composite',
  rank: 24,
  attributes: { fields: 'exact' },
  // Comments hang on the type, dependencies of the fields on the relation behind it.
  heldIn: `pg_catalog.pg_class where oid >= 16384 and relkind = 'c'`,
  query: (read) => `
    select 'pg_type'::regclass::oid::int8 as classid, t.oid::int8 as objid, 0 as objsubid,
           array[n.nspname, t.typname]::text[] as parts,
           jsonb_build_array(${reference('pg_type', 't.typarray')}, ${reference('pg_class', 'c.oid')}) as also,
           jsonb_build_object('fields', coalesce((
             select jsonb_agg(jsonb_build_object(
               'name', a.attname,
               'type', format_type(a.atttypid, a.atttypmod),
               'collation', case when a.attcollation <> y.typcollation then
                 (select format('%I.%I', kn.nspname, k.collname) from pg_collation k join pg_namespace kn on kn.oid = k.collnamespace
                   where k.oid = a.attcollation) end) order by a.attnum)
               from pg_attribute a join pg_type y on y.oid = a.atttypid
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]')) as attributes
      from pg_class c join pg_type t on t.oid = c.reltype join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'c' and ${isUserSchema('n.nspname')} and ${read.within('pg_class', 'c.oid')}`,
  namespace: (object) => [`relation ${nameOf(object)}`, `type ${nameOf(object)}`],
  reference: (object) => `TYPE ${nameOf(object)}`,
  grantReference: (object) => `TYPE ${nameOf(object)}`,
  create: (object) => create(object),
  alter,
  drop: (object) => [
    {
      sql: `DROP TYPE ${nameOf(object)}`,
      hazards: [{ code: 'drop-type', address: object.address, message: `composite type ${nameOf(object)} is dropped` }],
      undo: { sql: create(object).map(({ sql }) => sql) },
    },
  ],
  rename: (object, to) => [
    {
      sql: `ALTER TYPE ${nameOf(object)} RENAME TO ${quoteName([to])}`,
      hazards: [{ code: 'rename-type', address: object.address, message: `queries that name the type ${nameOf(object)} fail` }],
      undo: { sql: [`ALTER TYPE ${quoteName([...object.parts.slice(0, -1), to])} RENAME TO ${quoteName(object.parts.slice(-1))}`] },
    },
  ],
  pin: (object) => attributesPin(nameOf(object)),
  sql: statements,
  yaml,
};
