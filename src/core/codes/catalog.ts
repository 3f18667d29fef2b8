/** Diagnostics SC4xxx: reading and coverage of a catalog. */
import type { CodeEntry } from './entry.js';

export const CATALOG: Readonly<Record<string, CodeEntry>> = {
  SC4001: {
    title: 'the catalog changed while it was read',
    hint: 'wait for the other session that changes the schema, then run again',
  },
  SC4003: {
    title: 'objects that schemactl does not manage yet',
    hint: 'look after them by other means',
  },
};
