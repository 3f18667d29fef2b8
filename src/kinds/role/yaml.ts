/** Roles of the server in YAML: the map `roles`; never with a password. */
import { flagOf, textOf } from '../attribute-values.js';
import { quoteIdent, quoteLiteral } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, FLAG, TEXT } from '../yaml-text.js';

const WORDS = {
  login: 'It may log in.',
  superuser: 'It may do everything.',
  createdb: 'It may make databases.',
  createrole: 'It may make roles.',
  inherit: 'It has the privileges of roles that it is a member of; default true.',
  replication: 'It may replicate.',
  bypassrls: 'Row security does not hold for it.',
} as const;

export const yaml: readonly YamlSlot[] = [
  {
    section: 'roles',
    within: [''],
    carries: ['comment'],
    description: 'Roles of the server, managed where a pattern of manage lists them ("role:app_*"). Passwords are set by other means.',
    example: { reporting: { login: true, member_of: ['reader'] } },
    order: 0,
    form: 'map',
    schemaless: true,
    properties: {
      ...Object.fromEntries(Object.entries(WORDS).map(([word, meaning]) => [word, described(meaning, FLAG, word !== 'inherit')])),
      connection_limit: described('How many connections it may have; default -1, any number.', { type: 'integer', minimum: -1 }, 20),
      valid_until: described('When its password ends: "2030-01-01 00:00:00+00".', TEXT, '2030-01-01 00:00:00+00'),
    },
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const words = Object.keys(WORDS).flatMap((word) => {
        const member = entry.get(word);
        return member === null ? [] : [' ', atValue(member, `${entry.flag(word) ? '' : 'NO'}${word.toUpperCase()}`)];
      });
      const [limit, until] = [entry.get('connection_limit'), entry.get('valid_until')];
      return [
        {
          sql: [
            'CREATE ROLE ',
            atKey(entry, quoteIdent(place.parts[0] ?? '')),
            ...words,
            ...(limit === null ? [] : [' CONNECTION LIMIT ', atValue(limit, limit.text())]),
            ...(until === null ? [] : [' VALID UNTIL ', atValue(until, quoteLiteral(until.text()))]),
          ],
        },
      ];
    },
    keys: (object) => {
      const limit = object.attributes.connection_limit;
      return {
        ...Object.fromEntries(
          Object.keys(WORDS).map((word) => [word, flagOf(object, word) === (word === 'inherit') ? undefined : flagOf(object, word)]),
        ),
        connection_limit: typeof limit === 'number' && limit !== -1 ? limit : undefined,
        valid_until: textOf(object, 'valid_until') ?? undefined,
      };
    },
  },
];
