/** Tables, partitioned ones too: the relation with its storage; columns, defaults, constraints and partitioning are kinds of their own. */
import { textOf } from '../attribute-values.js';
import type { Kind } from '../kind.js';
import { inheritedTables, isDetaching, tableMembers } from '../lineage.js';
import { relationPin } from '../pins.js';
import { quoteName } from '../quote.js';
import { withoutTablespace } from '../seed-catalog.js';
import { attributes, query } from './catalog.js';
import { alter, create, drop, rename } from './operations.js';
import { renameOnline } from './rename-online.js';
import { whyNotAnew } from './repartition-obstacles.js';
import { retire } from './retire.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

export const kind: Kind = {
  name: 'table',
  rank: 50,
  attributes,
  heldIn: `pg_catalog.pg_class where oid >= 16384 and relkind in ('r', 'p') and relpersistence <> 't'`,
  query,
  namespace: (table) => `relation ${quoteName(table.parts)}`,
  named: (table) => ({ schema: table.parts[0] ?? '', relation: table.parts[1] ?? '', column: null }),
  reference: (table) => `TABLE ${quoteName(table.parts)}`,
  grantReference: (table) => `TABLE ${quoteName(table.parts)}`,
  create,
  alter,
  whyNotAnew,
  drop,
  retire,
  rename,
  renameSlowly: renameOnline,
  seeding: { substitute: withoutTablespace },
  // PostgreSQL refuses to alter a table whose detach is half done.
  pin: (table, state) =>
    isDetaching(state, table.address)
      ? { sql: `LOCK TABLE ONLY ${quoteName(table.parts)} IN SHARE UPDATE EXCLUSIVE MODE` }
      : relationPin(`TABLE ONLY ${quoteName(table.parts)}`),
  // The partition key is part of the CREATE and names columns, which pg_depend only knows the other way round.
  after: (table, state) =>
    textOf(table, 'partition_key') === null ? [] : tableMembers(state, table.address).filter((member) => member.startsWith('column:')),
  // INHERIT wants every column and check of the new parent on the child, as the parent has them by then: those too that it is about to lose.
  afterDrops: (table, { current, desired }) => {
    const before = new Set(inheritedTables(current, table.address));
    return inheritedTables(desired, table.address)
      .filter((parent) => !before.has(parent))
      .flatMap((parent) => tableMembers(current, parent));
  },
  sql: statementRules,
  yaml,
};
