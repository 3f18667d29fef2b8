/** Operators in YAML: the map `operators` from an operator with its operands to the function behind it. */
import type { JsonObject } from '../../core/json.js';
import { flagOf, textOf } from '../attribute-values.js';
import { quoteIdent } from '../quote.js';
import { badKey, listed } from '../yaml-keys.js';
import type { SqlText, YamlEntry, YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, FLAG, join, sqlName, TEXT } from '../yaml-text.js';

const FORM = 'an operator with its operands such as "=== (integer, text)", or "!! (none, bigint)"';
const SYMBOL = '[-~!@#^&|`?+*/%<>=]+';
const KEY = new RegExp(`^(${SYMBOL})\\s*\\(([\\s\\S]*)\\)$`);

/** Operators are no identifiers, only their schema is one. */
const OPERATOR: JsonObject = {
  type: 'string',
  pattern: `^(([A-Za-z_][A-Za-z0-9_$]*|"[^"]+")\\.)?${SYMBOL}$`,
  title: 'an operator such as === or app.===',
};

const LINKS = ['commutator', 'negator'] as const;
const FUNCTIONS = ['restrict', 'join'] as const;
const FLAGS = ['hashes', 'merges'] as const;

export const yaml: readonly YamlSlot[] = [
  {
    section: 'operators',
    within: [''],
    carries: ['comment', 'owner'],
    description: 'Operators with their operands: "=== (integer, text)"; a prefix operator has none on its left: "!! (none, bigint)".',
    example: { '=== (integer, text)': 'equal' },
    order: 32,
    form: 'map',
    properties: {
      function: described('Function that it calls.', TEXT, 'app.equal'),
      commutator: described('Operator that means the same with its operands exchanged.', OPERATOR, '==='),
      negator: described('Operator that says the opposite.', OPERATOR, '!=='),
      restrict: described('Function that estimates how many rows it finds.', TEXT, 'eqsel'),
      join: described('Function that estimates how many rows a join by it finds.', TEXT, 'eqjoinsel'),
      hashes: described('It may serve a hash join.', FLAG),
      merges: described('It may serve a merge join.', FLAG),
    },
    required: ['function'],
    short: 'function',
    identity: (entry, { schema, report }) => {
      const [, symbol, operands] = KEY.exec(entry.name ?? '') ?? [];
      const types = listed(operands ?? '') ?? [];
      if (symbol === undefined || types.length !== 2 || types.includes('')) {
        badKey(entry, FORM, report);
        return { parts: [schema, ''], signature: '' };
      }
      return { parts: [schema, symbol], signature: `(${types.map((type) => (type.toLowerCase() === 'none' ? 'NONE' : type)).join(', ')})` };
    },
    key: (object) => `${object.parts[1] ?? ''} ${object.signature}`,
    statements: (entry, place) => {
      const [left = '', right = ''] = listed(place.signature.slice(1, -1)) ?? [];
      const member = (key: string, sql: (found: YamlEntry) => SqlText): readonly SqlText[] => {
        const found = entry.get(key);
        return found === null ? [] : [[`${key.toUpperCase()} = `, ...sql(found)]];
      };
      const options: readonly SqlText[] = [
        ...member('function', (found) => [sqlName(found, place)]),
        ...(left === 'NONE' ? [] : [['LEFTARG = ', atKey(entry, left)]]),
        ['RIGHTARG = ', atKey(entry, right)],
        ...LINKS.flatMap((key) => member(key, (found) => ['OPERATOR(', atValue(found, found.text()), ')'])),
        ...FUNCTIONS.flatMap((key) => member(key, (found) => [sqlName(found, place)])),
        ...FLAGS.filter((key) => entry.flag(key)).map((key) => [key.toUpperCase()]),
      ];
      const name = atKey(entry, `${quoteIdent(place.parts[0] ?? '')}.${place.parts[1] ?? ''}`);
      return [{ sql: ['CREATE OPERATOR ', name, ' (', ...join(options, ', '), ')'] }];
    },
    // With their schemas: a bare name may mean one of PostgreSQL's own.
    keys: (object) => ({
      function: textOf(object, 'function') ?? '',
      ...Object.fromEntries(
        [...LINKS, ...FUNCTIONS].map((key) => [key, textOf(object, key)?.replace(/^pg_catalog\.(?=\w)/, '') ?? undefined]),
      ),
      ...Object.fromEntries(FLAGS.map((key) => [key, flagOf(object, key) ? true : undefined])),
    }),
  },
];
