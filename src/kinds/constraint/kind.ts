/** Table constraints: keys, foreign keys, checks, exclusions; knows nothing of other kinds. */
import { formatAddress } from '../../core/address.js';
import { textOf, textsOf } from '../attribute-values.js';
import type { Kind } from '../kind.js';
import { isDetachedFrom } from '../lineage.js';
import { partitionsThatGo } from '../partitions-that-go.js';
import { relationPin } from '../pins.js';
import { quoteIdent, quoteName } from '../quote.js';
import { leanOn, markInvalid, withoutTablespace } from '../seed-catalog.js';
import { rowsOf } from '../table-rows.js';
import { attributes, query } from './catalog.js';
import { detachedBefore } from './copies.js';
import { childrensChecks, inheritedChecks } from './inherited-checks.js';
import { keysFor, referredTable } from './keys.js';
import { alter, beside, create, drop, inline, rename } from './operations.js';
import { hasIndex, nameOfConstraint, tableOf } from './sql.js';
import { yaml } from './yaml.js';

export const kind: Kind = {
  name: 'constraint',
  rank: 54,
  choosesName: true,
  attributes,
  rebuilt: true,
  outlives: isDetachedFrom,
  heldIn: 'pg_catalog.pg_constraint where oid >= 16384 and conrelid <> 0',
  query,
  // The index of a key or an exclusion has the constraint's name, and a table has one primary key.
  namespace: (object) => [
    ...(hasIndex(object) ? [`relation ${quoteName([object.parts[0] ?? '', nameOfConstraint(object)])}`] : []),
    ...(textOf(object, 'type') === 'primary' ? [`primary key of ${tableOf(object)}`] : []),
  ],
  reference: (object) => `CONSTRAINT ${quoteIdent(nameOfConstraint(object))} ON ${tableOf(object)}`,
  create,
  inline,
  alter,
  beside,
  drop,
  leavesRetired: (object) => textOf(object, 'type') === 'foreign',
  rename,
  seeding: {
    substitute: withoutTablespace,
    overlay: (object) => {
      const key = textOf(object, 'key');
      return [
        ...(object.attributes.valid === false ? [markInvalid([object.parts[0] ?? '', nameOfConstraint(object)])] : []),
        // It takes the oldest key that fits, and which one that is hangs on the order in which they were made.
        ...(key === null ? [] : [leanOn(nameOfConstraint(object), tableOf(object), key)]),
      ];
    },
  },
  // ALTER INDEX locks the index of a key only; what has none, or a partitioned one, is a part of its table.
  pin: (object) =>
    hasIndex(object) && textOf(object, 'relation') !== 'partitioned'
      ? relationPin(`INDEX ${quoteName([object.parts[0] ?? '', nameOfConstraint(object)])}`)
      : null,
  // ADD PRIMARY KEY on columns that are not NOT NULL yet would scan the table under its lock.
  after: (object, state) => {
    const type = textOf(object, 'type');
    if (type === 'primary')
      return textsOf(object, 'columns').map((column) => formatAddress('column', [...object.parts.slice(0, 2), column]));
    // A table that is logged may only refer to one that is logged as well. A key that is built anew is dropped for a moment: as long as the
    // old one is there the server may take it, whichever the foreign key leans on in the end.
    if (type === 'foreign') return [referredTable(object), ...keysFor(object, state)];
    // Rows that are changed for the sake of a check or a key are changed first; and a child's own check, which the parent's then merges with.
    return [...rowsOf(state, object.parent), ...childrensChecks(object, state)];
  },
  // The server may take a key that is about to go, too; and a partition that is detached keeps a copy, which may be in the way.
  afterDrops: (object, states) => {
    if (textOf(object, 'type') === 'foreign') return [...keysFor(object, states.current), ...detachedBefore(object, states)];
    return textOf(object, 'relation') === 'partitioned' && hasIndex(object) ? partitionsThatGo(object.parent ?? '', states) : [];
  },
  dropsAfter: inheritedChecks,
  yaml,
};
