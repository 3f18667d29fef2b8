/** How SQL files declare a materialized view. CREATE TABLE AS is the same node with another object type and is nobody's. */
import { child, flag, rangeVarRef, str } from '../ast.js';
import type { StatementRule } from '../kind.js';
import { altersRelation, creates } from '../relation-statement.js';

export const statementRules: readonly StatementRule[] = [
  {
    node: 'CreateTableAsStmt',
    applies: (node) => str(node, 'objtype') === 'OBJECT_MATVIEW',
    read: (node, context) => creates('materialized_view', child(child(node, 'into') ?? {}, 'rel'), context, flag(node, 'if_not_exists')),
  },
  altersRelation('materialized_view', 'OBJECT_MATVIEW'),
  {
    node: 'AlterObjectDependsStmt',
    applies: (node) => str(node, 'objectType') === 'OBJECT_MATVIEW',
    read: (node) => ({ provides: [], alters: [rangeVarRef(child(node, 'relation'))], declares: [] }),
  },
];
