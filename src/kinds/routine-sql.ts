/** How SQL files declare functions and procedures. */
import { formatAddress } from '../core/address.js';
import { child, flag, inSchema, list, nameListRef, objectWithArgs, signatureText, str } from './ast.js';
import type { Ast, StatementContext, StatementMeaning, StatementRule } from './kind.js';

function creates(kind: string, node: Ast, context: StatementContext): StatementMeaning {
  const ref = nameListRef(node, 'funcname', 'routine');
  const signature = signatureText(list(node, 'parameters'), context.creationSchema);
  const address = formatAddress(kind, inSchema(ref, context.creationSchema), signature);
  return { provides: [ref], declares: [{ address, offset: 0, named: true }], repeatable: flag(node, 'replace') };
}

/** ALTER of one routine as ObjectWithArgs; the address is only known when its arguments are given. */
export function altersRoutine(kind: string, routine: Ast | null, context: StatementContext): StatementMeaning {
  if (routine === null) return { provides: [], declares: [] };
  const { ref, signature } = objectWithArgs(routine, context.creationSchema);
  const address = signature === null ? null : formatAddress(kind, inSchema(ref, context.creationSchema), signature);
  return { provides: [], alters: [ref], declares: address === null ? [] : [{ address, offset: 0, named: false }] };
}

/** The statement rules of functions ('OBJECT_FUNCTION') or procedures ('OBJECT_PROCEDURE'). */
export function routineRules(kind: string, objectType: string): readonly StatementRule[] {
  const isProcedure = objectType === 'OBJECT_PROCEDURE';
  // ALTER ROUTINE says neither; functions take it, and it only leads to the name.
  const isOurs = (type: string): boolean => type === objectType || (!isProcedure && type === 'OBJECT_ROUTINE');
  return [
    {
      node: 'CreateFunctionStmt',
      applies: (node) => flag(node, 'is_procedure') === isProcedure,
      read: (node, context) => creates(kind, node, context),
    },
    {
      node: 'AlterFunctionStmt',
      applies: (node) => isOurs(str(node, 'objtype')),
      read: (node, context) => altersRoutine(kind, child(node, 'func'), context),
    },
    {
      node: 'AlterObjectDependsStmt',
      applies: (node) => isOurs(str(node, 'objectType')),
      read: (node, context) => altersRoutine(kind, child(node, 'object'), context),
    },
  ];
}
