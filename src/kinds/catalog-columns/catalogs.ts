/** The whole ledger: every catalog of PostgreSQL that holds schema, with what was decided about each of its columns. */
import { behaviour } from './behaviour.js';
import { cluster } from './cluster.js';
import { constraints } from './constraints.js';
import { database } from './database.js';
import type { LedgerCatalog } from './ledger.js';
import { operators } from './operators.js';
import { outside } from './outside.js';
import { relations } from './relations.js';
import { routines } from './routines.js';
import { textSearch } from './text-search.js';
import { types } from './types.js';

export const schemaCatalogs: readonly LedgerCatalog[] = [
  ...relations,
  ...constraints,
  ...types,
  ...routines,
  ...operators,
  ...behaviour,
  ...textSearch,
  ...outside,
  ...database,
  ...cluster,
];
