/** Tables in YAML: the map `tables`. Columns, constraints and the like have slots of their own inside. */
import { flagOf, optionsOf, textOf, textsOf } from '../attribute-values.js';
import { partitionParent } from '../lineage.js';
import { quoteName } from '../quote.js';
import type { SqlText, YamlEntry, YamlPlace, YamlSlot } from '../yaml-slot.js';
import {
  atKey,
  described,
  FLAG,
  join,
  localName,
  nameOf,
  PARAMETERS,
  parameters,
  parameterValues,
  sqlClause,
  sqlName,
  TEXT,
} from '../yaml-text.js';

function create(entry: YamlEntry, place: YamlPlace): SqlText {
  // Inherited ones say nothing here.
  const columns = place.inlined('columns').flatMap((fragments) => fragments.slice(0, 1));
  const [parent, bound] = place.inlined('partition_of')[0] ?? [];
  const [type, parents] = [entry.get('of_type'), entry.get('inherits')];
  const [key, method, tablespace] = [entry.get('partition_by'), entry.get('access_method'), entry.get('tablespace')];
  const list: SqlText = ['(', ...join(columns, ', '), ')'];
  return [
    entry.flag('unlogged') ? 'CREATE UNLOGGED TABLE ' : 'CREATE TABLE ',
    atKey(entry, quoteName(place.parts)),
    ...(parent === undefined ? [] : [' PARTITION OF ', ...parent]),
    ...(type === null ? [] : [' OF ', sqlName(type, place)]),
    ...(columns.length > 0 || (parent === undefined && type === null) ? [' ', ...list] : []),
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
    ...(bound === undefined ? [] : [' ', ...bound]),
    ...(key === null ? [] : [' PARTITION BY ', ...sqlClause(key, place)]),
    ...(method === null ? [] : [' USING ', nameOf(method)]),
    ...parameters(entry.get('with')),
    ...(tablespace === null ? [] : [' TABLESPACE ', nameOf(tablespace)]),
  ];
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'tables',
    within: [''],
    carries: ['comment', 'owner', 'grants on tables', 'security_labels'],
    description: 'Tables, partitioned tables and partitions.',
    example: { orders: { columns: { id: 'bigint' }, primary_key: ['id'] } },
    order: 4,
    form: 'map',
    properties: {
      unlogged: described('UNLOGGED.', FLAG),
      of_type: described('Composite type that the columns come from (OF type).', TEXT, 'order_row'),
      inherits: described('Parents, as SQL names them.', { type: 'array', items: TEXT, minItems: 1, title: 'a list of tables' }, [
        'base_rows',
      ]),
      partition_by: described('The key after PARTITION BY: "range (created_at)".', TEXT, 'range (created_at)'),
      access_method: described('Table access method; default heap.', TEXT, 'heap'),
      with: described('Storage parameters.', PARAMETERS, { fillfactor: 80 }),
      tablespace: described('Tablespace.', TEXT, 'fast'),
      row_security: described('Whether its policies are in force.', { type: 'string', enum: ['enabled', 'disabled'] }),
      force_row_security: described('Whether they hold for its owner too.', FLAG),
    },
    hints: ['renamed_from', 'deprecated'],
    beside: (object, view) => partitionParent(view.state, object.address),
    statements: (entry, place) => {
      const name = quoteName(place.parts);
      return [
        { sql: create(entry, place) },
        ...(entry.get('row_security')?.text() === 'enabled' ? [{ sql: [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`] }] : []),
        ...(entry.flag('force_row_security') ? [{ sql: [`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`] }] : []),
      ];
    },
    keys: (object, view) => {
      const parents = textsOf(object, 'inherits');
      const type = textOf(object, 'of_type');
      return {
        unlogged: textOf(object, 'persistence') === 'unlogged' ? true : undefined,
        of_type: type === null ? undefined : localName(type, view.schema),
        inherits: parents.length === 0 ? undefined : parents.map((parent) => localName(parent, view.schema)),
        partition_by: textOf(object, 'partition_key') ?? undefined,
        access_method: textOf(object, 'access_method') ?? undefined,
        with: parameterValues(optionsOf(object)),
        tablespace: textOf(object, 'tablespace') ?? undefined,
        row_security: flagOf(object, 'row_security') ? 'enabled' : undefined,
        force_row_security: flagOf(object, 'force_row_security') ? true : undefined,
      };
    },
  },
];
