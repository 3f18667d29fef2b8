/** What it costs to write a table anew under a lock, in words for hazards; knows no statement. */
import type { Address } from '../../core/address.js';
import type { OperationContext } from '../kind.js';

/** About what a server writes in a second, indexes included. */
const BYTES_PER_SECOND = 80_000_000;

/** ": about 1000000 rows in 4200 MB, which takes about 53 s"; empty where it is not known how large the table is. */
export function rewriteCost(table: Address, context: OperationContext): string {
  const size = context.size(table);
  if (size === null || size.rows < 0) return '';
  const seconds = Math.max(1, Math.round(size.bytes / BYTES_PER_SECOND));
  const megabytes = Math.max(1, Math.round(size.bytes / 1_000_000));
  return `: about ${size.rows} rows in ${megabytes} MB, which takes about ${seconds} s`;
}

/** Why there is no other way to a stored generated column, and what comes near (see docs/decisions/0021). */
export function onlyWay({ major }: Pick<OperationContext, 'major'>): string {
  const near = 'a plain column with a backfill, which a trigger of your own keeps';
  return `PostgreSQL has no way to one that keeps the table readable${major < 18 ? `; ${near}, has the same values` : `; a virtual one writes nothing, and ${near}, has the same values`}`;
}
