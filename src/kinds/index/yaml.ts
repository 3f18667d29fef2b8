/** Indexes in YAML: `indexes` of a table. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, optionsOf, recordOf, recordsOf, textOf, textsOf } from '../attribute-values.js';
import { chosenName, joinedColumns } from '../default-name.js';
import { writeElements } from '../index-elements.js';
import { quoteIdent, quoteName } from '../quote.js';
import { DEPENDS_ON_EXTENSIONS, extensionDependenceKeys } from '../yaml-extension-dependence.js';
import { finishing, followsParent, INDEX_KEYS, include, indexElement, inTurn, storage } from '../yaml-index.js';
import type { SqlText, YamlEntry, YamlMap, YamlPlace, YamlSlot, YamlView } from '../yaml-slot.js';
import { atKey, bareOrNone, described, EXPRESSION, expression, FLAG, join, nameOf, parameterValues, TEXT } from '../yaml-text.js';

function create(entry: YamlEntry, place: YamlPlace, table: string): SqlText {
  const [method, elements, where] = [entry.get('using'), entry.get('columns'), entry.get('where')];
  return [
    entry.flag('unique') ? 'CREATE UNIQUE INDEX ' : 'CREATE INDEX ',
    ...(entry.name === null ? [] : [atKey(entry, quoteIdent(entry.name)), ' ']),
    'ON ',
    atKey(entry, table),
    ...(method === null ? [] : [' USING ', nameOf(method)]),
    ' (',
    ...join(
      (elements?.items() ?? []).map((item) => [indexElement(item, place)]),
      ', ',
    ),
    ')',
    ...include(entry),
    entry.flag('nulls_not_distinct') ? ' NULLS NOT DISTINCT' : '',
    ...storage(entry, 'TABLESPACE'),
    ...(where === null ? [] : [' WHERE ', ...expression(where, place)]),
  ];
}

/** The exact name where the element is a column of the table, else SQL. */
function elementText(element: ReturnType<typeof recordsOf>[number], columns: ReadonlySet<string>): string {
  const sql = writeElements([element]);
  for (const column of columns) if (quoteIdent(column) === sql) return column;
  return sql;
}

function columnsOf(object: SchemaObject, view: YamlView): ReadonlySet<string> {
  return new Set(view.children(object.parent ?? '', 'column').map((column) => column.parts.at(-1) ?? ''));
}

function keys(object: SchemaObject, view: YamlView): YamlMap {
  const [included, statistics, method] = [textsOf(object, 'include'), recordOf(object, 'statistics'), textOf(object, 'method')];
  const yes = (value: boolean): true | undefined => (value ? true : undefined);
  return {
    columns: recordsOf(object, 'elements').map((element) => elementText(element, listed(object, view))),
    unique: yes(flagOf(object, 'unique')),
    using: method === 'btree' ? undefined : (method ?? undefined),
    include: included.length === 0 ? undefined : included,
    nulls_not_distinct: yes(flagOf(object, 'nulls_not_distinct')),
    with: parameterValues(optionsOf(object)),
    tablespace: textOf(object, 'tablespace') ?? undefined,
    where: bareOrNone(textOf(object, 'predicate')),
    clustered: yes(flagOf(object, 'clustered')),
    statistics: Object.keys(statistics).length === 0 ? undefined : (statistics as YamlMap),
    ...extensionDependenceKeys(object),
  };
}

/** Only names that need no quotes are the same in both readings, where the table does not list its columns. */
function listed(object: SchemaObject, view: YamlView): ReadonlySet<string> {
  const table = view.state.get(object.parent ?? '');
  const whole =
    table !== undefined &&
    textOf(table, 'of_type') === null &&
    textsOf(table, 'inherits').length === 0 &&
    view.children(table.address, 'partition').length === 0;
  const names = columnsOf(object, view);
  return whole ? names : new Set([...names].filter((name) => quoteIdent(name) === name));
}

/** Only for plain columns: what PostgreSQL calls an expression is its own affair. */
function defaultName(object: SchemaObject, view: YamlView): string | null {
  const known = columnsOf(object, view);
  const columns = recordsOf(object, 'elements').map((element) => [...known].find((name) => quoteIdent(name) === element.expression));
  if (columns.some((column) => column === undefined) || new Set(columns).size < columns.length) return null;
  if (flagOf(object, 'clustered') || Object.keys(recordOf(object, 'statistics')).length > 0) return null;
  const names = [...columns, ...textsOf(object, 'include')].map(String);
  return new Set(names).size < names.length ? null : chosenName(object.parts[1] ?? '', joinedColumns(names), 'idx');
}

const isAttached = (object: SchemaObject, view: YamlView): boolean => view.children(object.address, 'index_attachment').length > 0;

/** An index beside it that the partitioned table's could take over just as well: the one that is written first is taken. */
function hasDouble(object: SchemaObject, view: YamlView): boolean {
  const text = JSON.stringify(object.attributes);
  return view
    .children(object.parent ?? '', 'index')
    .some((other) => other !== object && !isAttached(other, view) && JSON.stringify(other.attributes) === text);
}

function implied(object: SchemaObject, view: YamlView): boolean {
  const children = view.children(object.address);
  if (hasDouble(object, view)) return false;
  const attachment = children.find((child) => child.kind === 'index_attachment');
  const parent = attachment?.dependsOn.find((address) => address !== object.address && address.startsWith('index:'));
  return (
    followsParent(object, children, parent === undefined ? undefined : view.state.get(parent)) &&
    object.parts[2] === defaultName(object, view)
  );
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'indexes',
    within: ['tables'],
    carries: ['comment'],
    description: 'Indexes: names and columns, or a list where PostgreSQL chooses the names.',
    example: { orders_placed: { columns: ['placed_at'] } },
    order: 40,
    form: 'optional',
    properties: {
      columns: described(
        'Columns by their exact names, or elements in SQL: "created_at desc", "lower(email) text_pattern_ops".',
        {
          type: 'array',
          items: TEXT,
          minItems: 1,
          title: 'a list of columns and expressions',
        },
        ['customer_id', 'created_at desc'],
      ),
      unique: described('No two rows may be equal in it.', FLAG),
      using: described('Access method; default btree.', TEXT, 'gin'),
      where: described('Rows that it holds.', EXPRESSION, "status = 'pending'"),
      nulls_not_distinct: described('Two nulls count as equal (PostgreSQL 15 and later).', FLAG),
      ...INDEX_KEYS,
      ...DEPENDS_ON_EXTENSIONS,
    },
    required: ['columns'],
    short: 'columns',
    hints: ['renamed_from'],
    statements: (entry, place) =>
      place.owner === null
        ? []
        : [{ sql: create(entry, place, quoteName(place.owner.parts)), ...inTurn(place.owner) }, ...finishing(entry, place, entry.name)],
    keys,
    implied,
    isFirst: isAttached,
    brings: ['index_attachment'],
    defaultName,
  },
];
