/** Triggers in YAML: `triggers` of a table. */
import { flagOf, recordOf, textOf, textsOf } from '../attribute-values.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import { DEPENDS_ON_EXTENSIONS, extensionDependence, extensionDependenceKeys } from '../yaml-extension-dependence.js';
import type { SqlText, YamlEntry, YamlPlace, YamlSlot, YamlStatement } from '../yaml-slot.js';
import {
  atKey,
  atValue,
  bareOrNone,
  described,
  EXPRESSION,
  expression,
  FLAG,
  join,
  localName,
  NAMES,
  nameOf,
  sqlClause,
  sqlName,
  TEXT,
  trueOrNone,
} from '../yaml-text.js';

function events(entry: YamlEntry): SqlText {
  const columns = entry.get('update_of');
  const list = entry.get('events');
  const items = list === null ? [] : list.items().length > 0 ? list.items() : [list];
  const texts = items.map((item): SqlText => {
    const word = atValue(item, item.text().toUpperCase());
    return item.text() === 'update' && columns !== null
      ? [
          word,
          ' OF ',
          ...join(
            columns.items().map((column) => [nameOf(column)]),
            ', ',
          ),
        ]
      : [word];
  });
  return join(texts, ' OR ');
}

function deferral(entry: YamlEntry, place: YamlPlace): SqlText {
  const from = entry.get('from');
  return [
    ...(from === null ? [] : [' FROM ', sqlName(from, place)]),
    entry.flag('initially_deferred') ? ' DEFERRABLE INITIALLY DEFERRED' : entry.flag('deferrable') ? ' DEFERRABLE' : '',
  ];
}

function transitions(entry: YamlEntry): SqlText {
  const sides = (['old', 'new'] as const).flatMap((side) => {
    const name = entry.get(`${side}_table`);
    return name === null ? [] : [` ${side.toUpperCase()} TABLE AS `, nameOf(name)];
  });
  return sides.length === 0 ? [] : [' REFERENCING', ...sides];
}

function create(entry: YamlEntry, place: YamlPlace, table: string): SqlText {
  const [timing, when, call] = [entry.get('timing'), entry.get('when'), entry.get('execute')];
  return [
    entry.flag('constraint') ? 'CREATE CONSTRAINT TRIGGER ' : 'CREATE TRIGGER ',
    atKey(entry, quoteIdent(entry.name ?? '')),
    ` ${timing?.text().toUpperCase() ?? ''} `,
    ...events(entry),
    ' ON ',
    atKey(entry, table),
    ...deferral(entry, place),
    ...transitions(entry),
    ` FOR EACH ${entry.get('for_each')?.text().toUpperCase() ?? 'STATEMENT'}`,
    ...(when === null ? [] : [' WHEN ', ...expression(when, place)]),
    ' EXECUTE FUNCTION ',
    ...(call === null ? [] : sqlClause(call, place)),
  ];
}

const STATES: { readonly [value: string]: string } = {
  false: 'DISABLE',
  disabled: 'DISABLE',
  replica: 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
};

function enabling(entry: YamlEntry, table: string): readonly YamlStatement[] {
  const words = STATES[entry.get('enabled')?.text() ?? ''];
  return words === undefined ? [] : [{ sql: [`ALTER TABLE ${table} ${words} TRIGGER ${quoteIdent(entry.name ?? '')}`] }];
}

/** The copies on single partitions, which follow the partitioned table's otherwise. */
function onPartitions(entry: YamlEntry, place: YamlPlace): readonly YamlStatement[] {
  return (entry.get('enabled_on')?.items() ?? []).map((partition) => {
    const words = partition.value === true ? 'ENABLE' : (STATES[partition.text()] ?? 'ENABLE');
    const name = quoteName(namePartsOf(partition.name ?? ''));
    const table = (partition.name ?? '').includes('.') ? name : `${quoteIdent(place.schema)}.${name}`;
    const [schema, parent] = place.owner?.parts ?? [];
    return {
      sql: [`ALTER TABLE ${table} ${words} TRIGGER ${quoteIdent(entry.name ?? '')}`],
      turn: 1,
      // The state of the partitioned table's trigger goes to those of all partitions.
      inOrderWith: [{ schema: schema ?? null, name: parent ?? '' }],
    };
  });
}

function stateValue(state: string): string | boolean {
  return state === 'origin' ? true : state === 'disabled' ? false : state;
}

