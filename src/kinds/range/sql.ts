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
      // A canonical function is declared with a shell of the type, which has the name already.
      const own = option(node, 'params', 'canonical') === null ? { provides: [ref, ...named] } : { provides: named, alters: [ref] };
      return {
        ...own,
        // A multirange without a name has the one that PostgreSQL derives from the range's, always the same.
        declares: [{ address, offset: context.offsetOf(undefined), named: true }],
      };
    },
  },
];
