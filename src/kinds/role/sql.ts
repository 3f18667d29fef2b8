/** How SQL files declare roles: CREATE ROLE, USER and GROUP, and ALTER ROLE with attributes; never with a password. */
import { type Address, formatAddress, formatAttached } from '../../core/address.js';
import { child, list, option, roleName, str, strings } from '../ast.js';
import type { Ast, NameRef, StatementProblem, StatementRule } from '../kind.js';

const role = (name: string): NameRef => ({ space: 'role', schema: null, name });

function problem(node: Ast): StatementProblem | null {
  if (option(node, 'options', 'password') !== null) {
    return {
      code: 'SC1051',
      summary: 'a desired state holds no passwords',
      hint: 'remove PASSWORD, and set it by other means: plans hold no secrets (pg_dumpall --no-role-passwords leaves it out)',
    };
  }
  if ('action' in node && option(node, 'options', 'rolemembers') !== null) {
    return { code: 'SC1002', summary: 'ALTER GROUP is not part of a desired schema', hint: 'write GRANT role TO role' };
  }
  return null;
}

function members(node: Ast, name: string): readonly string[] {
  const value = option(node, 'options', name);
  return value === null ? [] : list({ of: { List: value.node } }, 'of').map(({ node: each }) => roleName(each));
}

/** CREATE ROLE x IN ROLE a ROLE b ADMIN c makes memberships too. */
function memberships(node: Ast, name: string): readonly Address[] {
  const pair = (of: string, member: string): Address => formatAddress('role_membership', [of, member]);
  return [
    ...members(node, 'addroleto').map((of) => pair(of, name)),
    ...[...members(node, 'rolemembers'), ...members(node, 'adminmembers')].map((member) => pair(name, member)),
  ];
}

export const statementRules: readonly StatementRule[] = [
  {
    node: 'CommentStmt',
    applies: (node) => str(node, 'objtype') === 'OBJECT_ROLE',
    read: (node) => {
      const name = strings(node, 'object').at(-1) ?? '';
      const address = formatAttached('comment', formatAddress('role', [name]), null);
      return { provides: [], alters: [role(name)], declares: [{ address, offset: 0, named: false }] };
    },
  },
  {
    node: 'CreateRoleStmt',
    problem,
    read: (node) => {
      const name = str(node, 'role');
      return {
        provides: [role(name)],
        declares: [
          { address: formatAddress('role', [name]), offset: 0, named: true },
          ...memberships(node, name).map((address) => ({ address, offset: 0, named: true })),
        ],
      };
    },
  },
  {
    node: 'AlterRoleStmt',
    problem,
    read: (node) => {
      const name = roleName(child(node, 'role'));
      return { provides: [], alters: [role(name)], declares: [{ address: formatAddress('role', [name]), offset: 0, named: false }] };
    },
  },
];
