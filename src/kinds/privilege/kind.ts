/** What one role (or PUBLIC, or the owner) may do with one object, where that is not what PostgreSQL gives by itself. */
import type { AttributeClass, Kind } from '../kind.js';
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
  sql: statementRules,
  yaml,
};
