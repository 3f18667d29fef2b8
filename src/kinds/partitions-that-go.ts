/** Whether a partitioned table loses its last partitions; knows no statement. */
import { type Address, formatAddress } from '../core/address.js';
import type { State } from '../core/object.js';
import { childTables, partitionParent } from './lineage.js';

/**
 * The partitions of a table that is left with none. A new index of it is not valid as long as one is there that has no part of it, and no DROP and
 * no DETACH makes it so: it is made when they are gone.
 */
export function partitionsThatGo(
  table: Address,
  { current, desired }: { readonly current: State; readonly desired: State },
): readonly Address[] {
  const partitions = (state: State): readonly Address[] =>
    childTables(state, table).filter((child) => partitionParent(state, child) === table);
  if (partitions(desired).length > 0) return [];
  return partitions(current).flatMap((child) => [child, formatAddress('partition', current.get(child)?.parts ?? [])]);
}
