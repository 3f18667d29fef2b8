/** By which columns the rows of a table are told apart: keys and unique indexes, as far as they hold for all rows. Knows no statement. */
import type { SchemaObject, State } from '../core/object.js';
import { flagOf, recordsOf, textOf, textsOf } from './attribute-values.js';
import type { OperationContext } from './kind.js';

export interface UniqueKey {
  readonly object: SchemaObject;
  /** 0: the primary key, 1: a unique constraint, 2: a unique index. */
  readonly rank: number;
  /** Columns; of an index over expressions their texts, which name no column. */
  readonly names: readonly string[];
}

/** In no particular order; those that are temporal, partial or not valid are left out. */
export function uniqueKeys(table: SchemaObject, state: State, context: Pick<OperationContext, 'children'>): readonly UniqueKey[] {
  return context.children(state, table.address).flatMap((object): readonly UniqueKey[] => {
    const type = textOf(object, 'type');
    if (type === 'primary' || type === 'unique')
      return flagOf(object, 'without_overlaps') ? [] : [{ object, rank: type === 'primary' ? 0 : 1, names: textsOf(object, 'columns') }];
    if (!flagOf(object, 'unique') || !flagOf(object, 'valid') || textOf(object, 'predicate') !== null) return [];
    return [{ object, rank: 2, names: recordsOf(object, 'elements').map(({ expression }) => unquoted(String(expression))) }];
  });
}

const unquoted = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name);
