/** How SQL files declare a view. */
import { child, flag } from '../ast.js';
import type { StatementRule } from '../kind.js';
import { altersRelation, creates } from '../relation-statement.js';

export const statementRules: readonly StatementRule[] = [
  { node: 'ViewStmt', read: (node, context) => creates('view', child(node, 'view'), context, flag(node, 'replace')) },
  altersRelation('view', 'OBJECT_VIEW'),
];
