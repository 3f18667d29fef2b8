/** What is in the way of a second column that takes the place of one with another type, and what has to be built beside for it. Writes no statement. */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { OperationContext, SetChange } from '../kind.js';
import { columnName, tableOf } from './definition.js';
import { familyObstacle } from './retype-family.js';

/** Attributes that the new column is simply made with. */
const WITH_IT = new Set([
  'type',
  'collation',
  'storage',
  'compression',
  'statistics_target',
  'options',
  'not_null',
  'not_null_valid',
  'not_null_inherit',
  'not_null_name',
]);

/** Null: nothing is in the way. */
export function obstacle({ before, after, changed }: SetChange, table: SchemaObject, context: OperationContext): string | null {
  const other = [...changed].find((name) => !WITH_IT.has(name));
  if (other !== undefined) return `its ${other.replaceAll('_', ' ')} changes too`;
  if (textOf(before, 'generated') !== null || textOf(after, 'generated') !== null) return 'it is computed from other columns';
  const computed = context
    .children(context.current, table.address, 'column')
    .find((each) => textOf(each, 'generated') === 'stored' && each.dependsOn.includes(before.address));
  if (computed !== undefined) return `${columnName(computed)} is computed from it and would be written anew`;
  const family = familyObstacle({ before, after, changed }, table, context);
  if (family !== null) return family;
  if (textOf(table, 'of_type') !== null) return 'its table is one of a type';
  return null;
}

/** What is built beside; whatever else leans on the column is quickly made again. A text: why that is not possible. */
export function besides(column: SchemaObject, context: OperationContext): readonly SchemaObject[] | string {
  const names = { from: column.parts.at(-1) ?? '', to: column.parts.at(-1) ?? '' };
  // Making an index anew takes long; a sequence that counts for the column must not lose its place.
  const indexes = context
    .children(context.current, tableOf(column))
    .filter((each) => each.dependsOn.includes(column.address) && typeof each.attributes.valid === 'boolean');
  const found: SchemaObject[] = context
    .children(context.current, column.address, 'sequence')
    .filter((each) => context.beside(each, names) !== null);
  if (context.children(context.current, column.address, 'sequence').length > found.length) return 'it stops to number itself';
  for (const index of indexes) {
    if (context.isDropped(index.address)) continue;
    if (context.isChanged(index.address)) return `${index.address} changes too`;
    if (context.beside(index, names) === null) return `${index.address} cannot be built beside itself`;
    found.push(index);
  }
  return found;
}
