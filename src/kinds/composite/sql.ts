/** How SQL declares composite types; knows nothing of the catalog. */
import { formatAddress } from '../../core/address.js';
import { child, inSchema, rangeVarRef, str } from '../ast.js';
import type { StatementRule } from '../kind.js';
import { isOwnerChange } from '../relation-statement.js';

export const statements: readonly StatementRule[] = [
  {
    node: 'CompositeTypeStmt',
    read(node, context) {
      // The statement makes a relation too, but nothing can name it as one.
      const ref = rangeVarRef(child(node, 'typevar'), 'type');
      const address = formatAddress('composite', inSchema(ref, context.creationSchema));
      return { provides: [ref], declares: [{ address, offset: context.offsetOf(undefined), named: true }] };
    },
  },
  {
    // ALTER TYPE … ADD, DROP and ALTER ATTRIBUTE.
    node: 'AlterTableStmt',
    applies: (node) => str(node, 'objtype') === 'OBJECT_TYPE' && !isOwnerChange(node),
    read: (node) => ({ provides: [], alters: [rangeVarRef(child(node, 'relation'), 'type')], declares: [] }),
  },
];
