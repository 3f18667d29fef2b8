/** Extended statistics in YAML: the map `statistics`. */
import { textOf, textsOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, join, listOrNone, localName, NAMES, nameOf, sqlElement, sqlName, TEXT } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'statistics',
    id: 'extended statistics',
    within: [''],
    carries: ['comment', 'owner'],
    description: 'Extended statistics: what ANALYZE learns about columns and expressions of a table together.',
    example: { orders_place: { from: 'orders', columns: ['city', 'zip'] } },
    order: 8,
    form: 'map',
    properties: {
      from: described('The table, as SQL names it.', TEXT, 'orders'),
      columns: described('Columns by their exact names.', NAMES, ['city', 'zip']),
      expressions: described('Expressions in SQL.', { type: 'array', items: TEXT, minItems: 1, title: 'a list of expressions in SQL' }, [
        'lower(city)',
      ]),
      kinds: described(
        'What is learned; default all.',
        {
          type: 'array',
          items: { type: 'string', enum: ['ndistinct', 'dependencies', 'mcv'] },
          minItems: 1,
          title: 'a list of: ndistinct, dependencies, mcv',
        },
        ['ndistinct', 'mcv'],
      ),
      target: described('Statistics target.', { type: 'integer', minimum: 0, maximum: 10000 }, 500),
    },
    required: ['from'],
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const [from, kinds, target] = [entry.get('from'), entry.get('kinds'), entry.get('target')];
      if (from === null) return [];
      const name = quoteName(place.parts);
      const elements = [
        ...(entry.get('columns')?.items() ?? []).map((column) => [nameOf(column)]),
        ...(entry.get('expressions')?.items() ?? []).map((text) => ['(', sqlElement(text, place), ')']),
      ];
      if (elements.length === 0) {
        place.report({ code: 'SC1043', summary: 'statistics are about nothing', hint: 'add columns or expressions' }, entry.path, 'key');
      }
      const words = (kinds?.items() ?? []).map((kind) => [atValue(kind, kind.text())]);
      return [
        {
          sql: [
            'CREATE STATISTICS ',
            atKey(entry, name),
            ...(words.length === 0 ? [] : [' (', ...join(words, ', '), ')']),
            ' ON ',
            ...join(elements, ', '),
            ' FROM ',
            sqlName(from, place),
          ],
        },
        ...(target === null ? [] : [{ sql: [`ALTER STATISTICS ${name} SET STATISTICS `, atValue(target, target.text())] }]),
      ];
    },
    beside: (object, view) => {
      const table = object.dependsOn.map((address) => view.state.get(address)).find((found) => found?.parts.length === 2);
      return table !== undefined && quoteName(table.parts) === textOf(object, 'table') ? table.address : null;
    },
    keys: (object, view) => {
      const [columns, kinds, expressions] = [textsOf(object, 'columns'), textsOf(object, 'kinds'), textsOf(object, 'expressions')];
      const target = object.attributes.target;
      // A single expression has no kinds; all of them are what is learned when none is named.
      return {
        from: localName(textOf(object, 'table') ?? '', view.schema),
        columns: listOrNone(columns),
        expressions: listOrNone(expressions),
        kinds: kinds.length === 3 ? undefined : listOrNone(kinds),
        target: typeof target === 'number' ? target : undefined,
      };
    },
  },
];
