/** Materialized views: a query whose rows are stored; whether they are (populated) is run-time state, not schema. */
import { extensionsOf } from '../extension-dependence.js';
import type { Kind } from '../kind.js';
import { relationPin } from '../pins.js';
import { optionOrderOf, relationOptionsOf } from '../relation-options.js';
import { withoutTablespace } from '../seed-catalog.js';
import { selectAliasesOf, selectColumnsOf, selectDefinitionOf } from '../select-relation.js';
import { isUserSchema } from '../user-schema.js';
import { alter, create, drop, nameOf, rename } from './operations.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

/** Settings of single columns that differ from what CREATE MATERIALIZED VIEW gives them, by column. */
const COLUMN_SETTINGS = `(select coalesce(jsonb_object_agg(x.name, x.settings), '{}') from (
    select a.attname as name, jsonb_strip_nulls(jsonb_build_object(
        'statistics', case when coalesce(a.attstattarget, -1) >= 0 then a.attstattarget end,
        'storage', case when a.attstorage <> t.typstorage
          then case a.attstorage when 'p' then 'PLAIN' when 'e' then 'EXTERNAL' when 'm' then 'MAIN' else 'EXTENDED' end end,
        'compression', case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end,
        'options', (select jsonb_object_agg(o.option_name, o.option_value) from pg_catalog.pg_options_to_table(a.attoptions) o))) as settings
      from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) x
   where x.settings <> '{}')`;

// An access method of heap is null because sessions pin default_table_access_method.
export const kind: Kind = {
  name: 'materialized_view',
  rank: 61,
  heldIn: `pg_catalog.pg_class where oid >= 16384 and relkind = 'm' and relpersistence <> 't'`,
  query: ({ within }) => `
    select c.tableoid as classid, c.oid as objid, 0 as objsubid, array[n.nspname, c.relname]::text[] as parts,
           ${selectAliasesOf('c')} as also,
           jsonb_build_object('columns', ${selectColumnsOf('c')}, 'definition', ${selectDefinitionOf('c')},
             'options', ${relationOptionsOf('c')}, 'option_order', ${optionOrderOf('c')}, 'column_settings', ${COLUMN_SETTINGS},
             'tablespace', (select s.spcname from pg_catalog.pg_tablespace s where s.oid = c.reltablespace),
             'access_method', (select m.amname from pg_catalog.pg_am m where m.oid = c.relam and m.amname <> 'heap'),
             'replica_identity', case c.relreplident when 'n' then 'nothing' when 'f' then 'full' when 'i' then 'index' else 'default' end,
             'depends_on_extensions', ${extensionsOf('pg_class', 'c.oid')}
           ) as attributes
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'm' and ${isUserSchema('n.nspname')} and ${within('pg_class', 'c.oid')}`,
  attributes: {
    columns: 'exact',
    definition: 'text',
    options: 'exact',
    option_order: 'unhashed',
    column_settings: 'exact',
    tablespace: 'exact',
    access_method: 'exact',
    replica_identity: 'exact',
    depends_on_extensions: 'exact',
  },
  namespace: (view) => `relation ${nameOf(view)}`,
  named: (view) => ({ schema: view.parts[0] ?? '', relation: view.parts[1] ?? '', column: null }),
  reference: (view) => `MATERIALIZED VIEW ${nameOf(view)}`,
  // GRANT knows no MATERIALIZED VIEW: every relation but a sequence is a TABLE to it.
  grantReference: (view) => `TABLE ${nameOf(view)}`,
  create,
  alter,
  drop,
  rename,
  seeding: { substitute: withoutTablespace },
  pin: (view) => relationPin(`MATERIALIZED VIEW ${nameOf(view)}`),
  sql: statementRules,
  yaml,
};
