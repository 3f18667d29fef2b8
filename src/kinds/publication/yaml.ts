/** Publications in YAML: the map `publications`. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { flagOf, recordsOf, textOf, textsOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import { nextToken } from '../tokens.js';
import type { SqlText, YamlEntry, YamlMap, YamlPlace, YamlSlot, YamlValue } from '../yaml-slot.js';
import {
  atKey,
  atValue,
  bareOrNone,
  described,
  EXPRESSION,
  expression,
  FLAG,
  join,
  NAMES,
  nameList,
  nameOf,
  sqlName,
  TEXT,
} from '../yaml-text.js';

const OPERATIONS = ['insert', 'update', 'delete', 'truncate'];

const TABLE: JsonObject = {
  type: ['object', 'null'],
  additionalProperties: false,
  properties: {
    columns: described('Columns that are published; default all (PostgreSQL 15 and later).', NAMES, ['id', 'total']),
    where: described('Rows that are published (PostgreSQL 15 and later).', EXPRESSION, "region = 'eu'"),
  },
  title: 'a map with columns and where',
};

/** One name, qualified or not, in SQL. */
function isName(text: string): boolean {
  for (let token = nextToken(text, 0), wanted = true; ; token = nextToken(text, token.to), wanted = !wanted) {
    if (token === null) return !wanted;
    if (wanted ? token.type !== 'word' && token.type !== 'quoted' : token.text !== '.') return false;
  }
}

function tables(entry: YamlEntry | null, place: YamlPlace): readonly SqlText[] {
  if (entry === null) return [];
  // ONLY: children and partitions that are published for themselves stand for themselves.
  if (Array.isArray(entry.value)) return entry.items().map((item) => ['TABLE ONLY ', sqlName(item, place)]);
  return entry.items().map((item): SqlText => {
    const [columns, where] = [item.get('columns'), item.get('where')];
    if (!isName(item.name ?? '')) {
      place.report({ code: 'SC1043', summary: `${item.name} is no name of a table`, hint: 'write schema.table' }, item.path, 'key');
    }
    return [
      'TABLE ONLY ',
      atKey(item, item.name ?? ''),
      ...(columns === null ? [] : [' ', ...nameList(columns)]),
      ...(where === null ? [] : [' WHERE ', ...expression(where, place)]),
    ];
  });
}

function members(entry: YamlEntry, place: YamlPlace): readonly SqlText[] {
  const [listed, schemas] = [entry.get('tables'), entry.get('schemas')];
  if (entry.flag('all_tables')) {
    for (const other of [listed, schemas]) {
      if (other !== null)
        place.report({ code: 'SC1043', summary: 'all_tables publishes them already', hint: 'remove one of the two' }, other.path, 'key');
    }
    return [['ALL TABLES']];
  }
  return [...tables(listed, place), ...(schemas?.items() ?? []).map((item): SqlText => ['TABLES IN SCHEMA ', nameOf(item)])];
}

function options(entry: YamlEntry): readonly SqlText[] {
  const [operations, root, generated] = [entry.get('operations'), entry.get('via_partition_root'), entry.get('generated_columns')];
  const published = (operations?.items() ?? []).map((item) => item.text()).join(', ');
  return [
    ...(operations === null ? [] : [['publish = ', atValue(operations, `'${published}'`)]]),
    ...(root === null ? [] : [['publish_via_partition_root = ', atValue(root, root.text())]]),
    ...(generated === null ? [] : [['publish_generated_columns = ', atValue(generated, generated.text())]]),
  ];
}

function tableValue(object: SchemaObject): YamlValue | undefined {
  const records = recordsOf(object, 'tables');
  const entries = records.map(({ name, columns, where }): readonly [string, YamlMap] => {
    const filter = typeof where === 'string' ? bareOrNone(where) : undefined;
    return [String(name), { columns: Array.isArray(columns) ? columns.map(String) : undefined, where: filter }];
  });
  if (entries.length === 0) return undefined;
  const isPlain = entries.every(([, { columns, where }]) => columns === undefined && where === undefined);
  return isPlain ? entries.map(([name]) => name) : Object.fromEntries(entries);
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'publications',
    within: [''],
    carries: ['comment', 'owner', 'security_labels'],
    description: 'What subscribers get by logical replication.',
    example: { shop: { tables: ['app.orders'] } },
    order: 45,
    form: 'map',
    schemaless: true,
    properties: {
      all_tables: described('Every table, and every one to come (FOR ALL TABLES).', FLAG),
      tables: described(
        'Tables as SQL names them: a list, or a map to what is published of them. Children stand for themselves.',
        {
          anyOf: [
            { type: 'array', items: TEXT, title: 'a list of tables' },
            { type: 'object', additionalProperties: TABLE, title: 'a map from tables to what is published of them' },
          ],
          title: 'a list of tables, or a map from tables to what is published of them',
        },
        ['orders', 'app.items'],
      ),
      schemas: described('Schemas all of whose tables are published (PostgreSQL 15 and later).', NAMES, ['app']),
      operations: described(
        'Default all four.',
        {
          type: 'array',
          items: { type: 'string', enum: OPERATIONS },
          title: `a list of: ${OPERATIONS.join(', ')}`,
        },
        ['insert', 'update'],
      ),
      via_partition_root: described('Rows of partitions are published as rows of the partitioned table.', FLAG),
      generated_columns: described('Which generated columns are published; default none (PostgreSQL 18).', {
        type: 'string',
        enum: ['none', 'stored'],
      }),
    },
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const [published, given] = [members(entry, place), options(entry)];
      return [
        {
          sql: [
            'CREATE PUBLICATION ',
            atKey(entry, quoteName(place.parts)),
            ...(published.length === 0 ? [] : [' FOR ', ...join(published, ', ')]),
            ...(given.length === 0 ? [] : [' WITH (', ...join(given, ', '), ')']),
          ],
        },
      ];
    },
    keys: (object) => {
      const [operations, schemas] = [textsOf(object, 'operations'), textsOf(object, 'schemas')];
      const generated = textOf(object, 'generated_columns');
      return {
        all_tables: flagOf(object, 'all_tables') ? true : undefined,
        tables: tableValue(object),
        schemas: schemas.length === 0 ? undefined : schemas,
        operations: operations.length === OPERATIONS.length ? undefined : operations,
        via_partition_root: flagOf(object, 'via_partition_root') ? true : undefined,
        generated_columns: generated === null || generated === 'none' ? undefined : generated,
      };
    },
  },
];
