/** Conversions between encodings in YAML: the map `conversions`. */
import { flagOf, textOf } from '../attribute-values.js';
import { quoteLiteral, quoteName } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, FLAG, sqlName, TEXT } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'conversions',
    within: [''],
    carries: ['comment', 'owner'],
    description: 'Conversions between character encodings.',
    example: { old_to_new: { for: 'LATIN1', to: 'UTF8', function: 'iso8859_1_to_utf8' } },
    order: 35,
    form: 'map',
    properties: {
      for: described('Encoding that it reads: LATIN1.', TEXT, 'LATIN1'),
      to: described('Encoding that it writes: UTF8.', TEXT, 'UTF8'),
      function: described('Function that does it.', TEXT, 'iso8859_1_to_utf8'),
      default: described('It is used where nobody names one (DEFAULT).', FLAG),
    },
    required: ['for', 'to', 'function'],
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const [source, target, routine] = [entry.get('for'), entry.get('to'), entry.get('function')];
      if (source === null || target === null || routine === null) return [];
      return [
        {
          sql: [
            entry.flag('default') ? 'CREATE DEFAULT CONVERSION ' : 'CREATE CONVERSION ',
            atKey(entry, quoteName(place.parts)),
            ' FOR ',
            atValue(source, quoteLiteral(source.text())),
            ' TO ',
            atValue(target, quoteLiteral(target.text())),
            ' FROM ',
            sqlName(routine, place),
          ],
        },
      ];
    },
    keys: (object) => ({
      for: textOf(object, 'source') ?? '',
      to: textOf(object, 'target') ?? '',
      function: textOf(object, 'function') ?? '',
      default: flagOf(object, 'default') ? true : undefined,
    }),
  },
];
