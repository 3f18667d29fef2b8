/** How SQL declares domains, with the constraints inside them; knows nothing of the catalog. */
import { formatAddress } from '../../core/address.js';
import { inSchema, list, nameListRef, num, str } from '../ast.js';
import { domainConstraintName } from '../domain-constraint-name.js';
import type { Ast, Declared, StatementContext, StatementRule } from '../kind.js';

function constraints(node: Ast, domain: readonly [string, string], context: StatementContext): readonly Declared[] {
  const nodes = list(node, 'constraints').map((entry) => entry.node);
  // PostgreSQL chooses a name among those that the statement gives further on, too.
  const taken = new Set(nodes.map((constraint) => str(constraint, 'conname')));
  return nodes.flatMap((constraint) => {
    const found = domainConstraintName(domain[1], constraint, taken);
    if (!found) return [];
    const address = formatAddress('domain_constraint', [...domain, found.name]);
    return [{ address, offset: context.offsetOf(num(constraint, 'location')), named: found.named }];
  });
}

/** What ALTER DOMAIN does to the domain itself: T default, N drop not null, O set not null. */
const OWN = new Set(['T', 'N', 'O']);

export const statements: readonly StatementRule[] = [
  {
    node: 'CreateDomainStmt',
    read(node, context) {
      const ref = nameListRef(node, 'domainname', 'type');
      const parts = inSchema(ref, context.creationSchema);
      return {
        provides: [ref],
        declares: [
          { address: formatAddress('domain', parts), offset: context.offsetOf(undefined), named: true },
          ...constraints(node, parts, context),
        ],
      };
    },
  },
  {
    node: 'AlterDomainStmt',
    applies: (node) => OWN.has(str(node, 'subtype')),
    read: (node) => ({ provides: [], alters: [nameListRef(node, 'typeName', 'type')], declares: [] }),
  },
];
