/** How SQL files declare privileges on parameters of the server: GRANT and REVOKE … ON PARAMETER. */
import { formatAddress, formatPart } from '../../core/address.js';
import { list, roleName, str } from '../ast.js';
import type { Ast, NameRef, StatementRule } from '../statement-rule.js';

/** null: PUBLIC. */
const granteesOf = (node: Ast): readonly (string | null)[] =>
  list(node, 'grantees').map(({ node: role }) => (str(role, 'roletype') === 'ROLESPEC_PUBLIC' ? null : roleName(role)));

export const statementRules: readonly StatementRule[] = [
  {
    node: 'GrantStmt',
    applies: (node) => str(node, 'objtype') === 'OBJECT_PARAMETER_ACL',
    read: (node) => {
      const grantees = granteesOf(node);
      const declares = list(node, 'objects').flatMap(({ node: name }) =>
        grantees.map((grantee) => {
          const address = formatAddress('parameter_privilege', [str(name, 'sval').toLowerCase()], `@${formatPart(grantee ?? 'PUBLIC')}`);
          return { address, offset: 0, named: false };
        }),
      );
      const alters = grantees.flatMap((name): readonly NameRef[] => (name === null ? [] : [{ space: 'role', schema: null, name }]));
      return { provides: [], alters, declares };
    },
  },
];
