/** What scratch runs of an operation; knows no kind. */
import type { Operation } from '../kinds/kind.js';

export function inScratch(operation: Operation): readonly string[] {
  return operation.scratch ?? [operation.sql];
}
