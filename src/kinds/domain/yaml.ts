/** Domains in YAML: the map `domains`; their constraints have slots of their own inside. */
import { flagOf, textOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import { COLLATION, collation, collationText } from '../yaml-collation.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, bareOrNone, described, EXPRESSION, expression, localType, plainScalar, sqlName, TEXT, trueOrNone } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'domains',
    within: [''],
    carries: ['comment', 'owner', 'grants on types', 'security_labels'],
    description: 'Domains: a base type, or a map.',
    example: { email: { type: 'text', not_null: true } },
    order: 2.1,
    form: 'map',
    properties: {
      type: described('The base type, as SQL writes it.', TEXT, 'text', 'numeric(10,2)'),
      collation: COLLATION,
      default: described('Default value, an expression in SQL.', EXPRESSION, "'none'"),
    },
    required: ['type'],
    short: 'type',
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const [type, collate, value] = [entry.get('type'), entry.get('collation'), entry.get('default')];
      if (type === null) return [];
      const constraints = [...place.inlined('not_null'), ...place.inlined('checks')].flat();
      return [
        {
          sql: [
            'CREATE DOMAIN ',
            atKey(entry, quoteName(place.parts)),
            ' AS ',
            sqlName(type, place),
            ...(collate === null ? [] : collation(collate, place)),
            ...(value === null ? [] : [' DEFAULT ', ...expression(value, place)]),
            ...constraints.flatMap((constraint) => [' ', ...constraint]),
          ],
        },
      ];
    },
    keys: (object, view) => {
      const collate = textOf(object, 'collation');
      const value = bareOrNone(textOf(object, 'default'));
      return {
        type: localType(textOf(object, 'base_type') ?? '', view.schema),
        collation: collate === null ? undefined : collationText(collate, view.schema),
        // From PostgreSQL 17 on it is a constraint with a name.
        not_null: trueOrNone(flagOf(object, 'not_null')),
        default: value === undefined ? undefined : plainScalar(value),
      };
    },
  },
];
