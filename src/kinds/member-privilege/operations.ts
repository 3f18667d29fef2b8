/** GRANT and REVOKE statements for one grantee on one member of an extension; what they name is an object of no state. */
import { type Address, formatAddress, formatAttached } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { recordOf, textOf, textsOf } from '../attribute-values.js';
import { type GrantTarget, grantOperations, grantStatements, type Privileges } from '../grants.js';
import type { Alteration, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteBody, quoteIdent, quoteLiteral } from '../quote.js';

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
  const grantee = textOf(privilege, 'grantee') ?? '';
  const on = textOf(privilege, 'on') ?? '';
  // What an extension installs belongs to whoever creates it, where that is one who may grant on it.
  const isNew = context.isNew(privilege.parent ?? '');
  return grantOperations({
    address: privilege.address,
    grantee,
    on: `${on} of ${privilege.parent ?? ''}`,
    from,
    to,
    target: targetOf(privilege, isNew),
    also: lostColumnGrants(privilege, from, to, context),
    grantor: textOf(privilege, 'granted_by'),
    requires: [{ privilege: 'OWNER', on: memberOf(privilege) }],
    as: (sql) => (grantee === OWNER && !isNew ? forOwner(sql, on) : sql),
  });
}

const OWNER = '$owner';

function targetOf(privilege: SchemaObject, isNew = false): GrantTarget {
  const grantee = textOf(privilege, 'grantee') ?? '';
  const column = textOf(privilege, 'column');
  const isName = grantee !== 'PUBLIC' && grantee !== OWNER;
  const special = grantee === OWNER && isNew ? 'CURRENT_USER' : grantee;
  return {
    prefix: '',
    on: textOf(privilege, 'on') ?? '',
    grantee: isName ? quoteIdent(grantee) : special,
    column: column === null ? null : quoteIdent(column),
  };
}

/** Address that the member would have if it were nobody's. */
export function memberOf(privilege: SchemaObject): Address {
  return formatAddress(textOf(privilege, 'kind') ?? '', textsOf(privilege, 'parts'), textOf(privilege, 'signature') ?? '');
}

/** Who owns the members of an extension follows from who made it and whether it is trusted: the server knows when the statement runs. */
function forOwner(sql: string, on: string): string {
  const text = `replace(${quoteLiteral(sql)}, ${quoteLiteral(OWNER)}, quote_ident(pg_get_userbyid((${ownerOf(on)}))))`;
  return `DO ${quoteBody(`begin\n  execute ${text};\nend`)}`;
}

const OWNERS: readonly (readonly [word: RegExp, owner: string, catalog: string, key: string])[] = [
  [/^(?:TABLE|SEQUENCE) /, 'relowner', 'pg_class', 'regclass'],
  [/^(?:FUNCTION|PROCEDURE) /, 'proowner', 'pg_proc', 'regprocedure'],
  [/^TYPE /, 'typowner', 'pg_type', 'regtype'],
  [/^SCHEMA /, 'nspowner', 'pg_namespace', 'regnamespace'],
  [/^LANGUAGE /, 'lanowner', 'pg_language', 'lanname'],
  [/^FOREIGN DATA WRAPPER /, 'fdwowner', 'pg_foreign_data_wrapper', 'fdwname'],
  [/^FOREIGN SERVER /, 'srvowner', 'pg_foreign_server', 'srvname'],
];

function ownerOf(on: string): string {
  for (const [word, owner, catalog, key] of OWNERS) {
    if (!word.test(on)) continue;
    const name = quoteLiteral(on.replace(word, ''));
    const isName = key.endsWith('name');
    return `select ${owner} from pg_catalog.${catalog} where ${isName ? `quote_ident(${key}) = ${name}` : `oid = ${name}::${key}`}`;
  }
  throw new Error(`nobody owns ${on}`);
}

/** What of a privilege's qualifier tells its member, and who grants it to whom. */
function qualifier(privilege: SchemaObject, column: string | null, grantee: string, grantor: string | null): string {
  const part = column === null ? '' : ` (${quoteIdent(column)})`;
  return `${textOf(privilege, 'member')}${part} to ${grantee}${grantor === null ? '' : ` by ${grantor}`}`;
}

/** REVOKE on a table takes the same privilege on its columns along: those that are to stay are granted again. */
function lostColumnGrants(privilege: SchemaObject, from: Privileges, to: Privileges, context: OperationContext): readonly string[] {
  const revoked = Object.keys(from).filter((name) => to[name] === undefined);
  if (revoked.length === 0 || textOf(privilege, 'column') !== null) return [];
  const kept = context
    .children(context.desired, privilege.parent ?? '', privilege.kind)
    .filter((other) => textOf(other, 'member') === textOf(privilege, 'member') && textOf(other, 'column') !== null)
    .filter((other) => textOf(other, 'grantee') === textOf(privilege, 'grantee') && textOf(other, 'granted_by') === null);
  return kept.flatMap((other) => {
    const before = context.current.get(other.address);
    const stays = Object.entries(before === undefined ? {} : privilegesOf(before, 'privileges')).filter(([name]) => revoked.includes(name));
    return grantStatements({}, Object.fromEntries(stays), targetOf(other));
  });
}

/** Revoking on a table revokes on its columns; and whoever grants must have been given the privilege before. */
export function grantedAfter(privilege: SchemaObject): readonly Address[] {
  const [column, grantee, grantor] = ['column', 'grantee', 'granted_by'].map((name) => textOf(privilege, name)) as [
    string | null,
    string | null,
    string | null,
  ];
  const at = (text: string): Address => formatAttached(privilege.kind, privilege.parent ?? '', text);
  return [
    ...(column === null ? [] : [at(qualifier(privilege, null, grantee ?? '', grantor))]),
    ...(grantor === null ? [] : [at(qualifier(privilege, column, grantor, null))]),
  ];
}

/** What its grantee grants on: the server takes back no grant option that is in use. */
export function grantedOn(privilege: SchemaObject, current: State): readonly Address[] {
  if (textOf(privilege, 'granted_by') !== null) return [];
  const same = (other: SchemaObject, name: string): boolean => textOf(other, name) === textOf(privilege, name);
  return [...current.values()]
    .filter((other) => other.kind === privilege.kind && other.parent === privilege.parent && same(other, 'member') && same(other, 'column'))
    .filter((other) => textOf(other, 'granted_by') === textOf(privilege, 'grantee'))
    .map(({ address }) => address);
}
