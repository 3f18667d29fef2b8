/** Foreign tables: what is shown as a table and kept elsewhere, with their columns as attributes. */
import type { Kind } from '../kind.js';
import { foreignTablePin } from '../pins.js';
import { quoteIdent, quoteName } from '../quote.js';
import { attributes, query } from './catalog.js';
import { alter, create, createSql, dropSql } from './operations.js';
import { statements } from './sql.js';
import { yaml } from './yaml.js';

export const kind: Kind = {
  name: 'foreign_table',
  rank: 58,
  attributes,
  heldIn: `pg_catalog.pg_class where oid >= 16384 and relkind = 'f' and relpersistence <> 't'`,
  query,
  namespace: (table) => [`relation ${quoteName(table.parts)}`, `type ${quoteName(table.parts)}`],
  named: (table) => ({ schema: table.parts[0] ?? '', relation: table.parts[1] ?? '', column: null }),
  reference: (table) => `FOREIGN TABLE ${quoteName(table.parts)}`,
  grantReference: (table) => `TABLE ${quoteName(table.parts)}`,
  create,
  alter,
  drop: (table) => [
    {
      sql: dropSql(table),
      lock: { mode: 'ACCESS EXCLUSIVE', address: table.address },
      hazards: [
        {
          code: 'drop-foreign-table',
          address: table.address,
          message: `queries that read ${quoteName(table.parts)} fail; what it shows is elsewhere and stays there`,
        },
      ],
      undo: { sql: createSql(table, []) },
    },
  ],
  rename: (table, to) => [
    {
      sql: `ALTER FOREIGN TABLE ${quoteName(table.parts)} RENAME TO ${quoteIdent(to)}`,
      lock: { mode: 'ACCESS EXCLUSIVE', address: table.address },
      hazards: [
        {
          code: 'rename-foreign-table',
          address: table.address,
          message: `queries that name ${quoteName(table.parts)} fail until they use the new name`,
        },
      ],
      undo: { sql: [`ALTER FOREIGN TABLE ${quoteName([...table.parts.slice(0, -1), to])} RENAME TO ${quoteName(table.parts.slice(-1))}`] },
    },
  ],
  pin: (table) => foreignTablePin(table.parts),
  sql: statements,
  yaml,
};
