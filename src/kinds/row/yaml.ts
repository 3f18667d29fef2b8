/** Reference data in YAML: `rows` of a table, with values beside it or in a CSV file. */
import { formatAddress } from '../../core/address.js';
import type { Json } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import type { RowSet } from '../../core/row-set.js';
import { nearest } from '../../core/suggest.js';
import { recordOf } from '../attribute-values.js';
import { quoteIdent, quoteName } from '../quote.js';
import type { SqlText, YamlEntry, YamlMap, YamlPlace, YamlSlot, YamlStatement, YamlValue } from '../yaml-slot.js';
import { atValue, described, join, NAMES, plainScalar, TEXT } from '../yaml-text.js';
import { type DeclaredRow, declaredRows, reportAt, standsAt, tableOf } from './declared.js';

function statements(entry: YamlEntry, place: YamlPlace): readonly YamlStatement[] {
  const rows = declaredRows(entry, place);
  const key = entry.get('key');
  if (rows === null || key === null) return [];
  const name = tableOf(place);
  const keys = key.items().length > 0 ? key.items() : [key];
  const names = keys.map((item) => item.text());
  if (!areKeysGiven(keys, rows, place)) return [];
  const columns = rows[0]?.cells.map(({ column }) => column) ?? names;
  const [schema = '', table = ''] = name;
  const set: RowSet = {
    schema,
    table,
    key: names,
    columns: columns.filter((column) => !names.includes(column)),
    only: entry.get('others')?.text() === 'keep' ? [] : null,
  };
  const into: SqlText = ['INSERT INTO ', quoteName(name), ' ('];
  const all = rows[0]?.cells.map(({ name }) => [name]) ?? keys.map((item) => [atValue(item, quoteIdent(item.text()))]);
  const listed = columns.map(quoteIdent).join(', ');
  // Inserts nothing, and is refused where a column is not there or no unique key has just these columns.
  const probe: YamlStatement = {
    sql: [
      ...into,
      ...join(all, ', '),
      `) OVERRIDING SYSTEM VALUE SELECT ${listed} FROM ${quoteName(name)} WHERE false ON CONFLICT (`,
      ...join(
        keys.map((item) => [atValue(item, quoteIdent(item.text()))]),
        ', ',
      ),
      ') DO NOTHING',
    ],
    path: key.path,
    rows: { set, address: null },
  };
  return [probe, ...rows.map((row) => insertion(row, into, set))];
}

function insertion(row: DeclaredRow, into: SqlText, set: RowSet): YamlStatement {
  const textOf = (name: string): string => row.cells.find(({ column }) => column === name)?.text ?? '';
  const names = row.cells.map(({ name }) => [name]);
  const values = row.cells.map(({ value }) => value);
  return {
    sql: [...into, ...join(names, ', '), ') OVERRIDING SYSTEM VALUE VALUES (', ...join(values, ', '), ')'],
    // As the file writes the key; where the server writes it otherwise, the table's place stands for the row's.
    rows: { set, address: formatAddress('row', [set.schema, set.table, ...set.key.map(textOf)]) },
    ...standsAt(row.place),
  };
}

function areKeysGiven(keys: readonly YamlEntry[], rows: readonly DeclaredRow[], place: YamlPlace): boolean {
  const columns = rows[0]?.cells.map(({ column }) => column);
  const unknown = columns === undefined ? [] : keys.filter((item) => !columns.includes(item.text()));
  for (const item of unknown) {
    const meant = nearest(item.text(), columns ?? []);
    const hint = meant === null ? 'give every row a value for each column of the key' : `did you mean ${meant}?`;
    place.report({ code: 'SC1053', summary: `the rows have no column ${item.text()}, which is to be their key`, hint }, item.path);
  }
  const names = keys.map((item) => item.text());
  const empty = rows.flatMap(({ cells }) => cells.filter(({ column, text }) => names.includes(column) && text === null));
  for (const cell of empty) {
    const problem = {
      code: 'SC1053',
      summary: `the key ${cell.column} of a row is null`,
      hint: 'give it a value: a row is told by its key',
    };
    reportAt(problem, cell.place, place);
  }
  return unknown.length === 0 && empty.length === 0;
}

const VALUE = { type: ['string', 'number', 'boolean', 'null', 'array', 'object'] };

const properties = {
  key: described(
    'Columns that tell rows apart; a unique key of the table has just these.',
    { anyOf: [TEXT, NAMES], title: 'a column, or a list of columns' },
    'code',
    ['currency', 'valid_from'],
  ),
  values: described(
    'The rows, as maps from columns to values. Lists and maps become arrays, JSON or composite values, as the column has it.',
    {
      type: 'array',
      items: { type: 'object', additionalProperties: VALUE, minProperties: 1, title: 'a map from columns to values' },
      title: 'a list of rows',
    },
    [{ code: 'DE', name: 'Germany' }],
  ),
  file: described(
    'CSV file beside this one, whose first line names the columns. Nothing between commas is null, "" an empty text.',
    TEXT,
    'countries.csv',
  ),
  others: described('What becomes of other rows of the table: delete (default), or keep.', {
    type: 'string',
    enum: ['delete', 'keep'],
  }),
};

/** All rows that are given, as export has them: with their key first, and values as the server writes them. */
function listed(objects: readonly SchemaObject[]): YamlMap | undefined {
  const [first] = objects;
  if (first === undefined) return undefined;
  const key = Object.keys(recordOf(first, 'key'));
  const scalar = (value: Json): YamlValue => (typeof value === 'string' ? plainScalar(value) : null);
  const values = objects.map((row) => {
    const all = { ...recordOf(row, 'key'), ...recordOf(row, 'values') };
    return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, scalar(value)]));
  });
  return { key: key.length === 1 ? key[0] : key, values };
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'rows',
    within: ['tables'],
    description: 'Reference data: the rows that the table is to hold.',
    example: { key: ['code'], values: [{ code: 'CH', name: 'Switzerland' }] },
    order: 60,
    form: 'single',
    value: { type: 'object', additionalProperties: false, properties, required: ['key'], title: 'a map' },
    statements,
    whole: (objects) => ({ value: listed(objects), said: objects }),
  },
  {
    section: 'rows',
    id: 'rows of tables',
    within: [''],
    description: 'Reference data of tables that are declared elsewhere, in SQL for instance.',
    example: { countries: { key: ['code'], values: [{ code: 'CH', name: 'Switzerland' }] } },
    order: 4.5,
    form: 'map',
    properties,
    required: ['key'],
    // Where they are read from a database, their table is too, and they stand there.
    claims: () => false,
    statements,
  },
];
