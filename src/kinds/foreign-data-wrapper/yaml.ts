/** Foreign-data wrappers in YAML: the map `foreign_data_wrappers`. */
import { optionsOf, textOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import { FOREIGN_OPTIONS, foreignOptionsClause } from '../yaml-options.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, described, parameterValues, sqlName, TEXT } from '../yaml-text.js';

const FUNCTIONS = ['handler', 'validator'] as const;

export const yaml: readonly YamlSlot[] = [
  {
    section: 'foreign_data_wrappers',
    within: [''],
    carries: ['comment', 'owner', 'grants on foreign data'],
    description: 'Foreign-data wrappers that no extension brings.',
    example: { files: { handler: 'file_fdw_handler' } },
    order: 42,
    form: 'map',
    schemaless: true,
    properties: {
      handler: described('Function that reaches foreign data.', TEXT, 'postgres_fdw_handler'),
      validator: described('Function that checks options.', TEXT, 'postgres_fdw_validator'),
      options: FOREIGN_OPTIONS,
    },
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const functions = FUNCTIONS.flatMap((key) => {
        const member = entry.get(key);
        return member === null ? [] : [` ${key.toUpperCase()} `, sqlName(member, place)];
      });
      const name = atKey(entry, quoteName(place.parts));
      return [{ sql: ['CREATE FOREIGN DATA WRAPPER ', name, ...functions, ...foreignOptionsClause(entry.get('options'))] }];
    },
    keys: (object) => ({
      ...Object.fromEntries(FUNCTIONS.map((key) => [key, textOf(object, key) ?? undefined])),
      options: parameterValues(optionsOf(object)),
    }),
  },
];
