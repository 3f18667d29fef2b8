/** Sequences: free, owned by a column (serial), or behind an identity column; where they stand is no part of them. */
import type { Kind } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { attributes, query } from './catalog.js';
import { afterInline, alter, beside, create, drop, inline } from './operations.js';
import { sequencePin } from './pin.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

export const kind: Kind = {
  name: 'sequence',
  rank: 30,
  // Only an identity's sequence has a parent (its column) to be told by; a free one of the same shape is another one.
  choosesName: (object) => object.attributes.identity !== null,
  // When its column gets another type: made again, it would count from the start.
  rebuilt: true,
  attributes,
  heldIn: `pg_catalog.pg_class where oid >= 16384 and relkind = 'S' and relpersistence <> 't'`,
  query,
  // A column has one identity.
  namespace: (object) => [
    `relation ${quoteName(object.parts)}`,
    ...(object.attributes.identity === null ? [] : [`identity of ${object.parent}`]),
  ],
  reference: (object) => `SEQUENCE ${quoteName(object.parts)}`,
  grantReference: (object) => `SEQUENCE ${quoteName(object.parts)}`,
  create,
  inline,
  afterInline,
  alter,
  beside,
  drop,
  rename: (object, to) => [
    {
      sql: `ALTER SEQUENCE ${quoteName(object.parts)} RENAME TO ${quoteIdent(to)}`,
      lock: { mode: 'ACCESS EXCLUSIVE', address: object.address },
      hazards: [{ code: 'rename-sequence', address: object.address, message: `nextval('${quoteName(object.parts)}') in queries fails` }],
      undo: { sql: [`ALTER SEQUENCE ${quoteName([...object.parts.slice(0, -1), to])} RENAME TO ${quoteName(object.parts.slice(-1))}`] },
    },
  ],
  pin: sequencePin,
  sql: statements,
  yaml,
};
