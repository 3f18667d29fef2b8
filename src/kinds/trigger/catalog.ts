/** Reads triggers from the catalog; knows nothing of how they are changed. */
import { catalogKey } from '../catalog-key.js';
import { extensionsOf } from '../extension-dependence.js';
import type { AttributeClass, ReadContext } from '../kind.js';
import { isUserSchema } from '../user-schema.js';

export const attributes: { readonly [name: string]: AttributeClass } = {
  timing: 'exact',
  events: 'exact',
  update_of: 'exact',
  level: 'exact',
  when: 'text',
  function: 'exact',
  arguments: 'exact',
  old_table: 'exact',
  new_table: 'exact',
  constraint: 'exact',
  from_table: 'exact',
  deferrable: 'exact',
  initially_deferred: 'exact',
  enabled: 'exact',
  partitions: 'exact',
  depends_on_extensions: 'exact',
};

/** pg_trigger.tgargs holds texts, each ended by a zero byte, which no text can hold: the zeros become ones first. */
const ARGUMENTS = `coalesce((select jsonb_agg(a.value order by a.place) from pg_catalog.unnest(pg_catalog.string_to_array(
    pg_catalog.convert_from(pg_catalog.decode(pg_catalog.replace(pg_catalog.replace(
      pg_catalog.regexp_replace(pg_catalog.encode(t.tgargs, 'hex'), '(..)', '\\1 ', 'g'), '00 ', '01 '), ' ', ''), 'hex'),
      pg_catalog.getdatabaseencoding()), pg_catalog.chr(1))) with ordinality a(value, place) where a.place <= t.tgnargs), '[]')`;

/**
 * pg_get_expr() refuses OLD and NEW, so the condition is cut out of the whole text, which ends in " EXECUTE FUNCTION " and a call
 * whose arguments may hold anything: the call is what the end is measured by.
 */
const WHEN = `case when t.tgqual is not null then pg_catalog.substring(
    pg_catalog.left(d.text, -pg_catalog.length(' EXECUTE FUNCTION ' || f.name || '(' || coalesce(
      (select pg_catalog.string_agg('''' || pg_catalog.replace(a.value #>> '{}', '''', '''''') || '''', ', ' order by a.place)
        from jsonb_array_elements(g.arguments) with ordinality a(value, place)), '') || ')')),
    ' FOR EACH (?:ROW|STATEMENT) WHEN \\((.*)\\)$') end`;

const STATE = (column: string): string =>
  `case ${column} when 'O' then 'origin' when 'D' then 'disabled' when 'R' then 'replica' else 'always' end`;

/** The copies of a trigger on the partitions of its table, at any depth, that are not in the state of the trigger itself; up to 14 they are internal. */
const OTHERWISE = `
with recursive copies (root, oid, relation, enabled) as (
    select t.tgparentid, t.oid, t.tgrelid, t.tgenabled from pg_catalog.pg_trigger t where t.tgparentid <> 0
    union all
    select p.tgparentid, c.oid, c.relation, c.enabled from copies c join pg_catalog.pg_trigger p on p.oid = c.root where p.tgparentid <> 0),
  otherwise (root, states, partitions) as (
    select c.root, jsonb_object_agg(pg_catalog.format('%I.%I', n.nspname, r.relname), ${STATE('c.enabled')}),
      jsonb_agg(${catalogKey('pg_inherits', 'r.oid')})
    from copies c join pg_catalog.pg_trigger t on t.oid = c.root and t.tgparentid = 0 and t.tgenabled <> c.enabled
    join pg_catalog.pg_class r on r.oid = c.relation join pg_catalog.pg_namespace n on n.oid = r.relnamespace group by c.root)`;

/** Left out: the triggers behind foreign keys. The copies on partitions come with the trigger of the partitioned table. */
export function query(read: ReadContext): string {
  return `${OTHERWISE}
select 'pg_catalog.pg_trigger'::regclass::oid as classid, t.oid as objid, 0 as objsubid,
  array[n.nspname, r.relname, t.tgname]::text[] as parts,
  ${catalogKey('pg_class', 'r.oid')} as parent,
  case when t.tgconstraint <> 0 then jsonb_build_array(${catalogKey('pg_constraint', 't.tgconstraint')}) end as also,
  o.partitions as needs,
  jsonb_build_object(
    'timing', case when t.tgtype & 64 <> 0 then 'instead of' when t.tgtype & 2 <> 0 then 'before' else 'after' end,
    'events', (select jsonb_agg(e.name order by e.place)
      from (values (1, 4, 'insert'), (2, 8, 'delete'), (3, 16, 'update'), (4, 32, 'truncate')) e(place, bit, name) where t.tgtype & e.bit <> 0),
    'update_of', (select jsonb_agg(a.attname order by k.place) from pg_catalog.unnest(t.tgattr) with ordinality k(n, place)
      join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum = k.n),
    'level', case when t.tgtype & 1 <> 0 then 'row' else 'statement' end,
    'when', ${WHEN},
    'function', f.name,
    'arguments', g.arguments,
    'old_table', t.tgoldtable,
    'new_table', t.tgnewtable,
    'constraint', t.tgconstraint <> 0,
    'from_table', (select pg_catalog.format('%I.%I', fn.nspname, fr.relname) from pg_catalog.pg_class fr
      join pg_catalog.pg_namespace fn on fn.oid = fr.relnamespace where fr.oid = t.tgconstrrelid),
    'deferrable', t.tgdeferrable,
    'initially_deferred', t.tginitdeferred,
    'depends_on_extensions', ${extensionsOf('pg_trigger', 't.oid')},
    'enabled', ${STATE('t.tgenabled')},
    'partitions', coalesce(o.states, '{}')) as attributes
from pg_catalog.pg_trigger t
join pg_catalog.pg_class r on r.oid = t.tgrelid
join pg_catalog.pg_namespace n on n.oid = r.relnamespace
join lateral (select case when pn.nspname = 'pg_catalog' then pg_catalog.quote_ident(p.proname)
    else pg_catalog.format('%I.%I', pn.nspname, p.proname) end as name
  from pg_catalog.pg_proc p join pg_catalog.pg_namespace pn on pn.oid = p.pronamespace where p.oid = t.tgfoid) f on true
left join otherwise o on o.root = t.oid
cross join lateral (select ${ARGUMENTS} as arguments) g
cross join lateral (select case when t.tgqual is not null then pg_catalog.pg_get_triggerdef(t.oid) end as text) d
where not t.tgisinternal and t.tgparentid = 0
  and ${isUserSchema('n.nspname')}
  and ${read.within('pg_class', 'r.oid')}`;
}
