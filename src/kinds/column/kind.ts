/** Columns of tables: type, nullability, generation and storage; the default and the identity are kinds of their own. */
import type { Kind } from '../kind.js';
import { quoteName } from '../quote.js';
import { attributes, query } from './catalog.js';
import { drop } from './drop.js';
import { needsTableAnew } from './generation.js';
import { inheritedCopies, localCopies, sameBelow } from './inheritance.js';
import { afterInline, alter, create, inline, rename } from './lifecycle.js';
import { renameOnline } from './rename-online.js';
import { retypeOnline } from './retype-online.js';
import { yaml } from './yaml.js';

export const kind: Kind = {
  name: 'column',
  rank: 51,
  attributes,
  heldIn: `pg_catalog.pg_class where oid >= 16384 and relkind in ('r', 'p') and relpersistence <> 't'`,
  query,
  named: ({ parts }) => ({ schema: parts[0] ?? '', relation: parts[1] ?? '', column: parts[2] ?? '' }),
  reference: (column) => `COLUMN ${quoteName(column.parts)}`,
  create,
  inline,
  afterInline,
  alter,
  needsParentAnew: needsTableAnew,
  // A column that only its parent brought becomes one of its own table.
  outlives: (column, on) => on.kind === column.kind && on.parent !== column.parent,
  drop,
  rename,
  renamedWith: sameBelow,
  renameSlowly: renameOnline,
  remake: retypeOnline,
  after: localCopies,
  dropsAfter: inheritedCopies,
  yaml,
};
