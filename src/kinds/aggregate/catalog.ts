/** Reads aggregates from pg_proc and pg_aggregate; every function and operator is named with its schema. */
import type { AttributeClass, ReadContext } from '../kind.js';
import { ARGUMENTS, procName } from '../routine-catalog.js';
import { isUserSchema } from '../user-schema.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  arguments: 'exact',
  result: 'exact',
  sort: 'exact',
  direct_arguments: 'exact',
  parallel: 'exact',
  state_function: 'exact',
  state_type: 'exact',
  state_space: 'exact',
  final_function: 'exact',
  final_extra: 'exact',
  final_modify: 'exact',
  combine_function: 'exact',
  serial_function: 'exact',
  deserial_function: 'exact',
  initial: 'exact',
  moving_state_function: 'exact',
  moving_inverse_function: 'exact',
  moving_state_type: 'exact',
  moving_state_space: 'exact',
  moving_final_function: 'exact',
  moving_final_extra: 'exact',
  moving_final_modify: 'exact',
  moving_initial: 'exact',
  sort_operator: 'exact',
};

const modify = (letter: string): string => `case ${letter} when 'r' then 'read_only' when 's' then 'shareable' else 'read_write' end`;

const SORT_OPERATOR = `(select 'OPERATOR(' || quote_ident(opn.nspname) || '.' || o.oprname || ')'
    from pg_catalog.pg_operator o join pg_catalog.pg_namespace opn on opn.oid = o.oprnamespace where o.oid = a.aggsortop)`;

export function query({ within }: ReadContext): string {
  return `
    select p.tableoid as classid, p.oid as objid, 0 as objsubid, array[n.nspname, p.proname]::text[] as parts,
           case when p.pronargs = 0 then '(*)' else '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')' end as signature,
           jsonb_build_object(
             'arguments', ${ARGUMENTS}, 'result', pg_catalog.format_type(p.prorettype, null),
             'sort', case a.aggkind when 'o' then 'ordered_set' when 'h' then 'hypothetical_set' else 'normal' end,
             'direct_arguments', a.aggnumdirectargs,
             'parallel', case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end,
             'state_function', ${procName('a.aggtransfn')}, 'state_type', pg_catalog.format_type(a.aggtranstype, null),
             'state_space', a.aggtransspace, 'final_function', ${procName('a.aggfinalfn')}, 'final_extra', a.aggfinalextra,
             'final_modify', ${modify('a.aggfinalmodify')}, 'combine_function', ${procName('a.aggcombinefn')},
             'serial_function', ${procName('a.aggserialfn')}, 'deserial_function', ${procName('a.aggdeserialfn')},
             'initial', a.agginitval) ||
           jsonb_build_object(
             'moving_state_function', ${procName('a.aggmtransfn')}, 'moving_inverse_function', ${procName('a.aggminvtransfn')},
             'moving_state_type', case when a.aggmtranstype <> 0 then pg_catalog.format_type(a.aggmtranstype, null) end,
             'moving_state_space', a.aggmtransspace, 'moving_final_function', ${procName('a.aggmfinalfn')},
             'moving_final_extra', a.aggmfinalextra, 'moving_final_modify', ${modify('a.aggmfinalmodify')},
             'moving_initial', a.aggminitval, 'sort_operator', ${SORT_OPERATOR}) as attributes
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      join pg_catalog.pg_aggregate a on a.aggfnoid = p.oid
     where p.prokind = 'a' and ${isUserSchema('n.nspname')} and ${within('pg_proc', 'p.oid')}`;
}
