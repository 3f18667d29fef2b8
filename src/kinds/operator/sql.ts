/** How SQL files declare an operator. */
import { formatAddress } from '../../core/address.js';
import { child, inSchema, nameListRef, objectWithArgs, option, str, typeNameText } from '../ast.js';
import type { Ast, StatementContext, StatementRule } from '../kind.js';

/** An operand is a type; "SETOF" and words that are no type make the server refuse the statement. */
function operand(node: Ast, name: string, context: StatementContext): string {
  const type = option(node, 'definition', name);
  return type?.tag === 'TypeName' ? typeNameText(type.node, context.creationSchema) : 'NONE';
}

export const statements: readonly StatementRule[] = [
  {
    node: 'DefineStmt',
    applies: (node) => str(node, 'kind') === 'OBJECT_OPERATOR',
    read(node, context) {
      const ref = nameListRef(node, 'defnames', 'operator');
      const signature = `(${operand(node, 'leftarg', context)}, ${operand(node, 'rightarg', context)})`;
      const address = formatAddress('operator', inSchema(ref, context.creationSchema), signature);
      return { provides: [ref], declares: [{ address, offset: 0, named: true }] };
    },
  },
  {
    node: 'AlterOperatorStmt',
    read(node, context) {
      const { ref, signature } = objectWithArgs(child(node, 'opername') ?? {}, context.creationSchema, 'operator');
      const address = formatAddress('operator', inSchema(ref, context.creationSchema), signature ?? '');
      return { provides: [], alters: [ref], declares: [{ address, offset: 0, named: false }] };
    },
  },
];
