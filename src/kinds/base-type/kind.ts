/** Base types: a name over functions that PostgreSQL calls to read, write and store their values. Whatever uses a type leans on this, not on its shell. */
import type { SchemaObject } from '../../core/object.js';
import type { Kind } from '../kind.js';
import { privilegesPin } from '../pins.js';
import { quoteName } from '../quote.js';
import { shellAddress } from '../type-shell.js';
import { attributes, query } from './catalog.js';
import { alter, create } from './operations.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

const nameOf = (object: SchemaObject): string => quoteName(object.parts);

export const kind: Kind = {
  name: 'base_type',
  // After the functions.
  rank: 42,
  attributes,
  heldIn: `pg_catalog.pg_type where oid >= 16384 and typtype = 'b' and typinput <> 'pg_catalog.array_in'::regproc`,
  query,
  bound: (object) => [shellAddress(object)],
  reference: (object) => `TYPE ${nameOf(object)}`,
  grantReference: (object) => `TYPE ${nameOf(object)}`,
  create,
  alter,
  // It goes with its shell, when all that leans on its functions is gone too.
  drop: () => [],
  rename: (object, to) => [
    {
      sql: `ALTER TYPE ${nameOf(object)} RENAME TO ${quoteName([to])}`,
      hazards: [{ code: 'rename-type', address: object.address, message: `queries that name the type ${nameOf(object)} fail` }],
      undo: { sql: [`ALTER TYPE ${quoteName([...object.parts.slice(0, -1), to])} RENAME TO ${quoteName(object.parts.slice(-1))}`] },
    },
  ],
  pin: (object) => privilegesPin(`TYPE ${nameOf(object)}`),
  sql: statements,
  yaml,
};
