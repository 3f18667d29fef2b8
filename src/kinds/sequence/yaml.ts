/** Sequences in YAML: the map `sequences`, and `identity` of a column. */
import type { JsonObject } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import { chosenName } from '../default-name.js';
import { quoteName } from '../quote.js';
import type { SqlText, YamlEntry, YamlMap, YamlPlace, YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, FLAG, NUMBER, plainScalar, sqlName, TEXT } from '../yaml-text.js';
import { defaultBounds, optionsOf } from './options.js';

const NUMBERS: { readonly [key: string]: JsonObject } = {
  start: described('First value; default the lowest, for descending ones the highest.', NUMBER, 1000),
  increment: described('Step; default 1.', NUMBER, 10),
  min: described('Lowest value (MINVALUE).', NUMBER, 1),
  max: described('Highest value (MAXVALUE).', NUMBER, 999999),
  cache: described('How many values a session takes at once; default 1.', NUMBER, 20),
  cycle: described('Start over after the last value.', FLAG),
};

const WORDS: { readonly [key: string]: string } = {
  start: 'START WITH',
  increment: 'INCREMENT BY',
  min: 'MINVALUE',
  max: 'MAXVALUE',
  cache: 'CACHE',
};

function clauses(entry: YamlEntry): readonly SqlText[] {
  const numbers = Object.entries(WORDS).flatMap(([key, words]) => {
    const member = entry.get(key);
    return member === null ? [] : [[`${words} `, atValue(member, member.text())]];
  });
  return [...numbers, ...(entry.flag('cycle') ? [['CYCLE']] : [])];
}

/** The numbers that are not what PostgreSQL takes by itself. */
function numberKeys(object: SchemaObject): YamlMap {
  const options = optionsOf(object);
  const bounds = defaultBounds(options);
  const start = options.increment.startsWith('-') ? options.max : options.min;
  const unless = (value: string, usual: string) => (value === usual ? undefined : plainScalar(value));
  return {
    start: unless(options.start, start),
    increment: unless(options.increment, '1'),
    min: unless(options.min, bounds.min),
    max: unless(options.max, bounds.max),
    cache: unless(options.cache, '1'),
    cycle: options.cycle ? true : undefined,
  };
}

function create(entry: YamlEntry, place: YamlPlace): SqlText {
  const type = entry.get('type');
  return [
    entry.flag('unlogged') ? 'CREATE UNLOGGED SEQUENCE ' : 'CREATE SEQUENCE ',
    atKey(entry, quoteName(place.parts)),
    ...(type === null ? [] : [' AS ', sqlName(type, place)]),
    ...clauses(entry).flatMap((clause) => [' ', ...clause]),
  ];
}

function identity(entry: YamlEntry, place: YamlPlace): SqlText {
  const generated = entry.get('generated')?.text() ?? 'always';
  const name = entry.get('sequence');
  const schema = place.owner?.parts[0] ?? place.schema;
  const inner = [...(name === null ? [] : [['SEQUENCE NAME ', atValue(name, quoteName([schema, name.text()]))]]), ...clauses(entry)];
  const options = inner.length === 0 ? [] : [' (', ...inner.flatMap((clause, index) => (index === 0 ? clause : [' ', ...clause])), ')'];
  return [`GENERATED ${generated.toUpperCase()} AS IDENTITY`, ...options];
}

const isIdentity = (object: SchemaObject): boolean => textOf(object, 'identity') !== null;

export const yaml: readonly YamlSlot[] = [
  {
    section: 'sequences',
    within: [''],
    carries: ['comment', 'owner', 'grants on sequences', 'security_labels'],
    description: 'Sequences that are no part of an identity column.',
    example: { invoice_numbers: { start: 1000 } },
    order: 3,
    form: 'map',
    properties: {
      type: described('smallint, integer or bigint (default).', TEXT, 'integer'),
      ...NUMBERS,
      unlogged: described('UNLOGGED (PostgreSQL 15 and later).', FLAG),
    },
    hints: ['renamed_from'],
    statements: (entry, place) => [{ sql: create(entry, place) }],
    claims: (object) => !isIdentity(object),
    beside: (object, view) => {
      const owner = view.children(object.address, 'sequence_owner')[0];
      const column = owner?.dependsOn.map((address) => view.state.get(address)).find((found) => found?.kind === 'column');
      return column?.parent ?? null;
    },
    keys: (object) => ({
      type: optionsOf(object).data_type === 'bigint' ? undefined : optionsOf(object).data_type,
      ...numberKeys(object),
      unlogged: textOf(object, 'persistence') === 'unlogged' ? true : undefined,
    }),
  },
  {
    section: 'identity',
    within: ['columns'],
    description: 'GENERATED … AS IDENTITY.',
    example: { generated: 'always' },
    order: 11,
    form: 'single',
    properties: {
      generated: described('always, or by default: a value that a statement gives wins.', {
        type: 'string',
        enum: ['always', 'by default'],
      }),
      sequence: described('Name of its sequence; default TABLE_COLUMN_seq.', TEXT, 'orders_numbers'),
      ...NUMBERS,
    },
    short: 'generated',
    inline: (entry, place) => [identity(entry, place)],
    claims: isIdentity,
    keys: (object, view) => {
      const column = view.state.get(object.parent ?? '');
      const table = column === undefined ? undefined : view.state.get(column.parent ?? '');
      if (column === undefined || table === undefined) return null;
      // Another persistence than the table's is for SQL to say.
      if ((textOf(object, 'persistence') ?? 'permanent') !== (textOf(table, 'persistence') ?? 'permanent')) return null;
      const name = object.parts.at(-1) ?? '';
      const usual = chosenName(table.parts.at(-1) ?? '', column.parts.at(-1) ?? '', 'seq');
      return {
        generated: textOf(object, 'identity') ?? '',
        sequence: name === usual ? undefined : name,
        ...numberKeys(object),
      };
    },
  },
];
