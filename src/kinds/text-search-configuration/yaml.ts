/** Text search configurations in YAML: the map `text_search_configurations`. */
import { isRecord, recordOf, textOf } from '../attribute-values.js';
import { quoteIdent, quoteName } from '../quote.js';
import type { YamlMap, YamlSlot, YamlStatement } from '../yaml-slot.js';
import { atKey, described, join, sqlName, TEXT } from '../yaml-text.js';

const WORD = 'TEXT SEARCH CONFIGURATION';
const DEFAULT_PARSER = 'pg_catalog."default"';

/** PostgreSQL's own names are found before all others. */
const unprefixed = (name: string): string => name.replace(/^pg_catalog\./, '');

export const yaml: readonly YamlSlot[] = [
  {
    section: 'text_search_configurations',
    within: [''],
    carries: ['comment', 'owner'],
    description: 'Configurations: a parser, and the dictionaries that each type of token goes through.',
    example: { german: { mappings: { asciiword: 'german_stem' } } },
    order: 39,
    form: 'map',
    properties: {
      parser: described("Parser; default PostgreSQL's own.", TEXT, 'app.words'),
      mappings: described(
        'Dictionaries by type of token, in the order in which they are asked.',
        {
          type: 'object',
          additionalProperties: {
            anyOf: [TEXT, { type: 'array', items: TEXT, minItems: 1, title: 'a list of dictionaries' }],
            title: 'a dictionary, or a list of them',
          },
          title: 'a map from types of token to dictionaries',
        },
        { asciiword: 'english_stem', word: ['unaccent', 'english_stem'] },
      ),
    },
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const name = quoteName(place.parts);
      const parser = entry.get('parser');
      const mappings = (entry.get('mappings')?.items() ?? []).map((token): YamlStatement => {
        const dictionaries = typeof token.value === 'string' ? [token] : token.items();
        return {
          sql: [
            `ALTER ${WORD} ${name} ADD MAPPING FOR `,
            atKey(token, quoteIdent(token.name ?? '')),
            ' WITH ',
            ...join(
              dictionaries.map((dictionary) => [sqlName(dictionary, place)]),
              ', ',
            ),
          ],
        };
      });
      const by = parser === null ? DEFAULT_PARSER : sqlName(parser, place);
      return [{ sql: [`CREATE ${WORD} `, atKey(entry, name), ' (PARSER = ', by, ')'] }, ...mappings];
    },
    keys: (object) => {
      const parser = textOf(object, 'parser') ?? '';
      const mappings = recordOf(object, 'mappings');
      const entries = Object.entries(isRecord(mappings) ? mappings : {})
        .map(([token, value]) => [token, Array.isArray(value) ? value.map((name) => unprefixed(String(name))) : []] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        parser: parser === DEFAULT_PARSER ? undefined : unprefixed(parser),
        mappings: entries.length === 0 ? undefined : (Object.fromEntries(entries) as YamlMap),
      };
    },
  },
];
