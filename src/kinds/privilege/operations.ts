/** GRANT and REVOKE statements for one grantee on one object. */
import { type Address, formatAttached } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { recordOf, textOf } from '../attribute-values.js';
import { type GrantTarget, grantOperations, grantStatements, type Privileges } from '../grants.js';
import type { Alteration, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';

const privilegesOf = (privilege: SchemaObject, name: 'privileges' | 'usual'): Privileges => recordOf(privilege, name) as Privileges;

export function create(privilege: SchemaObject, context: OperationContext): readonly Operation[] {
  return operations(privilege, privilegesOf(privilege, 'usual'), privilegesOf(privilege, 'privileges'), context);
}

export function alter({ before, after, changed }: SetChange, context: OperationContext): Alteration {
  if (!changed.has('privileges')) return { operations: [] };
  return { operations: operations(after, privilegesOf(before, 'privileges'), privilegesOf(after, 'privileges'), context) };
}

export function drop(privilege: SchemaObject, context: OperationContext): readonly Operation[] {
  return operations(privilege, privilegesOf(privilege, 'privileges'), privilegesOf(privilege, 'usual'), context);
}

function operations(privilege: SchemaObject, from: Privileges, to: Privileges, context: OperationContext): readonly Operation[] {
  const parent = targetOf(privilege, context);
  const target = grantTarget(privilege, parent, context);
  return grantOperations({
    address: privilege.address,
    grantee: textOf(privilege, 'grantee') ?? '',
    on: parent.address,
    from,
    to,
    target,
    also: lostColumnGrants(privilege, from, to, parent, context),
    grantor: textOf(privilege, 'granted_by'),
  });
}

function targetOf(privilege: SchemaObject, context: OperationContext): SchemaObject {
  const address: Address = privilege.parent ?? '';
  const parent = context.desired.get(address) ?? context.current.get(address);
  if (parent === undefined) throw new Error(`${privilege.address} has no target`);
  return parent;
}

function grantTarget(privilege: SchemaObject, parent: SchemaObject, context: OperationContext): GrantTarget {
  const isColumn = parent.kind === 'column';
  const column = isColumn ? (parent.parts.at(-1) ?? '') : textOf(privilege, 'column');
  const on = isColumn ? `TABLE ${quoteName(parent.parts.slice(0, -1))}` : context.grantReference(parent);
  if (on === null) throw new Error(`${parent.address} cannot have privileges`);
  return { prefix: '', on, grantee: granteeSql(privilege, parent, context), column: column === null ? null : quoteIdent(column) };
}

function granteeSql(privilege: SchemaObject, parent: SchemaObject, context: OperationContext): string {
  const grantee = textOf(privilege, 'grantee') ?? '';
  if (grantee === 'PUBLIC') return 'PUBLIC';
  if (grantee !== '$owner') return quoteIdent(grantee);
  const owned = parent.kind === 'column' ? (parent.parent ?? '') : parent.address;
  const owner = formatAttached('owner', owned, null);
  const state = context.isChanged(owner) ? context.desired : context.current;
  const role = state.get(owner);
  if (role !== undefined) return quoteIdent(textOf(role, 'role') ?? '');
  // A new object belongs to whoever makes it; an owned sequence, which has no owner of its own, to the owner that was read.
  return context.isNew(owned) ? 'CURRENT_USER' : quoteIdent(textOf(privilege, 'owner') ?? '');
}

/** REVOKE on a table takes the same privilege on its columns along: those that are to stay are granted again. */
function lostColumnGrants(
  privilege: SchemaObject,
  from: Privileges,
  to: Privileges,
  parent: SchemaObject,
  context: OperationContext,
): readonly string[] {
  const revoked = Object.keys(from).filter((name) => to[name] === undefined);
  if (revoked.length === 0 || parent.kind === 'column' || textOf(privilege, 'column') !== null) return [];
  const grantee = textOf(privilege, 'grantee');
  const holders = [parent.address, ...context.children(context.desired, parent.address, 'column').map((column) => column.address)];
  const kept = holders
    .flatMap((address) => context.children(context.desired, address, 'privilege'))
    .filter((other) => other.parent !== parent.address || textOf(other, 'column') !== null)
    .filter((other) => textOf(other, 'grantee') === grantee && textOf(other, 'granted_by') === null && context.current.has(other.address));
  return kept.flatMap((other) => {
    const before = context.current.get(other.address);
    const stays = Object.fromEntries(
      Object.entries(before === undefined ? {} : privilegesOf(before, 'privileges')).filter(([name]) => revoked.includes(name)),
    );
    return grantStatements({}, stays, grantTarget(other, targetOf(other, context), context));
  });
}

/** ALTER … OWNER TO rewrites the list of privileges; revoking on a table revokes on its columns. */
export function grantedAfter(privilege: SchemaObject, state: State): readonly Address[] {
  const parent = state.get(privilege.parent ?? '');
  if (parent === undefined) return [];
  if (parent.kind !== 'column') return [formatAttached('owner', parent.address, null)];
  const table = parent.parent ?? '';
  return [formatAttached('owner', table, null), formatAttached('privilege', table, privilege.qualifier)];
}
