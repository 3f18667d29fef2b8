/** How SQL declares range types; knows nothing of the catalog. */
import { formatAddress } from '../../core/address.js';
import { inSchema, nameListRef, option, typeRef } from '../ast.js';
import type { NameRef, StatementRule } from '../kind.js';

export const statements: readonly StatementRule[] = [
  {
    node: 'CreateRangeStmt',
    read(node, context) {
      const ref = nameListRef(node, 'typeName', 'type');
      const multirange = option(node, 'params', 'multirange_type_name');
      const named: readonly NameRef[] = multirange ? [typeRef(multirange.node)] : [];
      const address = formatAddress('range', inSchema(ref, context.creationSchema));
      return {
        provides: [ref, ...named],
        // A multirange without a name has the one that PostgreSQL derives from the range's, always the same.
        declares: [{ address, offset: context.offsetOf(undefined), named: true }],
      };
    },
  },
];
