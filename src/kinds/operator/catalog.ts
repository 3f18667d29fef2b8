/** Reads operators from pg_operator; knows nothing of how they are changed. */
import type { AttributeClass, ReadContext } from '../kind.js';
import { operatorName } from '../operator-names.js';
import { procName } from '../routine-catalog.js';
import { isUserSchema } from '../user-schema.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  left: 'exact',
  right: 'exact',
  function: 'exact',
  commutator: 'exact',
  negator: 'exact',
  restrict: 'exact',
  join: 'exact',
  hashes: 'exact',
  merges: 'exact',
};

/** An operator without a function is a shell: a name that the commutator or negator of another one stands for until it is made. */
export function query({ within }: ReadContext): string {
  return `
    select o.tableoid as classid, o.oid as objid, 0 as objsubid, array[n.nspname, o.oprname]::text[] as parts,
           '(' || case o.oprleft when 0 then 'NONE' else pg_catalog.format_type(o.oprleft, null) end || ', '
             || pg_catalog.format_type(o.oprright, null) || ')' as signature,
           jsonb_build_object(
             'left', case when o.oprleft <> 0 then pg_catalog.format_type(o.oprleft, null) end,
             'right', pg_catalog.format_type(o.oprright, null),
             'function', ${procName('o.oprcode')},
             'commutator', ${operatorName('o.oprcom')}, 'negator', ${operatorName('o.oprnegate')},
             'restrict', ${procName('o.oprrest')}, 'join', ${procName('o.oprjoin')},
             'hashes', o.oprcanhash, 'merges', o.oprcanmerge) as attributes
      from pg_catalog.pg_operator o
      join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
     where o.oprcode <> 0 and ${isUserSchema('n.nspname')} and ${within('pg_operator', 'o.oid')}`;
}
