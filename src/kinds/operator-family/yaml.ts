/** Operator families in YAML: the map `operator_families`. */
import { quoteName } from '../quote.js';
import { identityOf, keyOf, MEMBERS, memberItems, memberKeys } from '../yaml-operators.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, join } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'operator_families',
    within: [''],
    carries: ['comment', 'owner'],
    description: 'Operator families, with the members that belong to none of their classes: "number_ops using btree".',
    example: { 'number_ops using btree': { operators: ['1 < (integer, bigint)'] } },
    order: 33,
    form: 'map',
    properties: MEMBERS,
    hints: ['renamed_from'],
    identity: identityOf,
    key: keyOf,
    statements: (entry, place) => {
      const name = `${quoteName(place.parts)} USING ${place.signature.slice(1, -1)}`;
      const items = memberItems(entry, place);
      return [
        { sql: ['CREATE OPERATOR FAMILY ', atKey(entry, name)] },
        ...(items.length === 0 ? [] : [{ sql: ['ALTER OPERATOR FAMILY ', atKey(entry, name), ' ADD ', ...join(items, ', ')] }]),
      ];
    },
    keys: memberKeys,
  },
];
