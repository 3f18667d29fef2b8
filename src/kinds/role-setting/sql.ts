/** How SQL files declare settings of roles: ALTER ROLE … SET, without a database. */
import { child, roleName, str } from '../ast.js';
import { roleRef, settingAddress, settingProblem } from '../kept-settings.js';
import type { StatementRule } from '../statement-rule.js';

export const statementRules: readonly StatementRule[] = [
  {
    node: 'AlterRoleSetStmt',
    applies: (node) => str(node, 'database') === '',
    problem: settingProblem,
    read: (node) => {
      // ALTER ROLE ALL names none.
      const role = 'role' in node ? roleName(child(node, 'role')) : null;
      return {
        provides: [],
        alters: roleRef(role),
        declares: [{ address: settingAddress('role_setting', node, role), offset: 0, named: true }],
      };
    },
  },
];
