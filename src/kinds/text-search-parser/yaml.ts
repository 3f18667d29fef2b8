/** Text search parsers in YAML: the map `text_search_parsers`. */
import { textOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, described, join, sqlName, TEXT } from '../yaml-text.js';

const FUNCTIONS = ['start', 'gettoken', 'end', 'headline', 'lextypes'] as const;

export const yaml: readonly YamlSlot[] = [
  {
    section: 'text_search_parsers',
    within: [''],
    carries: ['comment'],
    description: 'Functions that cut a document into tokens.',
    example: { words: { start: 'prsd_start', gettoken: 'prsd_nexttoken', end: 'prsd_end', lextypes: 'prsd_lextype' } },
    order: 36,
    form: 'map',
    properties: {
      start: described('Function that begins.', TEXT, 'prsd_start'),
      gettoken: described('Function that gives the next token.', TEXT, 'prsd_nexttoken'),
      end: described('Function that ends.', TEXT, 'prsd_end'),
      headline: described('Function for ts_headline().', TEXT, 'prsd_headline'),
      lextypes: described('Function that lists the types of token.', TEXT, 'prsd_lextype'),
    },
    required: ['start', 'gettoken', 'end', 'lextypes'],
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const functions = FUNCTIONS.flatMap((key) => {
        const member = entry.get(key);
        return member === null ? [] : [[`${key.toUpperCase()} = `, sqlName(member, place)]];
      });
      return [{ sql: ['CREATE TEXT SEARCH PARSER ', atKey(entry, quoteName(place.parts)), ' (', ...join(functions, ', '), ')'] }];
    },
    keys: (object) => Object.fromEntries(FUNCTIONS.map((key) => [key, textOf(object, key) ?? undefined])),
  },
];
