/** Types that are only announced, in YAML: the map `shell_types`. The shells behind base types come with these. */
import { flagOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'shell_types',
    within: [''],
    carries: ['comment', 'owner'],
    description:
      'Types that are announced and not defined (CREATE TYPE with nothing but a name); those behind base types need not be said.',
    example: { announced: { comment: 'Defined elsewhere.' } },
    order: 2.35,
    form: 'map',
    properties: {},
    statements: (entry, place) => [{ sql: ['CREATE TYPE ', atKey(entry, quoteName(place.parts))] }],
    claims: (object) => !flagOf(object, 'defined'),
    keys: () => ({}),
  },
];
