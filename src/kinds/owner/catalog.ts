/** Reads who owns what from every catalog whose rows have an owner that ALTER … OWNER TO can change. */
import { catalogKey } from '../catalog-key.js';
import type { ReadContext } from '../kind.js';
import { isUserSchema } from '../user-schema.js';

interface Owned {
  readonly catalog: string;
  readonly owner: string;
  /** Column of the schema; null for what belongs to the database. */
  readonly schema: string | null;
  /** Condition on row `o`; what is internal to something else has the owner of that. */
  readonly where: string;
}

/** A sequence that belongs to a column must have the table's owner. */
const FREE_SEQUENCE = `not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = o.oid
      and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i'))`;

const NOT_INTERNAL = `not exists (select from pg_catalog.pg_depend d where d.classid = o.tableoid and d.objid = o.oid and d.deptype = 'i')`;

/** Row types, arrays and multiranges have the owner of what they come with. */
const FREE_TYPE = `o.typtype <> 'm' and o.typinput <> 'pg_catalog.array_in'::regproc
      and (o.typrelid = 0 or exists (select from pg_catalog.pg_class c where c.oid = o.typrelid and c.relkind = 'c'))`;

const OWNED: readonly Owned[] = [
  { catalog: 'pg_namespace', owner: 'nspowner', schema: null, where: isUserSchema('o.nspname') },
  {
    catalog: 'pg_class',
    owner: 'relowner',
    schema: 'relnamespace',
    where: `(o.relkind in ('r', 'p', 'v', 'm', 'f') or o.relkind = 'S' and ${FREE_SEQUENCE})`,
  },
  { catalog: 'pg_type', owner: 'typowner', schema: 'typnamespace', where: FREE_TYPE },
  { catalog: 'pg_proc', owner: 'proowner', schema: 'pronamespace', where: NOT_INTERNAL },
  { catalog: 'pg_collation', owner: 'collowner', schema: 'collnamespace', where: 'true' },
  { catalog: 'pg_conversion', owner: 'conowner', schema: 'connamespace', where: 'true' },
  { catalog: 'pg_operator', owner: 'oprowner', schema: 'oprnamespace', where: 'true' },
  { catalog: 'pg_opclass', owner: 'opcowner', schema: 'opcnamespace', where: 'true' },
  { catalog: 'pg_opfamily', owner: 'opfowner', schema: 'opfnamespace', where: NOT_INTERNAL },
  { catalog: 'pg_ts_dict', owner: 'dictowner', schema: 'dictnamespace', where: 'true' },
  { catalog: 'pg_ts_config', owner: 'cfgowner', schema: 'cfgnamespace', where: 'true' },
  { catalog: 'pg_statistic_ext', owner: 'stxowner', schema: 'stxnamespace', where: 'true' },
  { catalog: 'pg_event_trigger', owner: 'evtowner', schema: null, where: 'true' },
  { catalog: 'pg_foreign_data_wrapper', owner: 'fdwowner', schema: null, where: 'true' },
  { catalog: 'pg_foreign_server', owner: 'srvowner', schema: null, where: 'true' },
  { catalog: 'pg_language', owner: 'lanowner', schema: null, where: 'o.oid >= 16384' },
  { catalog: 'pg_publication', owner: 'pubowner', schema: null, where: 'true' },
  {
    catalog: 'pg_subscription',
    owner: 'subowner',
    schema: null,
    where: 'o.subdbid = (select d.oid from pg_catalog.pg_database d where d.datname = pg_catalog.current_database())',
  },
];

/** The reader passes over owners of what no kind models. */
export function query({ within, isEmpty }: ReadContext): string {
  const branches = OWNED.filter(({ catalog }) => isEmpty?.(catalog) !== true).map(({ catalog, owner, schema, where }) => {
    const join = schema === null ? '' : `join pg_catalog.pg_namespace n on n.oid = o.${schema} and ${isUserSchema('n.nspname')}`;
    return `select 'pg_catalog.${catalog}'::regclass::oid as classid, o.oid as objid, 0 as objsubid, null::text[] as parts,
           ${catalogKey(catalog, 'o.oid')} as parent, null::text as qualifier,
           jsonb_build_array(${catalogKey('pg_authid', `o.${owner}`)}) as needs,
           jsonb_build_object('role', pg_catalog.pg_get_userbyid(o.${owner})) as attributes
      from pg_catalog.${catalog} o ${join}
     where ${where} and ${within(catalog, 'o.oid')}`;
  });
  return branches.join('\n union all ');
}
