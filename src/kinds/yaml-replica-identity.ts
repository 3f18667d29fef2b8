/** REPLICA IDENTITY in YAML: full, nothing, or the name of an index; knows no kind. */
import type { JsonObject } from '../core/json.js';
import { quoteIdent } from './quote.js';
import type { SqlText, YamlEntry } from './yaml-slot.js';
import { atValue } from './yaml-text.js';

export const REPLICA_IDENTITY: JsonObject = {
  anyOf: [
    { type: 'string', enum: ['full', 'nothing'] },
    {
      type: 'object',
      additionalProperties: false,
      required: ['index'],
      properties: { index: { type: 'string', minLength: 1, description: 'Name of a unique index.', examples: ['orders_number_key'] } },
      title: 'a map with index',
    },
  ],
  title: 'full, nothing, or a map with index',
  examples: ['full', { index: 'orders_number_key' }],
};

/** What follows REPLICA IDENTITY. */
export function replicaIdentity(entry: YamlEntry): SqlText {
  const index = entry.get('index');
  if (index !== null) return ['USING INDEX ', atValue(index, quoteIdent(index.text()))];
  return [atValue(entry, entry.text().toUpperCase())];
}
