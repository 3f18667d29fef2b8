/** Operator classes in YAML: the map `operator_classes`. */
import { flagOf, textOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import { identityOf, keyOf, MEMBERS, memberItems, memberKeys } from '../yaml-operators.js';
import type { SqlText, YamlSlot } from '../yaml-slot.js';
import { atKey, described, FLAG, join, sqlName, TEXT } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'operator_classes',
    within: [''],
    carries: ['comment', 'owner'],
    description: 'How an access method works with a type: "number_ops using btree".',
    example: { 'number_ops using btree': { type: 'integer', operators: ['1 <'], functions: ['1 compare(integer, integer)'] } },
    order: 34,
    form: 'map',
    properties: {
      type: described('Type that it is for.', TEXT, 'integer'),
      default: described('Indexes on the type take it where they name none (DEFAULT).', FLAG),
      family: described('Operator family that it belongs to; default one of its own name, which it makes.', TEXT, 'number_ops'),
      storage: described('Type that the index stores, where that is another one.', TEXT, 'bigint'),
      ...MEMBERS,
    },
    required: ['type'],
    hints: ['renamed_from'],
    identity: identityOf,
    key: keyOf,
    statements: (entry, place) => {
      const [type, family, storage] = [entry.get('type'), entry.get('family'), entry.get('storage')];
      if (type === null) return [];
      const own: readonly SqlText[] = [...(storage === null ? [] : [['STORAGE ', sqlName(storage, place)]]), ...memberItems(entry, place)];
      // At least one item must stand there; storing what is given is what happens anyway.
      const items = own.length > 0 ? own : [['STORAGE ', sqlName(type, place)]];
      return [
        {
          sql: [
            'CREATE OPERATOR CLASS ',
            atKey(entry, quoteName(place.parts)),
            entry.flag('default') ? ' DEFAULT FOR TYPE ' : ' FOR TYPE ',
            sqlName(type, place),
            atKey(entry, ` USING ${place.signature.slice(1, -1)}`),
            ...(family === null ? [] : [' FAMILY ', sqlName(family, place)]),
            ' AS ',
            ...join(items, ', '),
          ],
        },
      ];
    },
    keys: (object) => ({
      type: textOf(object, 'type') ?? '',
      default: flagOf(object, 'default') ? true : undefined,
      // Said even where it has the same name: the family is an entry of its own.
      family: textOf(object, 'family') ?? undefined,
      storage: textOf(object, 'storage') ?? undefined,
      ...memberKeys(object),
    }),
  },
];
