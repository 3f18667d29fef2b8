/** A privilege that an apply needs, with who needs it: plain data. */
import type { RowAt } from '../catalog/rows-at.js';

/** A privilege that is needed, and by what: steps, the ledger. */
export interface Need {
  readonly privilege: string;
  readonly role: string;
  readonly on: RowAt | { readonly role: string } | 'database' | null;
  readonly by: readonly string[];
}
