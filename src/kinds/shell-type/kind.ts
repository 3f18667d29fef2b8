/**
 * Shells of types: the name that functions are declared with before the type is there that is made of them. It stays behind every base type, and
 * every range with a canonical function, as what those functions lean on; a type that was never defined is nothing but its shell.
 */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { flagOf } from '../attribute-values.js';
import { createBaseType } from '../base-type-statement.js';
import type { Kind, Operation, OperationContext } from '../kind.js';
import { quoteName } from '../quote.js';
import { createRange } from '../range-statement.js';
import { dropHazard } from '../routine-kind.js';
import { createShell, createShellAndFunctions, dropWithFunctions, functionsOf } from '../type-shell.js';
import { isUserSchema, reference } from '../user-schema.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

const nameOf = (object: SchemaObject): string => quoteName(object.parts);

const isWhole = (object: SchemaObject): boolean => flagOf(object, 'defined');

/** The type behind the shell, with what made it; null: it was never defined. */
function wholeOf(
  object: SchemaObject,
  state: State,
): { readonly type: SchemaObject; readonly word: string; readonly sql: readonly string[] } | null {
  const base = state.get(formatAddress('base_type', object.parts));
  if (base !== undefined) return { type: base, word: 'base type', sql: createBaseType(base) };
  const range = state.get(formatAddress('range', object.parts));
  return range === undefined ? null : { type: range, word: 'range type', sql: [createRange(range)] };
}

/** Last of all that goes: a type that has a shell and the functions that it is made of have no statements of their own. */
function drop(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const whole = wholeOf(object, context.current);
  const functions = whole === null ? [] : functionsOf(object, context.current);
  const address = whole?.type.address ?? object.address;
  const along = functions.length === 0 ? '' : ` with ${functions.map(({ parts }) => quoteName(parts)).join(', ')}`;
  return [
    {
      sql: dropWithFunctions(object, functions),
      requires: [{ privilege: 'OWNER', on: address }],
      hazards: [
        { code: 'drop-type', address, message: `${whole?.word ?? 'type'} ${nameOf(object)} is dropped${along}` },
        ...functions.map((routine) => dropHazard(routine, context)),
      ],
      undo: { sql: [...createShellAndFunctions(object, functions), ...(whole?.sql ?? [])] },
    },
  ];
}

export const kind: Kind = {
  name: 'shell_type',
  rank: 18,
  attributes: { defined: 'exact' },
  heldIn: `pg_catalog.pg_type where oid >= 16384 and typtype in ('b', 'p', 'r') and typinput <> 'pg_catalog.array_in'::regproc`,
  // The whole type has the key of the row, and whatever uses it leans on that; this has another one, which its functions name.
  query: (read) => `
    select 'pg_type'::regclass::oid::int8 as classid, t.oid::int8 as objid, 1 as objsubid,
           array[n.nspname, t.typname]::text[] as parts,
           case when not t.typisdefined then jsonb_build_array(${reference('pg_type', 't.oid')}) end as also,
           jsonb_build_array(${reference('pg_namespace', 'n.oid')}) as needs,
           jsonb_build_object('defined', t.typisdefined) as attributes
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
     where (t.typtype = 'b' or t.typtype = 'p' and not t.typisdefined
         or t.typtype = 'r' and exists (select from pg_range r where r.rngtypid = t.oid and r.rngcanonical <> 0))
       and not exists (select from pg_type e where e.typarray = t.oid)
       and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
       and ${isUserSchema('n.nspname')} and ${read.within('pg_type', 't.oid')}`,
  // What is there already as a shell has the name.
  namespace: (object) => `type ${nameOf(object)}`,
  reference: (object) => `TYPE ${nameOf(object)}`,
  create: (object) => [{ sql: createShell(object), undo: { sql: [`DROP TYPE ${nameOf(object)}`] } }],
  // Neither is a type made a shell again, nor a shell that others own or comment on made whole.
  alter: () => 'replace',
  drop,
  pin: (object) =>
    isWhole(object) ? null : { reason: 'PostgreSQL has no statement that holds a type that is only a shell and changes nothing' },
  sql: statements,
  yaml,
};
