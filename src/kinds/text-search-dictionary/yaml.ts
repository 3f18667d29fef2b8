/** Text search dictionaries in YAML: the map `text_search_dictionaries`. */
import { recordsOf, textOf } from '../attribute-values.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import type { SqlText, YamlEntry, YamlSlot, YamlValue } from '../yaml-slot.js';
import { atKey, atValue, described, join, sqlName, TEXT } from '../yaml-text.js';

/** PostgreSQL keeps numbers apart from texts. */
function option(item: YamlEntry): SqlText {
  const value = typeof item.value === 'string' ? quoteLiteral(item.text()) : item.text();
  return [atKey(item, quoteIdent(item.name ?? '')), ' = ', atValue(item, value)];
}

/** A literal or a number of the catalog as the YAML value that writes the same. */
function plainValue(sql: string): YamlValue {
  const literal = /^(E?)'([\s\S]*)'$/.exec(sql);
  if (literal !== null) return (literal[2] ?? '').replaceAll("''", "'").replaceAll('\\\\', '\\');
  const number = Number(sql);
  return String(number) === sql ? number : sql;
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'text_search_dictionaries',
    within: [''],
    carries: ['comment', 'owner'],
    description: 'Dictionaries: a template with options.',
    example: { german: { template: 'snowball', options: { language: 'german' } } },
    order: 38,
    form: 'map',
    properties: {
      template: described('Template that does the work: snowball, simple, ispell …', TEXT, 'snowball'),
      options: described(
        'Options in the order in which the template gets them.',
        {
          type: 'object',
          additionalProperties: { type: ['string', 'number'], title: 'text or a number' },
          title: 'a map from names to values',
        },
        { language: 'english', stopwords: 'english' },
      ),
    },
    required: ['template'],
    short: 'template',
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const template = entry.get('template');
      if (template === null) return [];
      const options = [['TEMPLATE = ', sqlName(template, place)], ...(entry.get('options')?.items() ?? []).map(option)];
      return [{ sql: ['CREATE TEXT SEARCH DICTIONARY ', atKey(entry, quoteName(place.parts)), ' (', ...join(options, ', '), ')'] }];
    },
    keys: (object) => {
      const options = recordsOf(object, 'options').map(({ name, value }) => [String(name), plainValue(String(value))] as const);
      return {
        template: (textOf(object, 'template') ?? '').replace(/^pg_catalog\./, ''),
        options: options.length === 0 ? undefined : Object.fromEntries(options),
      };
    },
  },
];
