/** Partitions in YAML: the key `partition_of` of a table. */
import { textOf } from '../attribute-values.js';
import type { YamlSlot } from '../yaml-slot.js';
import { described, FLAG, localName, sqlClause, sqlName, TEXT } from '../yaml-text.js';

const FOR_VALUES = 'FOR VALUES ';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'partition_of',
    within: ['tables'],
    description: 'The partitioned table that this is a partition of; its columns come from there, and `columns` says what differs.',
    example: { table: 'orders', for_values: 'from (1) to (1000)' },
    order: 12,
    form: 'single',
    properties: {
      table: described('The partitioned table, as SQL names it.', TEXT, 'orders'),
      for_values: described(
        'The bound after FOR VALUES: "in (\'a\')", "from (1) to (10)", "with (modulus 4, remainder 0)".',
        TEXT,
        "from ('2024-01-01') to ('2025-01-01')",
      ),
      default: described('The partition for what no other takes.', FLAG),
    },
    required: ['table'],
    inline: (entry, place) => {
      const [table, bound] = [entry.get('table'), entry.get('for_values')];
      if ((bound === null) === !entry.flag('default')) {
        place.report(
          { code: 'SC1043', summary: 'partition_of needs either for_values or default: true', hint: 'give one of the two' },
          entry.path,
          'key',
        );
      }
      if (table === null) return [];
      return [[sqlName(table, place)], bound === null ? ['DEFAULT'] : [FOR_VALUES, ...sqlClause(bound, place)]];
    },
    keys: (object, view) => {
      const bound = textOf(object, 'bound') ?? '';
      const table = localName(textOf(object, 'parent') ?? '', view.schema);
      return bound.startsWith(FOR_VALUES) ? { table, for_values: bound.slice(FOR_VALUES.length) } : { table, default: true };
    },
  },
];
