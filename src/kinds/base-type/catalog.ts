/** Reads base types from pg_type; knows nothing of how they are changed. */
import type { AttributeClass, ReadContext } from '../kind.js';
import { procName } from '../routine-catalog.js';
import { isUserSchema, reference } from '../user-schema.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  input: 'exact',
  output: 'exact',
  receive: 'exact',
  send: 'exact',
  typmod_in: 'exact',
  typmod_out: 'exact',
  analyze: 'exact',
  subscript: 'exact',
  internallength: 'exact',
  passedbyvalue: 'exact',
  alignment: 'exact',
  storage: 'exact',
  category: 'exact',
  preferred: 'exact',
  default: 'exact',
  element: 'exact',
  delimiter: 'exact',
  collatable: 'exact',
};

/** Arrays are base types too, each of them known by the type that it is the array of. */
export function query({ within }: ReadContext): string {
  return `
    select 'pg_type'::regclass::oid::int8 as classid, t.oid::int8 as objid, 0 as objsubid,
           array[n.nspname, t.typname]::text[] as parts,
           jsonb_build_array(${reference('pg_type', 't.typarray')}) as also,
           jsonb_build_array(${reference('pg_type', 't.oid', '1')}) as needs,
           jsonb_build_object(
             'input', ${procName('t.typinput')}, 'output', ${procName('t.typoutput')},
             'receive', ${procName('t.typreceive')}, 'send', ${procName('t.typsend')},
             'typmod_in', ${procName('t.typmodin')}, 'typmod_out', ${procName('t.typmodout')},
             'analyze', ${procName('t.typanalyze')}, 'subscript', ${procName('t.typsubscript')},
             'internallength', t.typlen, 'passedbyvalue', t.typbyval,
             'alignment', case t.typalign when 'c' then 'char' when 's' then 'int2' when 'i' then 'int4' else 'double' end,
             'storage', case t.typstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' else 'main' end,
             'category', t.typcategory::text, 'preferred', t.typispreferred, 'default', t.typdefault,
             'element', case when t.typelem <> 0 then format_type(t.typelem, null) end,
             'delimiter', t.typdelim::text, 'collatable', t.typcollation <> 0) as attributes
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
     where t.typtype = 'b' and not exists (select from pg_type e where e.typarray = t.oid)
       and ${isUserSchema('n.nspname')} and ${within('pg_type', 't.oid')}`;
}
