/** Publications for logical replication: which tables, columns, rows and operations subscribers get. */
import { formatAddress } from '../../core/address.js';
import { str } from '../ast.js';
import type { Ast, Kind, NameRef } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { attributes, query } from './catalog.js';
import { alter, create, createSql, reference } from './operations.js';
import { yaml } from './yaml.js';

const named = (node: Ast): NameRef => ({ space: 'other', schema: null, name: str(node, 'pubname') });
const addressOf = (node: Ast): string => formatAddress('publication', [str(node, 'pubname')]);

export const kind: Kind = {
  name: 'publication',
  rank: 86,
  attributes,
  heldIn: 'pg_catalog.pg_publication',
  query,
  schema: () => null,
  namespace: reference,
  reference,
  create,
  alter,
  drop: (object) => [
    {
      sql: `DROP ${reference(object)}`,
      hazards: [
        {
          code: 'drop-publication',
          address: object.address,
          message: `subscriptions to ${quoteName(object.parts)} fail until it is there again`,
        },
      ],
      undo: { sql: [createSql(object)] },
    },
  ],
  rename: (object, to) => [
    {
      sql: `ALTER ${reference(object)} RENAME TO ${quoteIdent(to)}`,
      hazards: [
        {
          code: 'rename-publication',
          address: object.address,
          message: `subscriptions to ${quoteName(object.parts)} fail until they use the new name`,
        },
      ],
      undo: { sql: [`ALTER PUBLICATION ${quoteIdent(to)} RENAME TO ${quoteName(object.parts)}`] },
    },
  ],
  pin: () => ({ reason: 'no statement that leaves a publication as it is takes a lock on it' }),
  sql: [
    {
      node: 'CreatePublicationStmt',
      read: (node) => ({ provides: [named(node)], declares: [{ address: addressOf(node), offset: 0, named: true }] }),
    },
    {
      node: 'AlterPublicationStmt',
      // DROP says how it was.
      applies: (node) => str(node, 'action') !== 'AP_DropObjects',
      read: (node) => ({ provides: [], alters: [named(node)], declares: [{ address: addressOf(node), offset: 0, named: false }] }),
    },
  ],
  yaml,
};
