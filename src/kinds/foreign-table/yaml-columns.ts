/** Columns of foreign tables in YAML. They are no objects of their own; those of parents and partitioned tables say only what differs. */
import { formatAddress } from '../../core/address.js';
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf, textsOf } from '../attribute-values.js';
import { isBuiltinType } from '../builtin-types.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteIdent, quoteName } from '../quote.js';
import { COLLATION, collation, collationText } from '../yaml-collation.js';
import { COLUMN_SETTINGS, columnSettings } from '../yaml-column-settings.js';
import { GENERATED, generatedClause, generatedValue } from '../yaml-generated.js';
import { FOREIGN_OPTIONS, foreignOptionsClause } from '../yaml-options.js';
import type { SqlText, YamlEntry, YamlMap, YamlPart, YamlPlace, YamlSlot, YamlStatement, YamlView } from '../yaml-slot.js';
import {
  atKey,
  bareExpression,
  described,
  expression,
  FLAG,
  localName,
  PARAMETERS,
  parameterValues,
  plainScalar,
  sqlName,
  TEXT,
} from '../yaml-text.js';
import { type Column, columnsOf } from './columns.js';

const given = (entry: YamlEntry, place: YamlPlace): SqlText => {
  const [value, generated] = [entry.has('default') ? entry.get('default') : undefined, entry.get('generated')];
  if (generated !== null) return generatedClause(generated, place);
  if (value === undefined) return [];
  return value === null ? [' DEFAULT NULL'] : [' DEFAULT ', ...expression(value, place)];
};

const isPartition = (place: YamlPlace): boolean => place.owner?.entry.has('partition_of') === true;
const isInherited = (entry: YamlEntry, place: YamlPlace): boolean =>
  place.owner?.entry.has('inherits') === true && entry.get('type') === null;

/** Empty for a column that a parent brings. */
function definition(entry: YamlEntry, place: YamlPlace): SqlText {
  const [type, collate] = [entry.get('type'), entry.get('collation')];
  if (isInherited(entry, place)) return [];
  const name = atKey(entry, quoteIdent(entry.name ?? ''));
  const notNull = entry.flag('not_null') ? ' NOT NULL' : '';
  if (isPartition(place)) {
    if (type !== null)
      place.report(
        { code: 'SC1043', summary: "the column's type comes from the partitioned table", hint: 'remove the key' },
        type.path,
        'key',
      );
    const clauses = [...given(entry, place), notNull].filter((part) => part !== '');
    return clauses.length === 0 ? [] : [name, ...clauses];
  }
  if (type === null) {
    place.report({ code: 'SC1043', summary: `column ${entry.name ?? ''} has no type`, hint: 'add the key type' }, entry.path, 'key');
    return [];
  }
  return [
    name,
    ' ',
    sqlName(type, place),
    ...(collate === null ? [] : collation(collate, place)),
    ...foreignOptionsClause(entry.get('options')),
    ...given(entry, place),
    notNull,
  ];
}

/** What the definition cannot say, and all that is said of a column that a parent brings. */
function settings(entry: YamlEntry, place: YamlPlace): readonly YamlStatement[] {
  const statements: YamlStatement[] = [];
  const alter = (...clause: SqlText): void => {
    const [table, column] = [quoteName(place.parts.slice(0, -1)), quoteIdent(entry.name ?? '')];
    statements.push({ sql: [`ALTER FOREIGN TABLE ${table} ALTER COLUMN ${column} `, ...clause] });
  };
  const options = entry.get('options');
  const isBrought = isInherited(entry, place);
  if (isBrought) {
    const value = entry.get('default');
    if (value !== null) alter('SET DEFAULT ', ...expression(value, place));
    else if (entry.has('default')) alter('DROP DEFAULT');
    if (entry.flag('not_null')) alter('SET NOT NULL');
  }
  if (options && (isBrought || isPartition(place))) alter(...foreignOptionsClause(options));
  for (const action of columnSettings(entry, 'attribute_options')) alter(...action);
  return statements;
}

interface Source {
  readonly notNull: boolean;
  readonly expression: string | null;
}

/** The column of one name in a parent or partitioned table; null when that is not known. */
function sourceOf(column: Column, table: SchemaObject, view: YamlView): Source | null {
  const parents = [...textsOf(table, 'inherits'), textOf(table, 'partition_of') ?? []].flat();
  for (const parent of parents.map(namePartsOf)) {
    const found = view.state.get(formatAddress('column', [...parent, column.name]));
    if (found !== undefined) {
      const [value] = view.children(found.address, 'default');
      return { notNull: flagOf(found, 'not_null'), expression: value === undefined ? null : textOf(value, 'expression') };
    }
    const foreign = view.state.get(formatAddress('foreign_table', parent));
    const same = foreign === undefined ? undefined : columnsOf(foreign).find(({ name }) => name === column.name);
    if (same !== undefined) return { notNull: same.not_null, expression: same.expression };
  }
  return null;
}

function typeOf({ type }: Column, schema: string): string {
  const local = localName(type, schema);
  return local === type || isBuiltinType(local.replace(/(\[\])+$/, '')) ? type : local;
}

function partOf(column: Column, table: SchemaObject, view: YamlView): YamlPart {
  const isOwn = !column.inherited && textOf(table, 'partition_of') === null;
  const source = isOwn ? null : sourceOf(column, table, view);
  const bare = column.expression === null ? null : bareExpression(column.expression);
  const isSame = source !== null && source.expression === column.expression;
  const value = column.generated !== null || isSame ? undefined : bare === null ? (source === null ? undefined : null) : plainScalar(bare);
  const generated = !isOwn || column.generated === null || bare === null ? undefined : bare;
  const keys: YamlMap = {
    type: isOwn ? typeOf(column, view.schema) : undefined,
    collation: isOwn && column.collation !== null ? collationText(column.collation, view.schema) : undefined,
    options: parameterValues(column.options),
    default: value,
    generated: generatedValue(generated, column.generated),
    not_null: column.not_null && source?.notNull !== true ? true : undefined,
    storage: column.storage ?? undefined,
    statistics: column.statistics_target ?? undefined,
    attribute_options: parameterValues(column.settings),
  };
  return { name: column.name, keys };
}

export const columns: YamlSlot = {
  section: 'columns',
  id: 'foreign_columns',
  within: ['foreign_tables'],
  carries: ['comment', 'grants on columns', 'security_labels'],
  description: 'Columns in their order: a type, or a map. Those that parents and partitioned tables bring say what differs.',
  example: { id: 'bigint', total: 'numeric(10,2)' },
  order: 20,
  form: 'map',
  properties: {
    type: described('Type, as SQL writes it: text, numeric(10,2), order_status[].', TEXT, 'numeric(10,2)'),
    collation: COLLATION,
    options: FOREIGN_OPTIONS,
    default: described(
      'Default value, an expression in SQL: texts need quotes of their own ("\'pending\'").',
      { type: ['string', 'number', 'boolean', 'null'], title: 'an expression in SQL' },
      'now()',
    ),
    generated: GENERATED,
    not_null: described('NOT NULL.', FLAG),
    storage: COLUMN_SETTINGS.storage as JsonObject,
    statistics: COLUMN_SETTINGS.statistics as JsonObject,
    attribute_options: described('Attribute options such as n_distinct.', PARAMETERS, { n_distinct: -0.5 }),
  },
  short: 'type',
  reference: (parts) => `COLUMN ${quoteName(parts)}`,
  partsOf: (table, view) => columnsOf(table).map((column) => partOf(column, table, view)),
  inline: (entry, place) => [definition(entry, place)],
  statements: settings,
};
