/** How SQL declares base types and changes them; knows nothing of the catalog. */
import { formatAddress } from '../../core/address.js';
import { inSchema, list, nameListRef, str } from '../ast.js';
import type { StatementRule } from '../kind.js';

export const statements: readonly StatementRule[] = [
  {
    // The shell has the name already, from a statement of its own or from the first function that returns the type.
    node: 'DefineStmt',
    applies: (node) => str(node, 'kind') === 'OBJECT_TYPE' && list(node, 'definition').length > 0,
    read(node, context) {
      const ref = nameListRef(node, 'defnames', 'type');
      const address = formatAddress('base_type', inSchema(ref, context.creationSchema));
      return { provides: [], alters: [ref], completes: true, declares: [{ address, offset: context.offsetOf(undefined), named: true }] };
    },
  },
  {
    // ALTER TYPE … SET (…).
    node: 'AlterTypeStmt',
    read: (node) => ({ provides: [], alters: [nameListRef(node, 'typeName', 'type')], declares: [] }),
  },
];
