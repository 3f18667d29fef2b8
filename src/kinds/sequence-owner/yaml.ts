/** What a sequence goes with, in YAML: the key `owned_by` of a sequence. */
import { textOf } from '../attribute-values.js';
import { identifiersOf } from '../yaml-names.js';
import type { YamlSlot } from '../yaml-slot.js';
import { localName, sqlName, TEXT } from '../yaml-text.js';

function tableOf(column: string): { readonly schema: string | null; readonly name: string } {
  const parts = identifiersOf(column);
  return { schema: parts.at(-3) ?? null, name: parts.at(-2) ?? '' };
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'owned_by',
    within: ['sequences'],
    description: 'Column that the sequence goes with, as SQL names it: orders.id.',
    order: 11,
    form: 'single',
    value: { ...TEXT, pattern: '\\.', title: 'a table and its column such as orders.id', examples: ['orders.id'] },
    // Behind the table, but before the table gets another owner than the sequence.
    statements: (entry, place) =>
      place.owner?.reference == null
        ? []
        : [{ sql: [`ALTER ${place.owner.reference} OWNED BY `, sqlName(entry, place)], rank: 53, inOrderWith: [tableOf(entry.sql())] }],
    whole: (objects, view) => ({
      value: objects[0] === undefined ? undefined : localName(textOf(objects[0], 'column') ?? '', view.schema),
      said: objects.slice(0, 1),
    }),
  },
];
