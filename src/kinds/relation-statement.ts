/** Statements on one relation that only mention it by a RangeVar, told apart by the object type that they name. */
import type { Address } from '../core/address.js';
import { formatAddress } from '../core/address.js';
import { child, inSchema, list, rangeVarRef, str } from './ast.js';
import type { Ast, StatementContext, StatementMeaning, StatementRule } from './kind.js';

/** The meaning of a statement that creates the relation of `rangeVar`. */
export function creates(kind: string, rangeVar: Ast | null, context: StatementContext, repeatable: boolean): StatementMeaning {
  const ref = rangeVarRef(rangeVar);
  const address = formatAddress(kind, inSchema(ref, context.creationSchema));
  const offset = context.offsetOf(rangeVar?.location as number | undefined);
  return { provides: [ref], declares: [{ address, offset, named: true }], repeatable };
}

/** AlterTableStmt that names this object type ("OBJECT_VIEW") and does more than change the owner. */
export function altersRelation(kind: string, objectType: string): StatementRule {
  return {
    node: 'AlterTableStmt',
    applies: (node) => str(node, 'objtype') === objectType && !isOwnerChange(node),
    read: (node, context) => {
      const ref = rangeVarRef(child(node, 'relation'));
      const address: Address = formatAddress(kind, inSchema(ref, context.creationSchema));
      return { provides: [], alters: [ref], declares: [{ address, offset: relationOffset(node, context), named: false }] };
    },
  };
}

/** Whether an AlterTableStmt consists of OWNER TO alone. */
export function isOwnerChange(node: Ast): boolean {
  const commands = list(node, 'cmds');
  return commands.length === 1 && commands[0] !== undefined && str(commands[0].node, 'subtype') === 'AT_ChangeOwner';
}

export function relationOffset(node: Ast, context: StatementContext): number {
  return context.offsetOf(child(node, 'relation')?.location as number | undefined);
}
