/** Procedural languages in YAML: the map `languages`. */
import { flagOf, textOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, described, FLAG, sqlName, TEXT } from '../yaml-text.js';

const FUNCTIONS = ['handler', 'inline', 'validator'] as const;

export const yaml: readonly YamlSlot[] = [
  {
    section: 'languages',
    within: [''],
    carries: ['comment', 'owner', 'grants on languages', 'security_labels'],
    description: 'Procedural languages that no extension brings.',
    example: { plsample: { handler: 'plsample_call_handler' } },
    order: 40,
    form: 'map',
    schemaless: true,
    properties: {
      handler: described('Function that runs its functions.', TEXT, 'plsample_call_handler'),
      inline: described('Function that runs DO blocks.', TEXT, 'plsample_inline_handler'),
      validator: described('Function that checks new functions.', TEXT, 'plsample_validator'),
      trusted: described('Whoever has USAGE may write in it (TRUSTED).', FLAG),
    },
    required: ['handler'],
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const functions = FUNCTIONS.flatMap((key) => {
        const member = entry.get(key);
        return member === null ? [] : [` ${key.toUpperCase()} `, sqlName(member, place)];
      });
      const head = entry.flag('trusted') ? 'CREATE TRUSTED LANGUAGE ' : 'CREATE LANGUAGE ';
      return [{ sql: [head, atKey(entry, quoteName(place.parts)), ...functions] }];
    },
    keys: (object) => ({
      ...Object.fromEntries(FUNCTIONS.map((key) => [key, textOf(object, key) ?? undefined])),
      trusted: flagOf(object, 'trusted') ? true : undefined,
    }),
  },
];
