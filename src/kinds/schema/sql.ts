/** How SQL declares schemas; knows nothing of the catalog. */
import { formatAddress, formatAttached } from '../../core/address.js';
import { child, flag, num, roleName, str } from '../ast.js';
import type { StatementRule } from '../kind.js';

export const statements: readonly StatementRule[] = [
  {
    node: 'CreateSchemaStmt',
    read(node, context) {
      const role = child(node, 'authrole');
      // CREATE SCHEMA AUTHORIZATION bob makes a schema of the role's name.
      const name = str(node, 'schemaname') || roleName(role);
      const address = formatAddress('schema', [name]);
      const offset = context.offsetOf(undefined);
      const owner = role
        ? [{ address: formatAttached('owner', address, null), offset: context.offsetOf(num(role, 'location')), named: true }]
        : [];
      return {
        provides: [{ space: 'schema', schema: null, name }],
        declares: [{ address, offset, named: true }, ...owner],
        repeatable: flag(node, 'if_not_exists'),
      };
    },
  },
];
