/** Transforms in YAML: the map `transforms` from a type and a language to two functions. */
import { textOf } from '../attribute-values.js';
import { quoteIdent } from '../quote.js';
import { aroundWord } from '../yaml-keys.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, described, join, sqlElement, TEXT } from '../yaml-text.js';

const FORM = 'a type and a language such as "app.point language plpgsql"';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'transforms',
    within: [''],
    carries: ['comment'],
    description: 'How values go into and come out of functions in a language: "app.point language plpgsql".',
    example: { 'app.point language plpgsql': { from_sql: 'app.point_to_plpgsql(internal)' } },
    order: 48,
    form: 'map',
    schemaless: true,
    properties: {
      from_sql: described('Function with its argument types that makes a value for the language.', TEXT, 'app.point_to_plpgsql(internal)'),
      to_sql: described('Function with its argument types that makes a value of the type.', TEXT, 'app.point_from_plpgsql(internal)'),
    },
    // The language's name is exact, the type is SQL.
    identity: (entry, { report }) => ({ parts: aroundWord(entry, 'language', FORM, report) ?? [], signature: '' }),
    key: (object) => `${object.parts[0] ?? ''} language ${object.parts[1] ?? ''}`,
    statements: (entry, place) => {
      const [type = '', language = ''] = place.parts;
      const functions = (['from_sql', 'to_sql'] as const).flatMap((key) => {
        const member = entry.get(key);
        return member === null ? [] : [[`${key.toUpperCase().replace('_', ' ')} WITH FUNCTION `, sqlElement(member, place)]];
      });
      if (functions.length === 0) {
        place.report(
          { code: 'SC1043', summary: 'a transform has from_sql, to_sql or both', hint: 'add one of the two' },
          entry.path,
          'key',
        );
      }
      const target = atKey(entry, `${type} LANGUAGE ${quoteIdent(language)}`);
      return [{ sql: ['CREATE TRANSFORM FOR ', target, ' (', ...join(functions, ', '), ')'] }];
    },
    keys: (object) => ({ from_sql: textOf(object, 'from_sql') ?? undefined, to_sql: textOf(object, 'to_sql') ?? undefined }),
  },
];
