/**
 * What one role (or PUBLIC, or the owner) may do with one member of an extension, where that is not what the extension gave. The member is
 * the extension's and no object of its own, so it hangs on the extension:
 * member_privilege:extension:<name>@"function similarity(text, text) to <grantee>".
 */
import { type Address, formatAddress, formatAttached } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { textOf, textsOf } from '../attribute-values.js';
import type { AttributeClass, Kind } from '../kind.js';
import { columnQualifier } from '../named-target.js';
import { privilegesPin } from '../pins.js';
import { HELD_IN, query } from './catalog.js';
import { alter, create, drop, grantedAfter, grantedOn, memberOf } from './operations.js';
import { yaml } from './yaml.js';

const attributes: { readonly [name: string]: AttributeClass } = {
  grantee: 'exact',
  column: 'exact',
  privileges: 'exact',
  granted_by: 'exact',
  // Which member it is, as it is called without the extension's schema, as GRANT calls it, and as it would be addressed if it were nobody's.
  member: 'unhashed',
  on: 'unhashed',
  schema: 'unhashed',
  kind: 'unhashed',
  parts: 'unhashed',
  signature: 'unhashed',
  // What the grantee has without any GRANT.
  usual: 'unhashed',
};

const DECLARED_AS = 'privilege';

/** A function may be named without its arguments; a privilege on a column speaks of the whole too. */
function addresses(privilege: SchemaObject): readonly Address[] {
  const grantee = textOf(privilege, 'grantee') ?? '';
  const column = textOf(privilege, 'column');
  const [kindName, parts] = [textOf(privilege, 'kind') ?? '', textsOf(privilege, 'parts')];
  const members = [...new Set([memberOf(privilege), formatAddress(kindName, parts)])];
  const inColumn = column === null ? [] : [formatAddress('column', [...parts, column])];
  const roles = column === null ? [grantee] : [grantee, columnQualifier(grantee, column)];
  return [
    ...inColumn.map((address) => formatAttached(DECLARED_AS, address, grantee)),
    ...members.flatMap((address) => roles.map((role) => formatAttached(DECLARED_AS, address, role))),
  ];
}

export const kind: Kind = {
  name: 'member_privilege',
  rank: 91,
  presence: 'declared',
  declaredAs: { kind: DECLARED_AS, addresses },
  heldIn: HELD_IN,
  query,
  attributes,
  schema: (privilege) => textOf(privilege, 'schema'),
  reference: (privilege) => `PRIVILEGES ON ${textOf(privilege, 'on')}`,
  create,
  alter,
  drop,
  after: grantedAfter,
  afterDrops: (privilege, { current }) => grantedOn(privilege, current),
  dropsAfter: grantedOn,
  // The list that it is in. Whoever may grant it may, without owning what it is on.
  pin: (privilege) => ({ ...privilegesPin(textOf(privilege, 'on') ?? '', textOf(privilege, 'column')), requires: [] }),
  yaml,
};
