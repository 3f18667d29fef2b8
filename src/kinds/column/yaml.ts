/** Columns in YAML: the map `columns` of a table. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, recordOf, textOf, textsOf } from '../attribute-values.js';
import { inheritedTables, partitionParent, sameColumn } from '../lineage.js';
import { quoteIdent, quoteName } from '../quote.js';
import { COLLATION, collation, collationText } from '../yaml-collation.js';
import { COLUMN_SETTINGS, columnSettings } from '../yaml-column-settings.js';
import { GENERATED, generatedClause, generatedValue } from '../yaml-generated.js';
import type { SqlText, YamlEntry, YamlMap, YamlPlace, YamlSlot, YamlStatement, YamlValue, YamlView } from '../yaml-slot.js';
import { atKey, bareOrNone, described, FLAG, localType, plainScalar, sqlName, TEXT } from '../yaml-text.js';

function typed(entry: YamlEntry, place: YamlPlace): SqlText {
  const table = place.owner?.entry;
  const [type, collate] = [entry.get('type'), entry.get('collation')];
  const given = table?.has('partition_of') ? 'the partitioned table' : table?.has('of_type') ? 'the type' : null;
  if (given !== null) {
    for (const member of [type, collate]) {
      if (member !== null)
        place.report({ code: 'SC1043', summary: `the column's type comes from ${given}`, hint: 'remove the key' }, member.path, 'key');
    }
    return [];
  }
  if (type === null) {
    place.report({ code: 'SC1043', summary: `column ${entry.name ?? ''} has no type`, hint: 'add the key type' }, entry.path, 'key');
    return [];
  }
  return [' ', sqlName(type, place), ...(collate === null ? [] : collation(collate, place))];
}

/** "CONSTRAINT x NOT NULL"; PostgreSQL keeps the name from 18 on. */
function notNullText(notNull: YamlEntry): string {
  const name = notNull.get('name');
  return `${name === null ? '' : `CONSTRAINT ${quoteIdent(name.text())} `}NOT NULL`;
}

/** A column without a type in a table that inherits is a parent's, and is not made again: what is said of it is set by ALTER. */
function isInherited(entry: YamlEntry, place: YamlPlace): boolean {
  return place.owner?.entry.has('inherits') === true && !entry.has('type') && !entry.has('collation') && !entry.has('generated');
}

/** What would stand inside CREATE TABLE for a column of the table's own. */
function inheritedSettings(entry: YamlEntry, place: YamlPlace): readonly YamlStatement[] {
  const table = `ALTER TABLE ONLY ${quoteName(place.parts.slice(0, -1))}`;
  const column = quoteIdent(entry.name ?? '');
  const notNull = entry.get('not_null');
  const action = (word: string, fragment: SqlText): YamlStatement => ({ sql: [`${table} ALTER COLUMN ${column} ${word} `, ...fragment] });
  const named = notNull?.has('name') === true;
  return [
    ...place.inlined('default').flatMap((fragments) => fragments.map((fragment) => action('SET', fragment))),
    ...place.inlined('identity').flatMap((fragments) => fragments.map((fragment) => action('ADD', fragment))),
    ...(notNull !== null && isNotNull(entry, notNull)
      ? [named ? { sql: [`${table} ADD ${notNullText(notNull)} ${column}`] } : action('SET', ['NOT NULL'])]
      : []),
  ];
}

function isNotNull(entry: YamlEntry, notNull: YamlEntry): boolean {
  const isMap = notNull.has('no_inherit') || notNull.has('name');
  return entry.flag('not_null') || (isMap && !notNull.flag('not_valid'));
}

function definition(entry: YamlEntry, place: YamlPlace): SqlText {
  const notNull = entry.get('not_null');
  const inner = [...place.inlined('default'), ...place.inlined('identity')].flatMap((fragments) =>
    fragments.flatMap((part) => [' ', ...part]),
  );
  const now = notNull !== null && isNotNull(entry, notNull);
  return [
    atKey(entry, quoteIdent(entry.name ?? '')),
    ...typed(entry, place),
    ...generatedClause(entry.get('generated'), place),
    ...inner,
    ...(now ? [` ${notNullText(notNull)}${notNull.flag('no_inherit') ? ' NO INHERIT' : ''}`] : []),
  ];
}

/** What CREATE TABLE cannot carry on every version. ONLY: partitions and children say their own. */
function settings(entry: YamlEntry, place: YamlPlace): readonly YamlStatement[] {
  const table = quoteName(place.parts.slice(0, -1));
  const column = quoteIdent(entry.name ?? '');
  const notNull = entry.get('not_null');
  return [
    ...(isInherited(entry, place) ? inheritedSettings(entry, place) : []),
    ...columnSettings(entry).map((action) => ({ sql: [`ALTER TABLE ONLY ${table} ALTER COLUMN ${column} `, ...action] })),
    ...(notNull?.flag('not_valid')
      ? [
          {
            sql: [`ALTER TABLE ${table} ADD ${notNullText(notNull)} ${column}${notNull.flag('no_inherit') ? ' NO INHERIT' : ''} NOT VALID`],
          },
        ]
      : []),
  ];
}

