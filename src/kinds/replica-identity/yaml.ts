/** What identifies a row in logical replication, in YAML: the key `replica_identity` of a table. */
import { textOf } from '../attribute-values.js';
import { quoteName } from '../quote.js';
import { REPLICA_IDENTITY, replicaIdentity } from '../yaml-replica-identity.js';
import type { YamlSlot } from '../yaml-slot.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'replica_identity',
    within: ['tables'],
    description: 'What identifies a row in logical replication, where that is not the primary key.',
    order: 53,
    form: 'single',
    value: REPLICA_IDENTITY,
    statements: (entry, place) =>
      place.owner === null
        ? []
        : [{ sql: [`ALTER TABLE ONLY ${quoteName(place.owner.parts)} REPLICA IDENTITY `, ...replicaIdentity(entry)] }],
    whole: ([object]) => {
      if (object === undefined) return { value: undefined, said: [] };
      const index = textOf(object, 'index');
      // Where the index is gone, the table behaves as with NOTHING.
      const value = textOf(object, 'identity') === 'full' ? 'full' : index === null ? 'nothing' : { index };
      return { value, said: [object] };
    },
  },
];
