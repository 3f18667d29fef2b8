/** Range types, each with its multirange type; PostgreSQL can rename them, nothing else. */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Kind, Operation } from '../kind.js';
import { privilegesPin } from '../pins.js';
import { quoteName } from '../quote.js';
import { createRange } from '../range-statement.js';
import { shellAddress } from '../type-shell.js';
import { isUserSchema, reference } from '../user-schema.js';
import { alter, create, hasShell } from './operations.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

const nameOf = (object: SchemaObject): string => quoteName(object.parts);

function qualified(catalog: string, prefix: string, oid: string): string {
  return `(select format('%I.%I', qn.nspname, q.${prefix}name) from ${catalog} q join pg_namespace qn on qn.oid = q.${prefix}namespace
            where q.oid = ${oid})`;
}

/** With a canonical function it goes with its shell, when all that leans on the function is gone too. */
function drop(object: SchemaObject): readonly Operation[] {
  if (hasShell(object)) return [];
  return [
    {
      sql: `DROP TYPE ${nameOf(object)}`,
      hazards: [
        {
          code: 'drop-type',
          address: object.address,
          message: `range type ${nameOf(object)} is dropped with its multirange type ${textOf(object, 'multirange')}`,
        },
      ],
      undo: { sql: [createRange(object)] },
    },
  ];
}

function rename(object: SchemaObject, to: string): readonly Operation[] {
  return [
    {
      sql: `ALTER TYPE ${nameOf(object)} RENAME TO ${quoteName([to])}`,
      hazards: [
        {
          code: 'rename-type',
          address: object.address,
          message: `queries that name the type ${nameOf(object)} fail; its multirange type and constructor functions keep their names`,
        },
      ],
      undo: { sql: [`ALTER TYPE ${quoteName([...object.parts.slice(0, -1), to])} RENAME TO ${quoteName(object.parts.slice(-1))}`] },
    },
  ];
}

export const kind: Kind = {
  name: 'range',
  rank: 26,
  attributes: {
    subtype: 'exact',
    opclass: 'exact',
    collation: 'exact',
    canonical: 'exact',
    subtype_diff: 'exact',
    multirange: 'exact',
  },
  // An operator class is null where the subtype's default one is used. The constructor functions and the cast to the multirange are internal to the types.
  heldIn: 'pg_catalog.pg_range where rngtypid >= 16384',
  query: (read) => `
    select 'pg_type'::regclass::oid::int8 as classid, t.oid::int8 as objid, 0 as objsubid,
           array[n.nspname, t.typname]::text[] as parts,
           jsonb_build_array(${reference('pg_type', 't.typarray')}, ${reference('pg_type', 'm.oid')}, ${reference('pg_type', 'm.typarray')}) as also,
           case when r.rngcanonical <> 0 then jsonb_build_array(${reference('pg_type', 't.oid', '1')}) end as needs,
           jsonb_build_object(
             'subtype', format_type(r.rngsubtype, null),
             'opclass', case when not o.opcdefault or (o.opcintype <> r.rngsubtype and exists (
               select from pg_opclass d where d.opcmethod = o.opcmethod and d.opcdefault and d.opcintype = r.rngsubtype))
               then ${qualified('pg_opclass', 'opc', 'o.oid')} end,
             'collation', case when r.rngcollation <> s.typcollation then ${qualified('pg_collation', 'coll', 'r.rngcollation')} end,
             'canonical', ${qualified('pg_proc', 'pro', 'r.rngcanonical')},
             'subtype_diff', ${qualified('pg_proc', 'pro', 'r.rngsubdiff')},
             'multirange', format_type(m.oid, null)) as attributes
      from pg_range r join pg_type t on t.oid = r.rngtypid join pg_namespace n on n.oid = t.typnamespace
      join pg_type m on m.oid = r.rngmultitypid join pg_type s on s.oid = r.rngsubtype join pg_opclass o on o.oid = r.rngsubopc
     where ${isUserSchema('n.nspname')} and ${read.within('pg_type', 't.oid')}`,
  namespace: (object) => [`type ${nameOf(object)}`, `type ${textOf(object, 'multirange')}`],
  bound: (object) => (hasShell(object) ? [shellAddress(object)] : []),
  reference: (object) => `TYPE ${nameOf(object)}`,
  grantReference: (object) => `TYPE ${nameOf(object)}`,
  create,
  alter,
  drop,
  rename,
  pin: (object) => privilegesPin(`TYPE ${nameOf(object)}`),
  sql: statements,
  yaml,
};
