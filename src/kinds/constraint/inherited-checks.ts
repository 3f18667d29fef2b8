/** Checks that a table and its parents both have; knows no SQL. */
import { type Address, formatAddress } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import { childTables, inheritedTables } from '../lineage.js';

/** A check that a parent has as well is refused to go while the parent has it, and while the parent is one. */
export function inheritedChecks(check: SchemaObject, state: State): readonly Address[] {
  const table = check.parent ?? '';
  if (textOf(check, 'type') !== 'check') return [];
  const parents = inheritedTables(state, table).flatMap((parent) => sameCheck(check, parent, state) ?? []);
  return parents.length === 0 ? [] : [table, ...parents];
}

/** The checks of the same name that children have of their own: once the parent has it, theirs is there already. */
export function childrensChecks(check: SchemaObject, state: State): readonly Address[] {
  if (textOf(check, 'type') !== 'check' || flagOf(check, 'no_inherit')) return [];
  return childTables(state, check.parent ?? '').flatMap((child) => sameCheck(check, child, state) ?? []);
}

function sameCheck(check: SchemaObject, table: Address, state: State): Address | null {
  const owner = state.get(table);
  const found = state.get(formatAddress(check.kind, [...(owner?.parts ?? []), check.parts.at(-1) ?? '']));
  return found === undefined || flagOf(found, 'no_inherit') ? null : found.address;
}
