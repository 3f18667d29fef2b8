/** Base types in YAML: the map `base_types`; the shell that their functions are declared with comes by itself. */
import type { JsonObject } from '../../core/json.js';
import { flagOf, textOf } from '../attribute-values.js';
import { lengthOf } from '../base-type-statement.js';
import { quoteLiteral, quoteName } from '../quote.js';
import { createShell, shellAddress } from '../type-shell.js';
import type { SqlText, YamlEntry, YamlPlace, YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, FLAG, join, localType, plainScalar, sqlName, TEXT, trueOrNone } from '../yaml-text.js';

const CHARACTER: JsonObject = { type: 'string', minLength: 1, maxLength: 1, title: 'a single character' };

const FUNCTIONS = {
  input: described('Function that makes a value of a text.', TEXT, 'app.cents_in'),
  output: described('Function that makes a text of a value.', TEXT, 'app.cents_out'),
  receive: described('Function that makes a value of what a client sends in binary form.', TEXT, 'app.cents_recv'),
  send: described('Function that makes the binary form of a value for a client.', TEXT, 'app.cents_send'),
  typmod_in: described('Function that understands the modifier in app.cents(2).', TEXT, 'varchartypmodin'),
  typmod_out: described('Function that writes the modifier.', TEXT, 'varchartypmodout'),
  analyze: described('Function that gathers statistics of a column.', TEXT, 'app.cents_analyze'),
  subscript: described('Function behind value[1] and value.field.', TEXT, 'raw_array_subscript_handler'),
};

const TYPES = {
  like: described('Type whose length, passing, alignment and storage it has, where they are not given.', TEXT, 'integer'),
  element: described('Type of what its subscripts give.', TEXT, 'float8'),
};

const WORDS = {
  internallength: described(
    'Bytes of a value; default variable.',
    { type: ['integer', 'string'], pattern: '^(variable|-2|[1-9][0-9]*)$', title: 'a number of bytes, or variable' },
    16,
    'variable',
  ),
  alignment: described('At which addresses a value may begin; default int4.', { type: 'string', enum: ['char', 'int2', 'int4', 'double'] }),
  storage: described('How values of variable length are kept; default plain.', {
    type: 'string',
    enum: ['plain', 'external', 'extended', 'main'],
  }),
};

const TEXTS = {
  category: described('Letter of the category that implicit casts go by; default U.', CHARACTER, 'N'),
  default: described(
    'Value of columns that have no default of their own, as the input function reads it.',
    { type: ['string', 'number', 'boolean'], title: 'a text' },
    0,
  ),
  delimiter: described('Character between the values of an array in text; default a comma.', CHARACTER, ';'),
};

const FLAGS = {
  passedbyvalue: described('A value is passed as it is, not as an address.', FLAG),
  preferred: described('It is the type of its category that implicit casts prefer.', FLAG),
  collatable: described('Its values have collations.', FLAG),
};

function definition(entry: YamlEntry, place: YamlPlace): SqlText {
  const members = (keys: object, sql: (member: YamlEntry) => SqlText): readonly SqlText[] =>
    Object.keys(keys).flatMap((key) => {
      const member = entry.get(key);
      return member === null ? [] : [[`${key.toUpperCase()} = `, ...sql(member)]];
    });
  const clauses = [
    ...members({ ...FUNCTIONS, ...TYPES }, (member) => [sqlName(member, place)]),
    ...members(WORDS, (member) => [atValue(member, member.text())]),
    ...members(TEXTS, (member) => [atValue(member, quoteLiteral(member.text()))]),
    ...members(FLAGS, (member) => [atValue(member, member.text())]),
  ];
  return ['CREATE TYPE ', atKey(entry, quoteName(place.parts)), ' (', ...join(clauses, ', '), ')'];
}

function unless(fallback: string, value: string | null): string | undefined {
  return value === null || value === fallback ? undefined : value;
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'base_types',
    within: [''],
    carries: ['comment', 'owner', 'grants on types', 'security_labels'],
    description: 'Base types: the functions that read and write their values, and how these are stored.',
    example: { cents: { input: 'app.cents_in', output: 'app.cents_out', like: 'bigint' } },
    order: 2.4,
    form: 'map',
    properties: { ...FUNCTIONS, ...TYPES, ...WORDS, ...TEXTS, ...FLAGS },
    required: ['input', 'output'],
    hints: ['renamed_from'],
    statements: (entry, place) => [
      { sql: [atKey(entry, createShell({ parts: place.parts }))], implied: true, rank: 18 },
      { sql: definition(entry, place) },
    ],
    says: (object, { state }) => {
      const shell = state.get(shellAddress(object));
      return shell === undefined ? [] : [shell];
    },
    keys: (object, { schema }) => {
      // With their schemas: a bare name may mean one of PostgreSQL's own.
      const name = (key: string): string | undefined => textOf(object, key)?.replace(/^pg_catalog\./, '');
      const element = textOf(object, 'element');
      const length = lengthOf(object);
      const fallback = textOf(object, 'default');
      // Without a function for subscripts there is no way to say what they give.
      if (element !== null && textOf(object, 'subscript') === null) return null;
      // Nor is there one to write a modifier that is not read: only ALTER TYPE comes to that.
      if (textOf(object, 'typmod_out') !== null && textOf(object, 'typmod_in') === null) return null;
      return {
        ...Object.fromEntries(Object.keys(FUNCTIONS).map((key) => [key, name(key)])),
        element: element === null ? undefined : localType(element, schema),
        internallength: length === 'variable' ? undefined : plainScalar(length),
        passedbyvalue: trueOrNone(flagOf(object, 'passedbyvalue')),
        alignment: unless('int4', textOf(object, 'alignment')),
        storage: unless('plain', textOf(object, 'storage')),
        category: unless('U', textOf(object, 'category')),
        preferred: trueOrNone(flagOf(object, 'preferred')),
        default: fallback === null ? undefined : plainScalar(fallback),
        delimiter: unless(',', textOf(object, 'delimiter')),
        collatable: trueOrNone(flagOf(object, 'collatable')),
      };
    },
  },
];
