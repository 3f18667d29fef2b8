/** How SQL files declare memberships: GRANT role TO role. */
import { formatAddress } from '../../core/address.js';
import { flag, list, roleName, str } from '../ast.js';
import type { Ast, NameRef, StatementRule } from '../kind.js';

const granted = (node: Ast): readonly string[] => list(node, 'granted_roles').map(({ node: each }) => str(each, 'priv_name'));
const grantees = (node: Ast): readonly string[] => list(node, 'grantee_roles').map(({ node: each }) => roleName(each));

export const statementRules: readonly StatementRule[] = [
  {
    node: 'GrantRoleStmt',
    problem: (node) =>
      flag(node, 'is_grant')
        ? null
        : { code: 'SC1002', summary: 'REVOKE of a role is not part of a desired schema', hint: 'leave out the GRANT instead' },
    read: (node) => {
      const names = [...new Set([...granted(node), ...grantees(node)])];
      const declares = granted(node).flatMap((role) =>
        grantees(node).map((member) => ({ address: formatAddress('role_membership', [role, member]), offset: 0, named: true })),
      );
      return { provides: [], alters: names.map((name): NameRef => ({ space: 'role', schema: null, name })), declares, repeatable: true };
    },
  },
];
