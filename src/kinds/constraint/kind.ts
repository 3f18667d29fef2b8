/** Table constraints: keys, foreign keys, checks, exclusions; knows nothing of other kinds. */
import { formatAddress } from '../../core/address.js';
import { textOf, textsOf } from '../attribute-values.js';
import type { Kind } from '../kind.js';
import { relationPin } from '../pins.js';
import { quoteIdent, quoteName } from '../quote.js';
import { markInvalid, withoutTablespace } from '../seed-catalog.js';
import { attributes, query } from './catalog.js';
import { alter, create, drop, inline, rename } from './operations.js';
import { hasIndex, nameOfConstraint, tableOf } from './sql.js';
import { yaml } from './yaml.js';

export const kind: Kind = {
  name: 'constraint',
  rank: 54,
  choosesName: true,
  attributes,
  rebuilt: true,
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
  drop,
  rename,
  seeding: {
    substitute: withoutTablespace,
    overlay: (object) => (object.attributes.valid === false ? [markInvalid([object.parts[0] ?? '', nameOfConstraint(object)])] : []),
  },
  // ALTER INDEX locks the index of a key only; what has none, or a partitioned one, is a part of its table.
  pin: (object) =>
    hasIndex(object) && textOf(object, 'relation') !== 'partitioned'
      ? relationPin(`INDEX ${quoteName([object.parts[0] ?? '', nameOfConstraint(object)])}`)
      : null,
  // ADD PRIMARY KEY on columns that are not NOT NULL yet would scan the table under its lock.
  after: (object) =>
    textOf(object, 'type') === 'primary'
      ? textsOf(object, 'columns').map((column) => formatAddress('column', [...object.parts.slice(0, 2), column]))
      : [],
  yaml,
};
