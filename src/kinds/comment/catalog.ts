/** Reads comments from pg_description, each attached to its target. */
import { catalogKey } from '../catalog-key.js';
import type { ReadContext } from '../kind.js';

/** Catalogs whose rows are read for themselves, and the column of the relation, routine or type that other rows belong to. */
const ROOTS: readonly (readonly [catalog: string, root: string, column: string])[] = [
  ['pg_class', 'pg_class', 'oid'],
  ['pg_type', 'pg_type', 'oid'],
  ['pg_proc', 'pg_proc', 'oid'],
  ['pg_trigger', 'pg_class', 'tgrelid'],
  ['pg_rewrite', 'pg_class', 'ev_class'],
  ['pg_policy', 'pg_class', 'polrelid'],
  ['pg_statistic_ext', 'pg_class', 'stxrelid'],
  ...[
    'pg_namespace',
    'pg_extension',
    'pg_collation',
    'pg_conversion',
    'pg_operator',
    'pg_opclass',
    'pg_opfamily',
    'pg_am',
    'pg_cast',
    'pg_language',
    'pg_transform',
    'pg_event_trigger',
    'pg_publication',
    'pg_subscription',
    'pg_foreign_data_wrapper',
    'pg_foreign_server',
    'pg_ts_config',
    'pg_ts_dict',
    'pg_ts_parser',
    'pg_ts_template',
  ].map((catalog) => [catalog, catalog, 'oid'] as const),
];

function within(read: ReadContext): string {
  // A whole read asks for nothing more.
  if (read.within('pg_class', 'd.objoid') === 'true') return 'true';
  const parts = ROOTS.map(([catalog, root, column]) => {
    const oid = column === 'oid' ? 'd.objoid' : `(select x.${column} from pg_catalog.${catalog} x where x.oid = d.objoid)`;
    return `d.classoid = 'pg_catalog.${catalog}'::regclass and ${read.within(root, oid)}`;
  });
  const owner = 'pg_catalog.pg_constraint x where x.oid = d.objoid';
  parts.push(`d.classoid = 'pg_catalog.pg_constraint'::regclass and case when (select x.conrelid from ${owner}) <> 0
      then ${read.within('pg_class', `(select x.conrelid from ${owner})`)}
      else ${read.within('pg_type', `(select x.contypid from ${owner})`)} end`);
  return `(${parts.join('\n      or ')})`;
}

/** What else has its address in that of something else: an index behind a constraint, a row type, a range type's constructor. */
const IS_PART = `exists (select from pg_catalog.pg_depend p where p.classid = d.classoid and p.objid = d.objoid and p.objsubid = 0 and p.deptype = 'i')
  and (c.oid is null or c.relkind in ('i', 'I'))`;

/**
 * Objects made by initdb have oids below 16384 and comments that nobody wrote; of these only schema public is a user's, with a comment
 * of its own that pg_dump passes over too. Objects of temporary schemas resolve to nothing and are passed over by the reader.
 */
export function query(read: ReadContext): string {
  return `
    select d.tableoid as classid, d.objoid as objid, d.objsubid, null::text[] as parts,
           jsonb_build_array(d.classoid::int8, d.objoid::int8, d.objsubid) as parent,
           case when i.part then i.type || ' ' || i.identity when c.relkind not in ('r', 'p') then a.attname end as qualifier,
           jsonb_build_object('text', d.description, 'part', case when i.part then upper(i.type) || ' ' || i.identity end) as attributes
      from pg_catalog.pg_description d
      left join pg_catalog.pg_class c on d.classoid = 'pg_catalog.pg_class'::regclass and c.oid = d.objoid
      left join pg_catalog.pg_attribute a on d.objsubid > 0 and a.attrelid = c.oid and a.attnum = d.objsubid
      left join lateral (select true as part, o.type, o.identity
        from pg_catalog.pg_identify_object(d.classoid, d.objoid, 0) o where d.objsubid = 0 and ${IS_PART}) i on true
     where (d.objoid >= 16384 or d.classoid = 'pg_catalog.pg_namespace'::regclass and d.description <> 'standard public schema'
            and d.objoid = (select n.oid from pg_catalog.pg_namespace n where n.nspname = 'public'))
       and d.classoid <> 'pg_catalog.pg_largeobject'::regclass
       and ${within(read)}
     union all
    select d.tableoid, d.objoid, 0, null, ${catalogKey('pg_authid', 'd.objoid')}, null, jsonb_build_object('text', d.description, 'part', null)
      from pg_catalog.pg_shdescription d
     where d.classoid = 'pg_catalog.pg_authid'::regclass and d.objoid >= 16384 and ${read.within('pg_authid', 'd.objoid')}`;
}
