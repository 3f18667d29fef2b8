/**
 * Changes a type that PostgreSQL cannot alter: the old one steps aside under another name, the new one takes its name, the columns
 * move over, the old one goes. Runs no SQL and knows no type kind.
 */
import type { Address } from '../core/address.js';
import type { SchemaObject } from '../core/object.js';
import { textOf } from './attribute-values.js';
import type { Alteration, Hazard, Operation, OperationContext, SetChange } from './kind.js';
import { quoteIdent, quoteName } from './quote.js';
import { type Holder, holdersOf, leavingHolders, typesOnTop } from './type-holders.js';

export interface SwapOptions {
  /** How ALTER and DROP name it. */
  readonly word: 'TYPE' | 'DOMAIN';
  readonly create: readonly Operation[];
  /** Statements that move what the type brought along out of the way; `aside` is the old type's new name. */
  readonly clear?: (aside: string) => readonly Operation[];
  /** Expression that turns a value of the old type into one of `type`, the new type or an array of it; null: there is none. */
  readonly convert: (column: string, type: string) => string | null;
  /** Other types that it brings along (a multirange). */
  readonly companions?: readonly string[];
  readonly hazards?: readonly Hazard[];
}

const UNDO = { reason: 'the old type is gone, and values may not have a place in it' };

/** `replace` when no column holds its values, or when a type on top of it or a value without a conversion stands in the way. */
export function swapType({ before }: SetChange, context: OperationContext, options: SwapOptions): Alteration {
  const holders = holdersOf(before, context, options.companions);
  const moves = holders.filter(({ inherited }) => !inherited).map((holder) => ({ holder, move: moveColumn(holder, context, options) }));
  if (holders.length === 0 || typesOnTop(before, context.current).length > 0 || moves.some(({ move }) => move === null)) return 'replace';

  const aside = asideName(before, context);
  const asideParts = [...before.parts.slice(0, -1), aside];
  const defaults = holders.flatMap(({ object }) => context.children(context.current, object.address, 'default'));
  const tables = new Map<Address, string[]>();
  for (const { holder, move } of moves) tables.set(holder.table.address, [...(tables.get(holder.table.address) ?? []), move ?? '']);

  const operations: Operation[] = [
    ...holders.flatMap((holder) => dropDefault(holder, context)),
    { sql: `ALTER ${options.word} ${quoteName(before.parts)} RENAME TO ${quoteIdent(aside)}`, undo: UNDO, hazards: options.hazards ?? [] },
    ...(options.clear?.(aside) ?? []),
    ...options.create,
    ...[...tables].map(([table, actions]) => rewrite(table, actions, context)),
    ...holders.flatMap((holder) => restoreDefault(holder, context)),
    { sql: `DROP ${options.word} ${quoteName(asideParts)}`, undo: UNDO },
  ];
  // What else depends on the type (functions, views, checks, predicates, domain constraints, comment, owner …) the planner drops before and makes again
  // after: its text names the type, and an expression that was parsed against the old type would not match the new one.
  const handles = [...holders.map(({ object }) => object.address), ...defaults.map(({ address }) => address)];
  return { operations, disturbs: true, handles, follows: leavingHolders(before, context, options.companions) };
}

function moveColumn({ object, type }: Holder, context: OperationContext, options: SwapOptions): string | null {
  const column = quoteIdent(object.parts.at(-1) ?? '');
  const using = context.hint(object.address, 'using') ?? options.convert(column, type);
  return using === null ? null : `ALTER COLUMN ${column} TYPE ${type} USING ${using}`;
}

/** All columns of a table in one statement: one rewrite. */
function rewrite(table: Address, actions: readonly string[], context: OperationContext): Operation {
  const name = quoteName(context.current.get(table)?.parts ?? []);
  return {
    sql: `ALTER TABLE ${name} ${actions.join(', ')}`,
    lock: { mode: 'ACCESS EXCLUSIVE', address: table },
    hazards: [{ code: 'table-rewrite', address: table, message: `${name} is written anew under a lock that blocks reads and writes` }],
    dependsOnData: true,
    undo: UNDO,
  };
}

/** A default's expression holds values of the old type. ONLY: a partition may have a default of its own. */
function dropDefault({ object, table }: Holder, context: OperationContext): readonly Operation[] {
  if (context.children(context.current, object.address, 'default').length === 0) return [];
  return [alterDefault(object, table, 'DROP DEFAULT')];
}

/** A default that the plan changes anyhow is set by its own statement, one that it drops stays away. */
function restoreDefault({ object, table }: Holder, context: OperationContext): readonly Operation[] {
  return context.children(context.desired, object.address, 'default').flatMap((value) => {
    const expression = textOf(value, 'expression');
    if (expression === null || !context.current.has(value.address) || context.isChanged(value.address)) return [];
    return [alterDefault(object, table, `SET DEFAULT ${expression}`)];
  });
}

function alterDefault(column: SchemaObject, table: SchemaObject, action: string): Operation {
  return {
    sql: `ALTER TABLE ONLY ${quoteName(table.parts)} ALTER COLUMN ${quoteIdent(column.parts.at(-1) ?? '')} ${action}`,
    lock: { mode: 'ACCESS EXCLUSIVE', address: table.address },
    undo: UNDO,
  };
}

/** "<name>__old", or with a number where that is taken. */
function asideName(type: SchemaObject, context: OperationContext): string {
  const [schema, name = ''] = type.parts;
  const taken = new Set<string>();
  for (const state of [context.current, context.desired]) {
    for (const { parts } of state.values()) if (parts[0] === schema && parts.length === 2) taken.add(parts[1] ?? '');
  }
  for (let n = 1; ; n += 1) {
    const suffix = n === 1 ? '__old' : `__old${n}`;
    // PostgreSQL cuts off after 63 bytes; cut whole characters before.
    let stem = name;
    while (Buffer.byteLength(stem) > 63 - suffix.length) stem = [...stem].slice(0, -1).join('');
    if (!taken.has(stem + suffix)) return stem + suffix;
  }
}
