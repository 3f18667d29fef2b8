/** Who uses a type: the columns that hold its values, and the types that are built on it. Knows both only by their attributes. */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { textOf } from './attribute-values.js';
import type { OperationContext } from './kind.js';
import { lastingParents } from './lineage.js';
import { quoteName } from './quote.js';

/** A column of a table. */
export interface Holder {
  readonly object: SchemaObject;
  readonly table: SchemaObject;
  /** Its type as it is written: "app.color", "app.color[]". */
  readonly type: string;
  /** Follows the same column of the table that this one inherits from or is a partition of. */
  readonly inherited: boolean;
}

/**
 * The columns that hold values of the type, or arrays of it, and that the plan keeps. A column is known by its shape: it has a data
 * type, it depends on the type and it lives in something else than the type.
 */
export function holdersOf(type: SchemaObject, context: OperationContext, companions: readonly string[] = []): readonly Holder[] {
  const found = allHolders(type, context, companions).filter(({ object }) => !context.isDropped(object.address));
  return found.map((holder) => ({ ...holder, inherited: found.some((other) => inherits(holder, other, context)) }));
}

function allHolders(type: SchemaObject, context: OperationContext, companions: readonly string[]): readonly Omit<Holder, 'inherited'>[] {
  const names = new Set([quoteName(type.parts), ...companions]);
  const found: Omit<Holder, 'inherited'>[] = [];
  for (const object of context.current.values()) {
    if (object.parent === null || object.parent === type.address || !object.dependsOn.includes(type.address)) continue;
    const held = textOf(object, 'type');
    const table = context.current.get(object.parent);
    if (held === null || table === undefined || !names.has(held.replace(/(\[\])+$/, ''))) continue;
    found.push({ object, table, type: held });
  }
  return found;
}

/** The columns with its values, its own or those of types on top of it, that the plan drops: the old type is held as long as they are there. */
export function leavingHolders(type: SchemaObject, context: OperationContext, companions: readonly string[] = []): readonly Address[] {
  const own = allHolders(type, context, companions).map(({ object }) => object.address);
  return [
    ...own.filter((address) => context.isDropped(address)),
    ...typesOnTop(type, context.current).flatMap((other) => leavingHolders(other, context)),
  ];
}

/** Whether `one` is the same column as `other` in a table below: PostgreSQL changes both together. */
function inherits(one: Omit<Holder, 'inherited'>, other: Omit<Holder, 'inherited'>, context: OperationContext): boolean {
  if (one.object.parts.at(-1) !== other.object.parts.at(-1)) return false;
  return lastingParents(context, one.table.address).includes(other.table.address);
}

/** Types built on this one: a domain over it, a range of it, a composite with a field of it. */
export function typesOnTop(type: SchemaObject, state: State): readonly SchemaObject[] {
  return [...state.values()].filter(
    ({ dependsOn, attributes }) =>
      dependsOn.includes(type.address) && ('base_type' in attributes || 'subtype' in attributes || 'fields' in attributes),
  );
}

/** Whether a column holds its values, itself or through types on top of it. */
export function isHeld(type: SchemaObject, context: OperationContext, companions: readonly string[] = []): boolean {
  if (holdersOf(type, context, companions).length > 0) return true;
  return typesOnTop(type, context.current).some((other) => isHeld(other, context));
}
