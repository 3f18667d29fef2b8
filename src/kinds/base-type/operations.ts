/** The statements that make a base type whole and change it; what PostgreSQL cannot alter is a new type, with all that uses it. */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import { ALTERABLE, alterBaseType, createBaseType } from '../base-type-statement.js';
import type { Alteration, Operation, OperationContext, SetChange } from '../kind.js';
import { SUPERUSER } from '../requirements.js';
import { createShellAndFunctions, dropWithFunctions, functionsOf } from '../type-shell.js';

export function create(object: SchemaObject, context: OperationContext): readonly Operation[] {
  const functions = functionsOf(object, context.desired);
  const back = [dropWithFunctions(object, functions), ...createShellAndFunctions(object, functions)];
  return createBaseType(object).map((sql, index) => ({ sql, requires: SUPERUSER, undo: { sql: index === 0 ? back : [] } }));
}

export function alter({ before, after, changed }: SetChange): Alteration {
  const names = ALTERABLE.filter((name) => changed.has(name));
  if (names.length < changed.size) return 'replace';
  const isMoved = changed.has('storage');
  const [from, to] = [textOf(before, 'storage'), textOf(after, 'storage')];
  // Rows may hold values that are stored elsewhere.
  if (isMoved && to === 'plain') return 'replace';
  // The owner may choose among the others; the rest the server trusts to superusers alone.
  const isOwners = names.length === 1 && isMoved && from !== 'plain';
  const isFinal = isMoved && from === 'plain';
  return {
    operations: [
      {
        sql: alterBaseType(after, names),
        ...(isOwners ? {} : { requires: SUPERUSER }),
        undo: isFinal
          ? { reason: 'PostgreSQL does not take a type back to STORAGE = plain' }
          : { sql: [alterBaseType({ ...before, parts: after.parts }, names)] },
      },
    ],
  };
}
