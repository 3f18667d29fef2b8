/** Text search templates in YAML: the map `text_search_templates`. */
import { textOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, described, join, sqlName, TEXT } from '../yaml-text.js';

const FUNCTIONS = ['init', 'lexize'] as const;

export const yaml: readonly YamlSlot[] = [
  {
    section: 'text_search_templates',
    within: [''],
    carries: ['comment'],
    description: 'Functions behind text search dictionaries.',
    example: { plain: { lexize: 'dsimple_lexize' } },
    order: 37,
    form: 'map',
    properties: {
      init: described('Function that reads the options of a dictionary.', TEXT, 'dsimple_init'),
      lexize: described('Function that looks up a token.', TEXT, 'dsimple_lexize'),
    },
    required: ['lexize'],
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const functions = FUNCTIONS.flatMap((key) => {
        const member = entry.get(key);
        return member === null ? [] : [[`${key.toUpperCase()} = `, sqlName(member, place)]];
      });
      return [{ sql: ['CREATE TEXT SEARCH TEMPLATE ', atKey(entry, quoteName(place.parts)), ' (', ...join(functions, ', '), ')'] }];
    },
    keys: (object) => Object.fromEntries(FUNCTIONS.map((key) => [key, textOf(object, key) ?? undefined])),
  },
];
