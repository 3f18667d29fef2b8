/** What one role (or PUBLIC, or the owner) may do with one object, where that is not what PostgreSQL gives by itself. */
import { textOf } from '../attribute-values.js';
import type { AttributeClass, Kind } from '../kind.js';
import { privilegesPin } from '../pins.js';
import { query } from './catalog.js';
import { alter, create, drop, grantedAfter } from './operations.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

const attributes: { readonly [name: string]: AttributeClass } = {
  grantee: 'exact',
  column: 'exact',
  privileges: 'exact',
  granted_by: 'exact',
  // What the grantee has without any GRANT, and the owner's real name: both follow from the target.
  usual: 'unhashed',
  owner: 'unhashed',
};

export const kind: Kind = {
  name: 'privilege',
  rank: 90,
  presence: 'declared',
  query,
  attributes,
  reference: (privilege) => `PRIVILEGES ON ${privilege.parent ?? ''}`,
  create,
  alter,
  drop,
  after: grantedAfter,
  // The list that it is in, which whoever may grant may write; the list of a column, which may be none yet, goes with its table.
  pin: (privilege, state, { grantReference }) => {
    const parent = textOf(privilege, 'column') === null ? state.get(privilege.parent ?? '') : undefined;
    const on = parent === undefined || parent.kind === 'column' ? null : grantReference(parent);
    // Whoever may grant it may, without owning what it is on.
    return on === null ? null : { ...privilegesPin(on), requires: [] };
  },
  sql: statementRules,
  yaml,
};
