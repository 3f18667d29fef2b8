/** What it costs to write a table anew under a lock, in words for hazards; knows no statement. */
import type { Address } from '../core/address.js';
import type { OperationContext } from './kind.js';

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
