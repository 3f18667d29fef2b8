/** How SQL files declare an aggregate, the syntax from before PostgreSQL 8.2 (BASETYPE = …) included. */
import { formatAddress } from '../../core/address.js';
import { flag, inSchema, list, nameListRef, option, signatureText, str, typeNameText } from '../ast.js';
import type { Ast, StatementContext, StatementRule } from '../kind.js';

function signature(node: Ast, context: StatementContext): string {
  if (flag(node, 'oldstyle')) {
    const base = option(node, 'definition', 'basetype');
    const type = base?.tag === 'TypeName' ? typeNameText(base.node, context.creationSchema) : 'any';
    return type === 'any' || type === '"any"' ? '(*)' : `(${type})`;
  }
  // args is [the parameters or nothing for (*), the number of direct arguments].
  const parameters = list(node, 'args')
    .slice(0, 1)
    .filter(({ tag }) => tag === 'List');
  const text = signatureText(parameters, context.creationSchema);
  return text === '()' ? '(*)' : text;
}

export const statementRules: readonly StatementRule[] = [
  {
    node: 'DefineStmt',
    applies: (node) => str(node, 'kind') === 'OBJECT_AGGREGATE',
    read: (node, context) => {
      const ref = nameListRef(node, 'defnames', 'routine');
      const address = formatAddress('aggregate', inSchema(ref, context.creationSchema), signature(node, context));
      return { provides: [ref], declares: [{ address, offset: 0, named: true }], repeatable: flag(node, 'replace') };
    },
  },
];
