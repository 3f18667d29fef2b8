/** Foreign servers in YAML: the map `servers`. */
import { optionsOf, textOf } from '../attribute-values.js';
import { quoteLiteral, quoteName } from '../quote.js';
import { FOREIGN_OPTIONS, foreignOptionsClause } from '../yaml-options.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, nameOf, parameterValues, plainScalar, TEXT } from '../yaml-text.js';

const LITERALS = ['type', 'version'] as const;
const VERSION = { type: ['string', 'number'], minLength: 1, title: 'text' };

export const yaml: readonly YamlSlot[] = [
  {
    section: 'servers',
    within: [''],
    carries: ['comment', 'owner', 'grants on foreign data'],
    description: 'Foreign servers: where the data of a foreign-data wrapper is.',
    example: { archive: { wrapper: 'postgres_fdw', options: { host: 'db' } } },
    order: 43,
    form: 'map',
    schemaless: true,
    properties: {
      wrapper: described('Its foreign-data wrapper.', TEXT, 'postgres_fdw'),
      type: described('What kind of server it is, in words of the wrapper.', TEXT, 'postgres'),
      version: described('Its version, in words of the wrapper.', VERSION, '16'),
      options: FOREIGN_OPTIONS,
    },
    required: ['wrapper'],
    short: 'wrapper',
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const wrapper = entry.get('wrapper');
      if (wrapper === null) return [];
      const given = LITERALS.flatMap((key) => {
        const member = entry.get(key);
        return member === null ? [] : [` ${key.toUpperCase()} `, atValue(member, quoteLiteral(member.text()))];
      });
      return [
        {
          sql: [
            'CREATE SERVER ',
            atKey(entry, quoteName(place.parts)),
            ...given,
            ' FOREIGN DATA WRAPPER ',
            nameOf(wrapper),
            ...foreignOptionsClause(entry.get('options')),
          ],
        },
      ];
    },
    keys: (object) => ({
      wrapper: textOf(object, 'wrapper') ?? '',
      type: textOf(object, 'type') ?? undefined,
      version: textOf(object, 'version') === null ? undefined : plainScalar(textOf(object, 'version') ?? ''),
      options: parameterValues(optionsOf(object)),
    }),
  },
];
