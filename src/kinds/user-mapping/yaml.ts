/** User mappings in YAML: the map `user_mappings` of a server from roles to options, whose values are never managed. */
import { formatAddress } from '../../core/address.js';
import { quoteIdent } from '../quote.js';
import { FOREIGN_OPTIONS, foreignOptionsClause } from '../yaml-options.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey } from '../yaml-text.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'user_mappings',
    within: ['servers'],
    description:
      'Who has a mapping on the server: roles, or PUBLIC. Values of options are no part of a plan: set them with ALTER USER MAPPING.',
    example: { reader: null },
    order: 50,
    form: 'map',
    properties: { options: FOREIGN_OPTIONS },
    inside: (object) => formatAddress('server', object.parts.slice(0, 1)),
    // No role can be called public.
    identity: (entry, { parts }) => ({
      parts: [...parts.slice(0, 1), /^public$/i.test(entry.name ?? '') ? 'public' : (entry.name ?? '')],
      signature: '',
    }),
    key: (object) => (object.parts[1] === 'public' ? 'PUBLIC' : (object.parts[1] ?? '')),
    statements: (entry, place) => {
      const [server = '', role = ''] = place.parts;
      const name = atKey(entry, role === 'public' ? 'PUBLIC' : quoteIdent(role));
      return [{ sql: ['CREATE USER MAPPING FOR ', name, ` SERVER ${quoteIdent(server)}`, ...foreignOptionsClause(entry.get('options'))] }];
    },
    keys: () => ({}),
  },
];
