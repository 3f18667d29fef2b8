/** Enums in YAML: a list of labels. */
import { textsOf } from '../attribute-values.js';
import { quoteLiteral, quoteName } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, join } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'enums',
    within: [''],
    carries: ['comment', 'owner', 'grants on types', 'security_labels'],
    description: 'Enum types: names and their labels in order.',
    example: { order_status: ['new', 'paid'] },
    order: 2,
    form: 'map',
    properties: {
      labels: described(
        'The labels in their order.',
        {
          type: 'array',
          items: { type: 'string' },
          uniqueItems: true,
          title: 'a list of labels (text: put numbers in quotes)',
        },
        ['pending', 'paid', 'shipped'],
      ),
    },
    required: ['labels'],
    short: 'labels',
    hints: ['renamed_from', 'renamed_values'],
    statements: (entry, place) => {
      const labels = (entry.get('labels')?.items() ?? []).map((label) => [atValue(label, quoteLiteral(label.text()))]);
      return [{ sql: ['CREATE TYPE ', atKey(entry, quoteName(place.parts)), ' AS ENUM (', ...join(labels, ', '), ')'] }];
    },
    keys: (object) => ({ labels: textsOf(object, 'labels') }),
  },
];
