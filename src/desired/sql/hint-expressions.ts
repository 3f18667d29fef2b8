/** Whether hints that say how values come about hold one SQL expression each; knows no kind, and not what its names mean. */
import type { Diagnostic } from '../../core/diagnostic.js';
import { list } from '../../kinds/ast.js';
import { downOf } from '../../kinds/down-hint.js';
import type { Hint } from '../declaration.js';
import { parseStatement } from './parse.js';

const EXPRESSIONS: ReadonlySet<string> = new Set(['using', 'backfill', 'down']);

/** What stands between the parentheses and would be more than an expression: `1), (2`, `1) from t where (true`. */
const MORE = [
  'fromClause',
  'whereClause',
  'groupClause',
  'havingClause',
  'windowClause',
  'sortClause',
  'lockingClause',
  'larg',
  'intoClause',
];

export async function expressionProblems(hints: readonly Hint[]): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const { name, value, span, address } of hints) {
    if (!EXPRESSIONS.has(name)) continue;
    const text = name === 'down' ? downOf(value)?.expression : value;
    const problem = text === undefined ? 'it names no column, as in "name = first || last"' : await problemOf(text);
    if (problem === null) continue;
    found.push({
      code: 'SC1024',
      severity: 'error',
      summary: `the hint ${name} holds no SQL expression: ${problem}`,
      hint: 'write an expression over the columns of the table, as in an UPDATE behind SET column =',
      address,
      span,
    });
  }
  return found;
}

async function problemOf(value: string): Promise<string | null> {
  // On a line of its own, so that a comment at its end takes nothing with it.
  const parsed = await parseStatement(`SELECT (${value}\n)`);
  if (!parsed.ok) return parsed.message;
  const isOne =
    parsed.tag === 'SelectStmt' && list(parsed.node, 'targetList').length === 1 && MORE.every((key) => parsed.node[key] === undefined);
  return isOne ? null : 'it is more than one';
}
