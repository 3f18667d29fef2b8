/** How SQL declares enums; knows nothing of the catalog. */
import { formatAddress } from '../../core/address.js';
import { inSchema, nameListRef } from '../ast.js';
import type { StatementRule } from '../kind.js';

export const statements: readonly StatementRule[] = [
  {
    node: 'CreateEnumStmt',
    read(node, context) {
      const ref = nameListRef(node, 'typeName', 'type');
      const parts = inSchema(ref, context.creationSchema);
      return { provides: [ref], declares: [{ address: formatAddress('enum', parts), offset: context.offsetOf(undefined), named: true }] };
    },
  },
  {
    // ADD VALUE and RENAME VALUE.
    node: 'AlterEnumStmt',
    read: (node) => ({ provides: [], alters: [nameListRef(node, 'typeName', 'type')], declares: [] }),
  },
];
