/** How SQL files declare settings of the database, by whatever name they call it, and of roles in it. */
import { child, roleName, str } from '../ast.js';
import { aboutThisDatabase, roleRef, settingAddress, settingProblem } from '../kept-settings.js';
import type { Ast, StatementContext, StatementMeaning, StatementRule } from '../statement-rule.js';

/** Where the name of the database stands among the tokens: ALTER DATABASE name, ALTER ROLE role IN DATABASE name. */
const AFTER_DATABASE = 2;
const AFTER_IN_DATABASE = 5;

function meaning(node: Ast, role: string | null, database: string, place: number, context: StatementContext): StatementMeaning {
  return {
    provides: [],
    alters: roleRef(role),
    declares: [{ address: settingAddress('database_setting', node, role), offset: 0, named: true }],
    database,
    scratch: aboutThisDatabase(context.text, place),
  };
}

export const statementRules: readonly StatementRule[] = [
  {
    node: 'AlterDatabaseSetStmt',
    problem: settingProblem,
    read: (node, context) => meaning(node, null, str(node, 'dbname'), AFTER_DATABASE, context),
  },
  {
    node: 'AlterRoleSetStmt',
    applies: (node) => str(node, 'database') !== '',
    problem: settingProblem,
    // ALTER ROLE ALL IN DATABASE is ALTER DATABASE.
    read: (node, context) =>
      meaning(node, 'role' in node ? roleName(child(node, 'role')) : null, str(node, 'database'), AFTER_IN_DATABASE, context),
  },
];
