/** Reads sequences from the catalog, free ones, those of serial columns and those of identity columns. */
import type { AttributeClass, ReadContext } from '../kind.js';
import { isUserSchema, reference } from '../user-schema.js';

/** Numbers are text: they reach 2^63, and JSON's end at 2^53. */
export const attributes: { readonly [name: string]: AttributeClass } = {
  data_type: 'exact',
  start: 'exact',
  increment: 'exact',
  min: 'exact',
  max: 'exact',
  cache: 'exact',
  cycle: 'exact',
  persistence: 'exact',
  identity: 'exact',
  // Whether it may have counted. How far is never read: that is data.
  used: 'unhashed',
};

/**
 * An identity sequence lives in its column (an internal dependency), which must be NOT NULL. A sequence owned by a column
 * (an automatic dependency) goes with it, but is there first, because the column's default needs it.
 */
export function query(read: ReadContext): string {
  return `
    select 'pg_class'::regclass::oid::int8 as classid, c.oid::int8 as objid, 0 as objsubid,
           array[n.nspname, c.relname]::text[] as parts,
           case when d.deptype = 'i' then ${reference('pg_class', 'd.refobjid', 'd.refobjsubid')} end as parent,
           case when d.deptype = 'a' then jsonb_build_array(${reference('pg_class', 'd.refobjid', 'd.refobjsubid')}) end as ignores,
           jsonb_build_object(
             'data_type', format_type(s.seqtypid, null),
             'start', s.seqstart::text, 'increment', s.seqincrement::text, 'min', s.seqmin::text, 'max', s.seqmax::text,
             'cache', s.seqcache::text, 'cycle', s.seqcycle,
             'persistence', case c.relpersistence when 'u' then 'unlogged' else 'permanent' end,
             'used', case when has_sequence_privilege(c.oid, 'USAGE, SELECT') and not (c.relpersistence = 'u' and pg_is_in_recovery())
               then pg_sequence_last_value(c.oid) is not null else true end,
             'identity', case when d.deptype = 'i' then
               (select case a.attidentity when 'a' then 'always' else 'by default' end from pg_attribute a
                 where a.attrelid = d.refobjid and a.attnum = d.refobjsubid) end) as attributes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_sequence s on s.seqrelid = c.oid
      left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
        and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
     where c.relkind = 'S' and c.relpersistence <> 't' and ${isUserSchema('n.nspname')} and ${read.within('pg_class', 'c.oid')}`;
}
