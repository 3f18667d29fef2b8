/** Reads the labels that label providers gave, each attached to its target; knows no provider. */
import type { ReadContext } from '../kind.js';

/** Catalogs of what SECURITY LABEL takes, beyond large objects and what belongs to the cluster. */
const ROOTS = ['pg_class', 'pg_type', 'pg_proc', 'pg_namespace', 'pg_language', 'pg_event_trigger', 'pg_publication'];

/** Subscriptions are rows of the cluster: their labels stand with those of databases and roles. What resolves to nothing is passed over. */
export function query(read: ReadContext): string {
  const within = ROOTS.map((catalog) => `l.classoid = 'pg_catalog.${catalog}'::regclass and ${read.within(catalog, 'l.objoid')}`);
  const branch = (catalog: string, subid: string, where: string): string => `
    select 'pg_catalog.${catalog}'::regclass::oid as classid, l.objoid as objid, ${subid} as objsubid, null::text[] as parts,
           jsonb_build_array(l.classoid::int8, l.objoid::int8, ${subid}) as parent,
           case when a.attname is null then l.provider else pg_catalog.format('%s(%s)', l.provider, a.attname) end as qualifier,
           jsonb_build_object('provider', l.provider, 'label', l.label, 'column', a.attname) as attributes
      from pg_catalog.${catalog} l
      left join pg_catalog.pg_class c on l.classoid = 'pg_catalog.pg_class'::regclass and c.oid = l.objoid
      left join pg_catalog.pg_attribute a on ${subid} > 0 and a.attrelid = c.oid and a.attnum = ${subid} and c.relkind not in ('r', 'p')
     where ${where}`;
  return [
    branch('pg_seclabel', 'l.objsubid', `(${within.join(' or ')})`),
    branch(
      'pg_shseclabel',
      '0',
      `l.classoid = 'pg_catalog.pg_subscription'::regclass and ${read.within('pg_subscription', 'l.objoid')}
       and l.objoid in (select s.oid from pg_catalog.pg_subscription s
         join pg_catalog.pg_database d on d.oid = s.subdbid where d.datname = pg_catalog.current_database())`,
    ),
  ].join('\n union all ');
}
