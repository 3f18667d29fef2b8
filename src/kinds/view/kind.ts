/** Views: a query with a name, its options and the defaults of its columns. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { optionsOf } from '../attribute-values.js';
import type { Alteration, Hazard, Kind, Operation, OperationContext, SetChange } from '../kind.js';
import { relationPin } from '../pins.js';
import { quoteIdent, quoteName } from '../quote.js';
import { optionClauses, optionOrderOf, type RelationOptions, relationOptionsOf, withOptions } from '../relation-options.js';
import { extendsColumns, type SelectColumn, selectAliasesOf, selectColumnsOf, selectDefinitionOf } from '../select-relation.js';
import { isUserSchema } from '../user-schema.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

interface ViewAttributes {
  readonly columns: readonly SelectColumn[];
  readonly definition: string;
  readonly options: RelationOptions;
  readonly column_defaults: { readonly [column: string]: string };
}

const read = (view: SchemaObject): ViewAttributes => ({
  ...(view.attributes as JsonObject as unknown as ViewAttributes),
  options: optionsOf(view),
});
const nameOf = (view: SchemaObject): string => quoteName(view.parts);

/** pg_attrdef rows of a view stand for the view too: what a column's default needs, the view needs. */
const DEFAULTS_AS_VIEW = `(select coalesce(jsonb_agg(jsonb_build_array(d.tableoid::int8, d.oid::int8, 0)), '[]')
    from pg_catalog.pg_attrdef d where d.adrelid = c.oid)`;

const COLUMN_DEFAULTS = `(select coalesce(jsonb_object_agg(a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid)), '{}')
    from pg_catalog.pg_attrdef d join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where d.adrelid = c.oid)`;

function create(view: SchemaObject): readonly Operation[] {
  const { definition, options, column_defaults: defaults } = read(view);
  return [
    {
      sql: `CREATE VIEW ${nameOf(view)}${withOptions(options)} AS\n${definition}`,
      undo: { sql: [`DROP VIEW ${nameOf(view)}`] },
    },
    ...defaultOperations(view, {}, defaults),
  ];
}

function defaultOperations(
  view: SchemaObject,
  before: ViewAttributes['column_defaults'],
  after: ViewAttributes['column_defaults'],
): readonly Operation[] {
  const columns = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return columns
    .filter((column) => before[column] !== after[column])
    .map((column) => ({
      sql: setDefault(view, column, after[column]),
      lock: { mode: 'ACCESS EXCLUSIVE', address: view.address },
      undo: { sql: [setDefault(view, column, before[column])] },
    }));
}

function setDefault(view: SchemaObject, column: string, value: string | undefined): string {
  const action = value === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${value}`;
  return `ALTER VIEW ${nameOf(view)} ALTER COLUMN ${quoteIdent(column)} ${action}`;
}

function replaceStatement(view: SchemaObject): string {
  const { definition, options } = read(view);
  return `CREATE OR REPLACE VIEW ${nameOf(view)}${withOptions(options)} AS\n${definition}`;
}

function alter({ before: from, after: to, changed }: SetChange): Alteration {
  const [before, after] = [read(from), read(to)];
  if (!extendsColumns(before.columns, after.columns)) return 'replace';
  const lock = { mode: 'ACCESS EXCLUSIVE', address: to.address } as const;
  const operations: Operation[] = [];
  if (changed.has('definition') || changed.has('columns')) {
    // CREATE OR REPLACE VIEW sets the options too, dropping those that it does not name.
    const undo = extendsColumns(after.columns, before.columns)
      ? { sql: [replaceStatement(from)] }
      : { reason: 'CREATE OR REPLACE VIEW cannot take columns away' };
    operations.push({ sql: replaceStatement(to), lock, undo });
  } else {
    const back = optionClauses(after.options, before.options).map((clause) => `ALTER VIEW ${nameOf(to)} ${clause}`);
    for (const clause of optionClauses(before.options, after.options)) {
      operations.push({ sql: `ALTER VIEW ${nameOf(to)} ${clause}`, lock, undo: { sql: back } });
    }
  }
  operations.push(...defaultOperations(to, before.column_defaults, after.column_defaults));
  return { operations };
}

function dropHazards(view: SchemaObject, context: OperationContext): readonly Hazard[] {
  return context.isNew(view.address)
    ? [
        {
          code: 'destructive-replace',
          address: view.address,
          message: `${nameOf(view)} is dropped and created again, with what depends on it`,
        },
      ]
    : [{ code: 'drop-view', address: view.address, message: `queries that use ${nameOf(view)} fail from then on` }];
}

export const kind: Kind = {
  name: 'view',
  rank: 60,
  heldIn: `pg_catalog.pg_class where oid >= 16384 and relkind = 'v' and relpersistence <> 't'`,
  query: ({ within }) => `
    select c.tableoid as classid, c.oid as objid, 0 as objsubid, array[n.nspname, c.relname]::text[] as parts,
           ${selectAliasesOf('c')} || ${DEFAULTS_AS_VIEW} as also,
           jsonb_build_object('columns', ${selectColumnsOf('c')}, 'definition', ${selectDefinitionOf('c')},
             'options', ${relationOptionsOf('c')}, 'option_order', ${optionOrderOf('c')}, 'column_defaults', ${COLUMN_DEFAULTS}) as attributes
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'v' and ${isUserSchema('n.nspname')} and ${within('pg_class', 'c.oid')}`,
  attributes: { columns: 'exact', definition: 'text', options: 'exact', option_order: 'unhashed', column_defaults: 'text' },
  namespace: (view) => `relation ${nameOf(view)}`,
  named: (view) => ({ schema: view.parts[0] ?? '', relation: view.parts[1] ?? '', column: null }),
  reference: (view) => `VIEW ${nameOf(view)}`,
  // GRANT knows no VIEW: every relation but a sequence is a TABLE to it.
  grantReference: (view) => `TABLE ${nameOf(view)}`,
  create,
  alter,
  drop: (view, context) => [
    {
      sql: `DROP VIEW ${nameOf(view)}`,
      lock: { mode: 'ACCESS EXCLUSIVE', address: view.address },
      hazards: dropHazards(view, context),
      undo: { sql: create(view).map((operation) => operation.sql) },
    },
  ],
  rename: (view, to) => [
    {
      sql: `ALTER VIEW ${nameOf(view)} RENAME TO ${quoteIdent(to)}`,
      lock: { mode: 'ACCESS EXCLUSIVE', address: view.address },
      hazards: [
        { code: 'rename-view', address: view.address, message: `queries that name ${nameOf(view)} fail until they use the new name` },
      ],
      undo: { sql: [`ALTER VIEW ${quoteName([...view.parts.slice(0, -1), to])} RENAME TO ${quoteIdent(view.parts.at(-1) ?? '')}`] },
    },
  ],
  pin: (view) => relationPin(`VIEW ${nameOf(view)}`),
  sql: statementRules,
  yaml,
};
