/** Rows of tables whose rows are declared: reference data. Read only of those tables, and only their declared columns. */
import { recordOf } from '../attribute-values.js';
import type { Kind } from '../kind.js';
import { quoteName } from '../quote.js';
import { alter, create, drop } from './operations.js';
import { after, afterDrops, dropsAfter } from './order.js';
import { reading } from './reading.js';
import { yaml } from './yaml.js';

const HINT = 'declare reference data in YAML, with rows under the table: they are planned as changes; keep other data in migrations';

export const kind: Kind = {
  name: 'row',
  rank: 97,
  attributes: { key: 'exact', values: 'exact' },
  query: () => null,
  reading,
  reference: (row) => `ROW ${Object.values(recordOf(row, 'key')).map(String).join(', ')} OF ${quoteName(row.parts.slice(0, 2))}`,
  create,
  alter,
  drop,
  // Whoever writes the table waits; readers do not.
  pin: (row) => ({ sql: `LOCK TABLE ONLY ${quoteName(row.parts.slice(0, 2))} IN SHARE ROW EXCLUSIVE MODE` }),
  after,
  afterDrops,
  dropsAfter,
  sql: [
    {
      node: 'InsertStmt',
      // In SQL files it would be run for its effect; the slot of YAML says what the rows are to be.
      problem: () => ({ code: 'SC1002', summary: 'INSERT is not part of a desired schema', hint: HINT }),
      read: () => ({ provides: [], declares: [] }),
    },
  ],
  yaml,
};
