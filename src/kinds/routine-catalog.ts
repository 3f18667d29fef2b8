/** Catalog query pieces of functions, procedures and aggregates. */
import { catalogKey } from './catalog-key.js';
import { extensionsOf } from './extension-dependence.js';
import type { ReadContext } from './kind.js';
import { isUserSchema } from './user-schema.js';

const MODES = `case p.proargmodes[a.i] when 'o' then 'out' when 'b' then 'inout' when 'v' then 'variadic' when 't' then 'table' else 'in' end`;

/** SQL expression: the arguments of pg_proc row `p`, all modes, in order. */
export const ARGUMENTS = `(select coalesce(jsonb_agg(jsonb_build_object(
      'name', nullif(p.proargnames[a.i], ''), 'mode', ${MODES}, 'type', pg_catalog.format_type(a.type, null)) order by a.i), '[]')
    from pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a (type, i))`;

const DEFAULTS = `case when p.pronargdefaults = 0 then '[]' else
    (select jsonb_agg(pg_catalog.pg_get_function_arg_default(p.oid, i) order by i)
       from pg_catalog.generate_series(1, coalesce(array_length(p.proallargtypes, 1), p.pronargs)) i) end`;

const CONFIG = `(select coalesce(jsonb_object_agg(split_part(s, '=', 1), substr(s, strpos(s, '=') + 1)), '{}') from pg_catalog.unnest(p.proconfig) s)`;

const TRANSFORMS = `(select coalesce(jsonb_agg(pg_catalog.format_type(t, null) order by i), '[]')
    from pg_catalog.unnest(p.protrftypes) with ordinality as x (t, i))`;

/** Attributes of functions and procedures alike, as arguments of jsonb_build_object. */
const SHARED_ATTRIBUTES = `
    'arguments', ${ARGUMENTS}, 'argument_defaults', ${DEFAULTS}, 'language', l.lanname,
    'body', case when pg_catalog.pg_get_function_sqlbody(p.oid) is null then p.prosrc end,
    'sql_body', pg_catalog.pg_get_function_sqlbody(p.oid), 'library', p.probin,
    'security_definer', p.prosecdef, 'config', ${CONFIG}, 'transforms', ${TRANSFORMS},
    'depends_on_extensions', ${extensionsOf('pg_proc', 'p.oid')}`;

/** A cost of 1 for C and internal functions, else of 100, and 1000 rows are what PostgreSQL takes when none is given. */
export const FUNCTION_ATTRIBUTES = `
    'result', pg_catalog.pg_get_function_result(p.oid),
    'volatility', case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
    'strict', p.proisstrict, 'leakproof', p.proleakproof,
    'parallel', case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end,
    'cost', case when p.procost <> case when l.lanname in ('c', 'internal') then 1 else 100 end then p.procost end,
    'rows', case when p.proretset and p.prorows <> 1000 then p.prorows end,
    'support', ${procName('p.prosupport')}, 'window', p.prokind = 'w'`;

/** SQL expression: the qualified name of a function given by oid, null for 0. */
export function procName(oid: string): string {
  return `(select quote_ident(sn.nspname) || '.' || quote_ident(s.proname)
    from pg_catalog.pg_proc s join pg_catalog.pg_namespace sn on sn.oid = s.pronamespace where s.oid = ${oid})`;
}

/** SQL condition: pg_proc row `p` is not part of something else, as the constructors of a range type are. */
export const NOT_INTERNAL = `not exists (select from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')`;

/**
 * SQL expression: the types that the function of pg_proc row `p` takes or gives and that are made of it (as what reads or writes a base type, as
 * what makes a range canonical), each as `key` of its oid (t.oid): it can only lean on their shells.
 */
const servedTypes = (key: string): string => `(select jsonb_agg(${key}) from pg_catalog.pg_type t
      where t.oid = any (array_append(p.proargtypes::oid[], p.prorettype)) and t.oid >= 16384
        and (t.typtype = 'b' and p.oid in (t.typinput, t.typoutput, t.typreceive, t.typsend)
          or t.typtype = 'r' and p.oid = (select r.rngcanonical from pg_catalog.pg_range r where r.rngtypid = t.oid)))`;

/** The query of a kind of routine; `kinds` are letters of pg_proc.prokind, `more` further jsonb_build_object arguments. */
export function routineQuery({ within }: ReadContext, kinds: string, more = ''): string {
  const attributes = more === '' ? SHARED_ATTRIBUTES : `${SHARED_ATTRIBUTES}, ${more}`;
  return `
    select p.tableoid as classid, p.oid as objid, 0 as objsubid, array[n.nspname, p.proname]::text[] as parts,
           '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')' as signature,
           ${servedTypes(catalogKey('pg_type', 't.oid'))} as severs, ${servedTypes(catalogKey('pg_type', 't.oid', '1'))} as needs,
           jsonb_build_object(${attributes}) as attributes
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      join pg_catalog.pg_language l on l.oid = p.prolang
     where p.prokind = any ('{${[...kinds].join(',')}}') and ${isUserSchema('n.nspname')} and ${NOT_INTERNAL} and ${within('pg_proc', 'p.oid')}`;
}
