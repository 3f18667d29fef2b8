/** Access methods in YAML: the map `access_methods`. */
import { textOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, described, sqlName, TEXT } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'access_methods',
    within: [''],
    carries: ['comment'],
    description: 'Access methods of tables and indexes.',
    example: { heap2: { type: 'table', handler: 'heap_tableam_handler' } },
    order: 41,
    form: 'map',
    schemaless: true,
    properties: {
      type: described('What it is for.', { type: 'string', enum: ['index', 'table'] }),
      handler: described('Function that it is made of.', TEXT, 'heap_tableam_handler'),
    },
    required: ['type', 'handler'],
    statements: (entry, place) => {
      const [type, handler] = [entry.get('type'), entry.get('handler')];
      if (type === null || handler === null) return [];
      return [
        {
          sql: [
            'CREATE ACCESS METHOD ',
            atKey(entry, quoteName(place.parts)),
            ` TYPE ${type.text().toUpperCase()} HANDLER `,
            sqlName(handler, place),
          ],
        },
      ];
    },
    keys: (object) => ({ type: textOf(object, 'type') ?? '', handler: textOf(object, 'handler') ?? '' }),
  },
];
