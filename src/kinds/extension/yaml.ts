/** Extensions in YAML: the map `extensions`. */
import { textOf } from '../attribute-values.js';
import { quoteIdent, quoteLiteral } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, nameOf, TEXT } from '../yaml-text.js';

/** It is there already, and stands in a file for what is said below it. */
const OF_EVERY_DATABASE = 'plpgsql';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'extensions',
    within: [''],
    carries: ['comment', 'grants on members'],
    schemaless: true,
    description: 'Extensions. What they install is theirs and not declared.',
    example: { pg_trgm: null },
    order: 0.5,
    form: 'map',
    properties: {
      schema: described('Schema that it puts its objects into.', TEXT, 'public'),
      version: described(
        'Version; default: the one that the server offers, whatever that is.',
        { ...TEXT, title: 'a version (text: put it in quotes)' },
        '1.8',
      ),
    },
    statements: (entry) => {
      const [schema, version] = [entry.get('schema'), entry.get('version')];
      return [
        {
          sql: [
            entry.name === OF_EVERY_DATABASE ? 'CREATE EXTENSION IF NOT EXISTS ' : 'CREATE EXTENSION ',
            atKey(entry, quoteIdent(entry.name ?? '')),
            ...(schema === null ? [] : [' WITH SCHEMA ', nameOf(schema)]),
            ...(version === null ? [] : [' VERSION ', atValue(version, quoteLiteral(version.text()))]),
          ],
        },
      ];
    },
    keys: (object) => ({ schema: textOf(object, 'schema') ?? undefined, version: textOf(object, 'version') ?? undefined }),
  },
];
