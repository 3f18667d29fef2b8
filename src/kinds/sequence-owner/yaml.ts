/** What a sequence goes with, in YAML: the key `owned_by` of a sequence. */
import { textOf } from '../attribute-values.js';
import type { YamlSlot } from '../yaml-slot.js';
import { localName, sqlName, TEXT } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'owned_by',
    within: ['sequences'],
    description: 'Column that the sequence goes with, as SQL names it: orders.id.',
    order: 11,
    form: 'single',
    value: { ...TEXT, pattern: '\\.', title: 'a table and its column such as orders.id' },
    statements: (entry, place) =>
      place.owner?.reference == null ? [] : [{ sql: [`ALTER ${place.owner.reference} OWNED BY `, sqlName(entry, place)] }],
    whole: (objects, view) => ({
      value: objects[0] === undefined ? undefined : localName(textOf(objects[0], 'column') ?? '', view.schema),
      said: objects.slice(0, 1),
    }),
  },
];
