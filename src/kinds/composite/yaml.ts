/** Composite types in YAML: the map `composites`, with `fields`. */
import { recordsOf } from '../attribute-values.js';
import { quoteIdent, quoteName } from '../quote.js';
import { COLLATION, collation, collationText } from '../yaml-collation.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, described, join, localType, sqlName, TEXT } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'composites',
    within: [''],
    carries: ['comment', 'owner', 'grants on types', 'security_labels'],
    description: 'Composite types: rows as values (CREATE TYPE … AS).',
    example: { address: { fields: { street: 'text', city: 'text' } } },
    order: 2.2,
    form: 'map',
    properties: {},
    hints: ['renamed_from', 'renamed_fields'],
    statements: (entry, place) => {
      const fields = place.inlined('fields').map((fragments) => fragments[0] ?? []);
      return [{ sql: ['CREATE TYPE ', atKey(entry, quoteName(place.parts)), ' AS (', ...join(fields, ', '), ')'] }];
    },
    keys: () => ({}),
  },
  {
    section: 'fields',
    within: ['composites'],
    carries: ['comment'],
    description: 'Fields in their order: a type, or a map.',
    example: { street: 'text', city: 'text' },
    order: 20,
    form: 'map',
    properties: { type: described('Type, as SQL writes it.', TEXT, 'numeric(10,2)'), collation: COLLATION },
    required: ['type'],
    short: 'type',
    inline: (entry, place) => {
      const [type, collate] = [entry.get('type'), entry.get('collation')];
      if (type === null) return [];
      return [
        [atKey(entry, quoteIdent(entry.name ?? '')), ' ', sqlName(type, place), ...(collate === null ? [] : collation(collate, place))],
      ];
    },
    reference: (parts) => `COLUMN ${quoteName(parts)}`,
    partsOf: (object, view) =>
      recordsOf(object, 'fields').map(({ name, type, collation: collate }) => ({
        name: String(name),
        keys: {
          type: localType(String(type), view.schema),
          collation: typeof collate === 'string' ? collationText(collate, view.schema) : undefined,
        },
      })),
  },
];
