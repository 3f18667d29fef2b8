/** Schemas: a name and nothing else; owner, privileges and comment are objects of their own. */
import { nameOf } from '../../core/address.js';
import type { Kind } from '../kind.js';
import { privilegesPin } from '../pins.js';
import { quoteName } from '../quote.js';
import { CREATE_IN_DATABASE } from '../requirements.js';
import { isUserSchema } from '../user-schema.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

export const kind: Kind = {
  name: 'schema',
  rank: 10,
  attributes: {},
  query: (read) => `
    select 'pg_namespace'::regclass::oid::int8 as classid, n.oid::int8 as objid, 0 as objsubid,
           array[n.nspname]::text[] as parts, '{}'::jsonb as attributes
      from pg_namespace n
     where ${isUserSchema('n.nspname')} and ${read.within('pg_namespace', 'n.oid')}`,
  namespace: (object) => `schema ${nameOf(object.address)}`,
  reference: (object) => `SCHEMA ${quoteName(object.parts)}`,
  grantReference: (object) => `SCHEMA ${quoteName(object.parts)}`,
  create: (object) => [
    {
      sql: `CREATE SCHEMA ${quoteName(object.parts)}`,
      requires: CREATE_IN_DATABASE,
      undo: { sql: [`DROP SCHEMA ${quoteName(object.parts)}`] },
    },
  ],
  alter: () => ({ operations: [] }),
  drop: (object) => [
    {
      sql: `DROP SCHEMA ${quoteName(object.parts)}`,
      hazards: [
        {
          code: 'drop-schema',
          address: object.address,
          message: `schema ${quoteName(object.parts)} is dropped, and what it holds with it`,
          destructive: true,
        },
      ],
      undo: { sql: [`CREATE SCHEMA ${quoteName(object.parts)}`] },
    },
  ],
  rename: (object, to) => [
    {
      sql: `ALTER SCHEMA ${quoteName(object.parts)} RENAME TO ${quoteName([to])}`,
      requires: CREATE_IN_DATABASE,
      hazards: [
        {
          code: 'rename-schema',
          address: object.address,
          message: `everything in schema ${quoteName(object.parts)} gets another name; queries that use the old one fail`,
        },
      ],
      undo: { sql: [`ALTER SCHEMA ${quoteName([to])} RENAME TO ${quoteName(object.parts)}`] },
    },
  ],
  pin: (schema) => privilegesPin(`SCHEMA ${quoteName(schema.parts)}`),
  sql: statements,
  yaml,
};
