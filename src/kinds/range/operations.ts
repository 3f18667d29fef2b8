/** The statements that make a range type and put another in its place. */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Alteration, Operation, OperationContext, SetChange } from '../kind.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteIdent, quoteName } from '../quote.js';
import { createRange } from '../range-statement.js';
import { createShellAndFunctions, dropWithFunctions, functionsOf } from '../type-shell.js';
import { swapType } from '../type-swap.js';

/** Its canonical function takes and gives its values, and so needs the type as the type needs it. */
export const hasShell = (object: SchemaObject): boolean => textOf(object, 'canonical') !== null;

export function create(object: SchemaObject, context: Pick<OperationContext, 'desired'>): readonly Operation[] {
  const functions = functionsOf(object, context.desired);
  const undo = hasShell(object)
    ? [dropWithFunctions(object, functions), ...createShellAndFunctions(object, functions)]
    : [`DROP TYPE ${quoteName(object.parts)}`];
  return [{ sql: createRange(object), undo: { sql: undo } }];
}

export function alter(change: SetChange, context: OperationContext): Alteration {
  const { before, after, changed } = change;
  const old = textOf(before, 'multirange') ?? '';
  const wanted = textOf(after, 'multirange') ?? old;
  if (changed.size === 1 && changed.has('multirange')) {
    const [schema, name] = namePartsOf(wanted);
    const [oldSchema, oldName] = namePartsOf(old);
    const operations: Operation[] = [];
    let at = old;
    if (schema !== oldSchema && schema !== undefined) {
      operations.push(move(old, schema, oldName ?? '', oldSchema ?? ''));
      at = quoteName([schema, oldName ?? '']);
    }
    if (name !== oldName && name !== undefined) {
      operations.push({
        sql: `ALTER TYPE ${at} RENAME TO ${quoteIdent(name)}`,
        undo: { sql: [`ALTER TYPE ${wanted} RENAME TO ${quoteIdent(oldName ?? '')}`] },
      });
    }
    return { operations };
  }
  // The function cannot be made again before the old type is gone.
  if (hasShell(before) || hasShell(after)) return 'replace';
  return swapType(change, context, {
    word: 'TYPE',
    create: create(after, context),
    clear: (aside) => clear(before, aside),
    convert: (column, type) => `${column}::text${type.endsWith('[]') ? '[]' : ''}::${multirangeFor(type, old, wanted)}`,
    companions: [old],
  });
}

function move(type: string, schema: string, name: string, back: string): Operation {
  return {
    sql: `ALTER TYPE ${type} SET SCHEMA ${quoteIdent(schema)}`,
    undo: { sql: [`ALTER TYPE ${quoteName([schema, name])} SET SCHEMA ${quoteIdent(back)}`] },
  };
}

function multirangeFor(type: string, old: string, wanted: string): string {
  return type === old || type === `${old}[]` ? wanted + type.slice(old.length) : type;
}

/** The multirange and the constructor functions do not follow a rename of the range, and stand in the way of the new ones. */
function clear(before: SchemaObject, aside: string): readonly Operation[] {
  const undo = { reason: 'part of a change of the type that cannot be undone' };
  const subtype = textOf(before, 'subtype') ?? '';
  const multirange = textOf(before, 'multirange') ?? '';
  const asideMultirange = `${aside.slice(0, 52)}_multirange`;
  return [
    { sql: `ALTER TYPE ${multirange} RENAME TO ${quoteIdent(asideMultirange)}`, undo },
    { sql: `ALTER FUNCTION ${quoteName(before.parts)}(${subtype}, ${subtype}) RENAME TO ${quoteIdent(aside)}`, undo },
    { sql: `ALTER FUNCTION ${quoteName(before.parts)}(${subtype}, ${subtype}, text) RENAME TO ${quoteIdent(aside)}`, undo },
    { sql: `ALTER FUNCTION ${multirange}() RENAME TO ${quoteIdent(asideMultirange)}`, undo },
  ];
}
