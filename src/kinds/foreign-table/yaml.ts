/** Foreign tables in YAML: the map `foreign_tables`. Their columns have a slot of their own (yaml-columns.ts). */
import { optionsOf, textOf, textsOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import { FOREIGN_OPTIONS, foreignOptionsClause } from '../yaml-options.js';
import type { SqlText, YamlEntry, YamlPlace, YamlSlot } from '../yaml-slot.js';
import { atKey, described, FLAG, join, localName, nameOf, parameterValues, sqlClause, sqlName, TEXT } from '../yaml-text.js';
import { columns } from './yaml-columns.js';

const FOR_VALUES = 'FOR VALUES ';

function bound(entry: YamlEntry, place: YamlPlace): SqlText {
  const values = entry.get('for_values');
  if ((values === null) === !entry.flag('default')) {
    place.report(
      { code: 'SC1043', summary: 'partition_of needs either for_values or default: true', hint: 'give one of the two' },
      entry.path,
      'key',
    );
  }
  return values === null ? [' DEFAULT'] : [` ${FOR_VALUES}`, ...sqlClause(values, place)];
}

function create(entry: YamlEntry, place: YamlPlace): SqlText {
  const [server, partition, parents] = [entry.get('server'), entry.get('partition_of'), entry.get('inherits')];
  const table = partition?.get('table') ?? null;
  const definitions = place
    .inlined('columns')
    .map((fragments) => fragments[0] ?? [])
    .filter((fragment) => fragment.length > 0);
  const list: SqlText = [' (', ...join(definitions, ', '), ')'];
  return [
    'CREATE FOREIGN TABLE ',
    atKey(entry, quoteName(place.parts)),
    ...(table === null ? [] : [' PARTITION OF ', sqlName(table, place)]),
    ...(definitions.length > 0 || table === null ? list : []),
    ...(parents === null
      ? []
      : [
          ' INHERITS (',
          ...join(
            parents.items().map((item) => [sqlName(item, place)]),
            ', ',
          ),
          ')',
        ]),
    ...(partition === null ? [] : bound(partition, place)),
    ...(server === null ? [] : [' SERVER ', nameOf(server)]),
    ...foreignOptionsClause(entry.get('options')),
  ];
}

const tables: YamlSlot = {
  section: 'foreign_tables',
  within: [''],
  carries: ['comment', 'owner', 'grants on tables', 'security_labels', 'checks', 'triggers'],
  description: 'Foreign tables: what is shown as a table and kept elsewhere.',
  example: { old_orders: { server: 'archive', columns: { id: 'bigint' } } },
  order: 44,
  form: 'map',
  properties: {
    server: described('Server that holds it.', TEXT, 'archive'),
    options: FOREIGN_OPTIONS,
    inherits: described('Parents, as SQL names them.', { type: 'array', items: TEXT, minItems: 1, title: 'a list of tables' }, [
      'base_rows',
    ]),
    partition_of: described(
      'The partitioned table that this is a partition of; its columns come from there.',
      {
        type: 'object',
        additionalProperties: false,
        required: ['table'],
        properties: {
          table: described('The partitioned table, as SQL names it.', TEXT, 'orders'),
          for_values: described('The bound after FOR VALUES: "from (1) to (10)".', TEXT, 'from (1) to (10)'),
          default: described('The partition for what no other takes.', FLAG),
        },
        title: 'a map with table and for_values',
      },
      { table: 'orders', for_values: 'from (1) to (1000)' },
    ),
  },
  required: ['server'],
  hints: ['renamed_from'],
  statements: (entry, place) => [{ sql: create(entry, place) }],
  keys: (object, view) => {
    const [parents, partitioned, values] = [textsOf(object, 'inherits'), textOf(object, 'partition_of'), textOf(object, 'bound') ?? ''];
    const table = localName(partitioned ?? '', view.schema);
    return {
      server: textOf(object, 'server') ?? '',
      options: parameterValues(optionsOf(object)),
      inherits: parents.length === 0 ? undefined : parents.map((parent) => localName(parent, view.schema)),
      partition_of:
        partitioned === null
          ? undefined
          : values.startsWith(FOR_VALUES)
            ? { table, for_values: values.slice(FOR_VALUES.length) }
            : { table, default: true },
    };
  },
};

export const yaml: readonly YamlSlot[] = [tables, columns];