const yes = trueOrNone;

export const yaml: readonly YamlSlot[] = [
  {
    section: 'triggers',
    within: ['tables'],
    carries: ['comment'],
    description: 'Triggers.',
    example: { touch: { timing: 'before', events: ['update'], for_each: 'row', execute: 'app.touch()' } },
    order: 50,
    form: 'map',
    properties: {
      timing: described('When it fires.', { type: 'string', enum: ['before', 'after', 'instead of'] }),
      events: described(
        'What makes it fire.',
        {
          anyOf: [
            { type: 'string', enum: ['insert', 'update', 'delete', 'truncate'] },
            {
              type: 'array',
              minItems: 1,
              items: { type: 'string', enum: ['insert', 'update', 'delete', 'truncate'] },
              title: 'a list of events',
            },
          ],
          title: 'one or a list of: insert, update, delete, truncate',
        },
        ['insert', 'update'],
      ),
      update_of: described('Columns whose update makes it fire.', NAMES, ['status']),
      for_each: described('row, or statement (default).', { type: 'string', enum: ['row', 'statement'] }),
      when: described('Condition, with OLD and NEW.', EXPRESSION, 'old.status is distinct from new.status'),
      execute: described(
        "Call of the trigger function: app.touch(), audit('orders').",
        {
          ...TEXT,
          pattern: '\\)\\s*$',
          title: 'a call such as app.touch()',
        },
        'app.touch()',
      ),
      old_table: described('Name of the transition table of old rows.', TEXT, 'old_rows'),
      new_table: described('Name of the transition table of new rows.', TEXT, 'new_rows'),
      constraint: described('A constraint trigger.', FLAG),
      from: described('The other table of a constraint trigger, as SQL names it.', TEXT, 'customers'),
      deferrable: described('A constraint trigger that may fire at the end of the transaction.', FLAG),
      initially_deferred: described('One that does unless told otherwise; implies deferrable.', FLAG),
      enabled: described('false, or when replication matters: replica, always.', { enum: [true, false, 'replica', 'always'] }),
      enabled_on: described(
        'Partitions, as SQL names them, where it is not enabled as here.',
        { type: 'object', additionalProperties: { enum: [true, false, 'replica', 'always'] }, title: 'a map from partitions to states' },
        { orders_2023: false },
      ),
      ...DEPENDS_ON_EXTENSIONS,
    },
    required: ['timing', 'events', 'execute'],
    hints: ['renamed_from'],
    statements: (entry, place) => {
      if (place.owner === null) return [];
      const table = quoteName(place.owner.parts);
      return [
        { sql: create(entry, place, table) },
        ...enabling(entry, table),
        ...onPartitions(entry, place),
        ...extensionDependence(entry, `TRIGGER ${quoteIdent(entry.name ?? '')} ON ${table}`),
      ];
    },
    keys: (object, view) => {
      const states = Object.entries(recordOf(object, 'partitions'));
      const [columns, level, enabled, from] = [
        textsOf(object, 'update_of'),
        textOf(object, 'level'),
        textOf(object, 'enabled'),
        textOf(object, 'from_table'),
      ];
      const later = flagOf(object, 'initially_deferred');
      return {
        timing: textOf(object, 'timing') ?? '',
        events: textsOf(object, 'events'),
        update_of: columns.length === 0 ? undefined : columns,
        for_each: level === 'row' ? 'row' : undefined,
        old_table: textOf(object, 'old_table') ?? undefined,
        new_table: textOf(object, 'new_table') ?? undefined,
        constraint: yes(flagOf(object, 'constraint')),
        from: from === null ? undefined : localName(from, view.schema),
        deferrable: yes(flagOf(object, 'deferrable') && !later),
        initially_deferred: yes(later),
        when: bareOrNone(textOf(object, 'when')),
        execute: `${textOf(object, 'function') ?? ''}(${textsOf(object, 'arguments').map(quoteLiteral).join(', ')})`,
        enabled: enabled === 'origin' ? undefined : enabled === 'disabled' ? false : (enabled ?? undefined),
        enabled_on:
          states.length === 0
            ? undefined
            : Object.fromEntries(states.map(([name, state]) => [localName(name, view.schema), stateValue(String(state))])),
        ...extensionDependenceKeys(object),
      };
    },
  },
];
