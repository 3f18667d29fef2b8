/** Indexes that no constraint owns, on tables and materialized views; knows nothing of other kinds. */
import { formatAddress } from '../../core/address.js';
import { child, flag, inSchema, list, rangeVarRef, str } from '../ast.js';
import { textOf } from '../attribute-values.js';
import type { Ast, Kind, StatementContext, StatementMeaning } from '../kind.js';
import { isDetachedFrom } from '../lineage.js';
import { partitionsThatGo } from '../partitions-that-go.js';
import { relationPin } from '../pins.js';
import { markInvalid, withoutTablespace } from '../seed-catalog.js';
import { rowsOf } from '../table-rows.js';
import { attributes, query } from './catalog.js';
import { alter, beside, create, drop, qualifiedName, rename } from './operations.js';
import { yaml } from './yaml.js';

function readCreate(node: Ast, context: StatementContext): StatementMeaning {
  const relation = child(node, 'relation');
  const table = rangeVarRef(relation);
  const name = str(node, 'idxname');
  // PostgreSQL chooses the name: nothing can refer to it.
  if (name === '') return { provides: [], alters: [table], declares: [] };
  const [schema, tableName] = inSchema(table, context.creationSchema);
  return {
    provides: [{ space: 'relation', schema: table.schema, name }],
    alters: [table],
    declares: [
      {
        address: formatAddress('index', [schema, tableName, name]),
        offset: context.offsetOf(relation?.location as number | undefined),
        named: true,
      },
    ],
    repeatable: flag(node, 'if_not_exists'),
  };
}

function attaches(node: Ast): boolean {
  return list(node, 'cmds').some((command) => str(command.node, 'subtype') === 'AT_AttachPartition');
}

export const kind: Kind = {
  name: 'index',
  rank: 55,
  choosesName: true,
  attributes,
  rebuilt: true,
  outlives: isDetachedFrom,
  heldIn: 'pg_catalog.pg_index where indrelid >= 16384',
  query,
  namespace: (object) => `relation ${qualifiedName(object)}`,
  reference: (object) => `INDEX ${qualifiedName(object)}`,
  create,
  alter,
  beside,
  drop,
  rename,
  seeding: {
    substitute: withoutTablespace,
    overlay: (object) => (object.attributes.valid === false ? [markInvalid([object.parts[0] ?? '', object.parts[2] ?? ''])] : []),
  },
  // As unique keys: rows that are changed for its sake are changed first.
  after: (index, state) => (index.attributes.unique === true ? rowsOf(state, index.parent) : []),
  afterDrops: (index, states) => (textOf(index, 'relation') === 'partitioned' ? partitionsThatGo(index.parent ?? '', states) : []),
  // Next to the table's: ALTER INDEX locks the index only. A partitioned index has nothing to RESET.
  pin: (index) => (textOf(index, 'relation') === 'partitioned' ? null : relationPin(`INDEX ${qualifiedName(index)}`)),
  sql: [
    { node: 'IndexStmt', read: readCreate },
    {
      node: 'AlterTableStmt',
      applies: (node) => str(node, 'objtype') === 'OBJECT_INDEX' && !attaches(node),
      // ALTER INDEX does not say which table's index it is.
      read: (node) => ({ provides: [], alters: [rangeVarRef(child(node, 'relation'))], declares: [] }),
    },
    {
      node: 'AlterObjectDependsStmt',
      applies: (node) => str(node, 'objectType') === 'OBJECT_INDEX',
      read: (node) => ({ provides: [], alters: [rangeVarRef(child(node, 'relation'))], declares: [] }),
    },
  ],
  yaml,
};
