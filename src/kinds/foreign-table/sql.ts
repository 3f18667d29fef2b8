/** How SQL files declare foreign tables; their checks are constraints, which are addressed below them. */
import { formatAddress } from '../../core/address.js';
import { child, flag, inSchema, list, rangeVarRef, str } from '../ast.js';
import type { Ast, Declared, StatementContext, StatementRule } from '../kind.js';
import { altersRelation } from '../relation-statement.js';

function checks(base: Ast, parts: readonly string[], context: StatementContext): readonly Declared[] {
  const elements = [...list(base, 'tableElts'), ...list(base, 'constraints')];
  const constraints = elements.flatMap((element) => (element.tag === 'ColumnDef' ? list(element.node, 'constraints') : [element]));
  return constraints
    .filter(({ node }) => str(node, 'contype') === 'CONSTR_CHECK' && str(node, 'conname') !== '')
    .map(({ node }) => ({
      address: formatAddress('constraint', [...parts, str(node, 'conname')]),
      offset: context.offsetOf(typeof node.location === 'number' ? node.location : undefined),
      named: true,
    }));
}

export const statements: readonly StatementRule[] = [
  {
    node: 'CreateForeignTableStmt',
    read(node, context) {
      // Through pg-query the table part is a field of its own; some versions wrap it in CreateStmt.
      const base = child(node, 'base') ?? child(node, 'baseStmt') ?? {};
      const relation = child(base, 'relation');
      const ref = rangeVarRef(relation);
      const parts = inSchema(ref, context.creationSchema);
      const offset = context.offsetOf(typeof relation?.location === 'number' ? relation.location : undefined);
      const parents = list(base, 'inhRelations').map((parent) => rangeVarRef(parent.node));
      return {
        provides: [ref, { ...ref, space: 'type' }],
        alters: [{ space: 'other', schema: null, name: str(node, 'servername') }, ...parents],
        declares: [{ address: formatAddress('foreign_table', parts), offset, named: true }, ...checks(base, parts, context)],
        repeatable: flag(base, 'if_not_exists'),
      };
    },
  },
  altersRelation('foreign_table', 'OBJECT_FOREIGN_TABLE'),
];
