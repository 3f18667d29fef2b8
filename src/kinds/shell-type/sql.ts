/** How SQL announces a type before it is there. */
import { formatAddress } from '../../core/address.js';
import { inSchema, list, nameListRef, str } from '../ast.js';
import type { StatementRule } from '../kind.js';

export const statements: readonly StatementRule[] = [
  {
    node: 'DefineStmt',
    applies: (node) => str(node, 'kind') === 'OBJECT_TYPE' && list(node, 'definition').length === 0,
    read(node, context) {
      const ref = nameListRef(node, 'defnames', 'type');
      const address = formatAddress('shell_type', inSchema(ref, context.creationSchema));
      return { provides: [ref], declares: [{ address, offset: context.offsetOf(undefined), named: true }] };
    },
  },
];
