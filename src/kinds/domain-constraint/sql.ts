/** How ALTER DOMAIN declares constraints; those inside CREATE DOMAIN are read with it. */
import { formatAddress } from '../../core/address.js';
import { child, inSchema, nameListRef, num, str } from '../ast.js';
import { domainConstraintName } from '../domain-constraint-name.js';
import type { StatementRule } from '../kind.js';

/** C add, X drop, V validate. */
const CONSTRAINTS = new Set(['C', 'X', 'V']);

export const statements: readonly StatementRule[] = [
  {
    node: 'AlterDomainStmt',
    applies: (node) => CONSTRAINTS.has(str(node, 'subtype')),
    read(node, context) {
      const ref = nameListRef(node, 'typeName', 'type');
      const parts = inSchema(ref, context.creationSchema);
      const constraint = str(node, 'subtype') === 'C' ? child(node, 'def') : null;
      const found = constraint ? domainConstraintName(parts[1], constraint, new Set()) : null;
      const offset = context.offsetOf(constraint ? num(constraint, 'location') : undefined);
      return {
        provides: [],
        alters: [ref],
        declares: found ? [{ address: formatAddress('domain_constraint', [...parts, found.name]), offset, named: found.named }] : [],
      };
    },
  },
];
