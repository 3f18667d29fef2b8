/** In which order the same column is made in a parent and below it. */
import type { Address } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { flagOf } from '../attribute-values.js';
import { childTables, partitionParent, sameColumn } from '../lineage.js';

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
