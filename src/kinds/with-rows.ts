/** Kinds that are asked for the rows of certain tables; names none. */
import type { RowSet } from '../core/row-set.js';
import type { Kind } from './kind.js';

/** Without sets, whatever stands in tables is not read. */
export function kindsWithRows(kinds: readonly Kind[], sets: readonly RowSet[]): readonly Kind[] {
  if (sets.length === 0) return kinds;
  return kinds.map((kind) => (kind.reading === undefined ? kind : { ...kind, contents: kind.reading(sets) }));
}