/** Attributes beyond what the parent or type gives, as keys. */
function settingKeys(column: SchemaObject, view: YamlView): YamlMap {
  const options = Object.entries(recordOf(column, 'options')).map(([name, value]) => [name, plainScalar(String(value))]);
  return {
    not_null: notNullValue(column, view),
    storage: textOf(column, 'storage') ?? undefined,
    compression: textOf(column, 'compression') ?? undefined,
    statistics: (column.attributes.statistics_target as number | null) ?? undefined,
    options: options.length === 0 ? undefined : (Object.fromEntries(options) as YamlMap),
  };
}

/** The primary key and an identity bring NOT NULL along. */
function notNullValue(column: SchemaObject, view: YamlView): YamlValue | undefined {
  if (!flagOf(column, 'not_null')) return undefined;
  const [valid, inherit] = [flagOf(column, 'not_null_valid'), flagOf(column, 'not_null_inherit')];
  const given = textOf(column, 'not_null_name');
  if (!valid || !inherit || given !== null)
    return { ...(given === null ? {} : { name: given }), ...(inherit ? {} : { no_inherit: true }), ...(valid ? {} : { not_valid: true }) };
  const name = column.parts.at(-1) ?? '';
  const keyed = view
    .children(column.parent ?? '', 'constraint')
    .some((constraint) => textOf(constraint, 'type') === 'primary' && textsOf(constraint, 'columns').includes(name));
  const counted = view.children(column.address, 'sequence').some((sequence) => textOf(sequence, 'identity') !== null);
  return keyed || counted ? undefined : true;
}

function fullKeys(column: SchemaObject, view: YamlView): YamlMap {
  const [type, collate, as] = [textOf(column, 'type') ?? '', textOf(column, 'collation'), bareOrNone(textOf(column, 'expression'))];
  return {
    type: localType(type, view.schema),
    collation: collate === null ? undefined : collationText(collate, view.schema),
    generated: generatedValue(as, textOf(column, 'generated')),
    ...settingKeys(column, view),
  };
}

/** Where a column that its table need not say comes from. */
function sourceOf(
  column: SchemaObject,
  view: YamlView,
): { readonly from: 'partitioned' | 'type' | 'parent'; readonly column: SchemaObject | null } | null {
  const table = view.state.get(column.parent ?? '');
  if (table === undefined) return null;
  const partitioned = partitionParent(view.state, table.address);
  if (partitioned !== null) return { from: 'partitioned', column: sameColumn(view.state, partitioned, column) ?? null };
  if (textOf(table, 'of_type') !== null) return { from: 'type', column: null };
  if (!flagOf(column, 'inherited')) return null;
  const parents = inheritedTables(view.state, table.address).map((parent) => sameColumn(view.state, parent, column));
  return { from: 'parent', column: parents.find((parent) => parent !== undefined) ?? null };
}

const same = (a: SchemaObject | null, b: SchemaObject, names: readonly string[]): boolean =>
  a !== null && names.every((name) => JSON.stringify(a.attributes[name] ?? null) === JSON.stringify(b.attributes[name] ?? null));

const KEPT = [
  'type',
  'collation',
  'not_null',
  'not_null_valid',
  'not_null_name',
  'generated',
  'expression',
  'storage',
  'compression',
  'statistics_target',
  'options',
];

function keys(column: SchemaObject, view: YamlView): YamlMap {
  const source = sourceOf(column, view);
  if (source === null) return fullKeys(column, view);
  const own = settingKeys(column, view);
  return source.column !== null && flagOf(source.column, 'not_null') ? { ...own, not_null: undefined } : own;
}

function implied(column: SchemaObject, view: YamlView): boolean {
  const source = sourceOf(column, view);
  if (source === null) return false;
  const children = view.children(column.address).filter((child) => child.kind !== 'default');
  if (children.length > 0) return false;
  const expressionOf = (owner: SchemaObject | null): string | null => {
    const found = owner === null ? undefined : view.children(owner.address, 'default')[0];
    return found === undefined ? null : textOf(found, 'expression');
  };
  if (expressionOf(column) !== expressionOf(source.column)) return false;
  if (source.from === 'parent') return same(source.column, column, KEPT);
  return Object.values(keys(column, view)).every((value) => value === undefined);
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'columns',
    within: ['tables'],
    carries: ['comment', 'grants on columns', 'security_labels'],
    description: 'Columns in their order: a type, or a map.',
    example: { id: 'bigint', total: { type: 'numeric(10,2)', not_null: true } },
    order: 20,
    form: 'map',
    properties: {
      type: described('Type, as SQL writes it: text, numeric(10,2), order_status[].', TEXT, 'numeric(10,2)'),
      collation: COLLATION,
      generated: GENERATED,
      not_null: described(
        'NOT NULL; as a map it may have a name, be unvalidated or kept from children (PostgreSQL 18).',
        {
          anyOf: [
            FLAG,
            {
              type: 'object',
              additionalProperties: false,
              minProperties: 1,
              properties: {
                name: described('Name of the constraint; else PostgreSQL chooses it.', TEXT, 'orders_placed'),
                no_inherit: described('Not for children.', FLAG),
                not_valid: described('Rows that are there are not checked.', FLAG),
              },
              title: 'a map with name, no_inherit and not_valid',
            },
          ],
          title: 'true, false, or a map with name, no_inherit and not_valid',
        },
        true,
      ),
      ...COLUMN_SETTINGS,
    },
    short: 'type',
    hints: ['renamed_from', 'using', 'backfill', 'down', 'deprecated'],
    inline: (entry, place) => (isInherited(entry, place) ? [] : [definition(entry, place)]),
    statements: settings,
    keys,
    implied,
  },
];
