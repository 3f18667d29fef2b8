/** The same column in a parent and below it: which brings which, and in what order they are made and dropped. */
import type { Address } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { flagOf } from '../attribute-values.js';
import type { OperationContext } from '../kind.js';
import { childTables, inheritedTables, lastingParents, partitionParent, sameColumn } from '../lineage.js';
import { tableOf } from './definition.js';

/**
 * A partition's column comes after its parent's, which brings it. A child's own column of the same name comes before the parent's,
 * which then merges with it: afterwards it would be refused as a duplicate.
 */
export function localCopies(column: SchemaObject, state: State): readonly Address[] {
  const table = column.parent ?? '';
  const partitioned = partitionParent(state, table);
  const source = partitioned === null ? undefined : sameColumn(state, partitioned, column);
  if (source !== undefined) return [source.address];
  return childTables(state, table).flatMap((child) => {
    const copy = partitionParent(state, child) === null ? sameColumn(state, child, column) : undefined;
    return copy === undefined || flagOf(copy, 'inherited') || copy.dependsOn.includes(column.address) ? [] : [copy.address];
  });
}

/** Whether the statement on a parent's column makes or removes this one: always for partitions, and where nothing else declares it. */
export function comesWithParent(column: SchemaObject, context: OperationContext): boolean {
  const parents = lastingParents(context, tableOf(column));
  if (parents.length === 0) return false;
  return partitionParent(context.desired, tableOf(column)) !== null || flagOf(column, 'inherited');
}

/** Its own copy below a parent is refused to go while the parent has one, and while the parent is one. */
export function inheritedCopies(column: SchemaObject, state: State): readonly Address[] {
  const table = column.parent ?? '';
  const parents = inheritedTables(state, table).flatMap((parent) => sameColumn(state, parent, column)?.address ?? []);
  return parents.length === 0 ? [] : [table, ...parents];
}

/** The same column in all tables below. */
export function sameBelow(column: SchemaObject, state: State): readonly Address[] {
  return childTables(state, tableOf(column)).flatMap((child) => {
    const copy = sameColumn(state, child, column);
    return copy === undefined ? [] : [copy.address, ...sameBelow(copy, state)];
  });
}
