/** Catalog rows and dependency edges -> objects with addresses; knows no kind. */
import { type Address, formatAddress, formatAttached } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import type { CatalogRow, Kind } from '../kinds/kind.js';
import { type Edge, type Key, key, Resolver } from './dependencies.js';

export interface RowGroup {
  readonly kind: Kind;
  readonly rows: readonly CatalogRow[];
}

interface Pending {
  readonly kind: Kind;
  readonly row: CatalogRow;
  readonly address: Address;
  readonly parent: Address | null;
}

export interface Assembled {
  readonly state: State;
  readonly resolver: Resolver;
  /** Catalog row by address: another one under the same address is another object. */
  readonly rows: ReadonlyMap<Address, Key>;
  /** Addresses that what belongs to extensions would have, with its parts. */
  readonly members: () => ReadonlySet<Address>;
}

/** @throws Error when two rows have one address or a kind returns an attribute that it does not list (both are bugs). */
export function assemble(groups: readonly RowGroup[], edges: readonly Edge[]): Assembled {
  const members = new Set(edges.filter((edge) => edge.type === 'e').map((edge) => wholeKey(edge.from)));
  const addresses = new Map<Key, Address>();
  const pending: Pending[] = [];
  const later: { kind: Kind; row: CatalogRow }[] = [];
  const dropped = new Set<Key>();
  const ofExtensions: { readonly kind: Kind; readonly row: CatalogRow }[] = [];

  const register = (kind: Kind, row: CatalogRow, address: Address, parent: Address | null): void => {
    pending.push({ kind, row, address, parent });
    if (row.parts !== null) addresses.set(rowKey(row), address);
    for (const [classid, objid, objsubid] of row.also ?? []) addresses.set(key(classid, objid, objsubid), address);
  };

  for (const { kind, rows } of groups) {
    for (const row of rows) {
      const isMember = members.has(wholeKey(rowKey(row)));
      if (row.parts === null) later.push({ kind, row });
      else if (isMember) {
        dropped.add(wholeKey(rowKey(row)));
        ofExtensions.push({ kind, row });
      } else if (row.parent) later.push({ kind, row });
      else register(kind, row, formatAddress(kind.name, row.parts, row.signature ?? ''), null);
    }
  }

  // Children wait for their parents: a parent may itself be a child (a default's column), so settle in rounds.
  const keysOfWaiting = (rows: readonly { row: CatalogRow }[]): Set<Key> =>
    new Set(
      rows.filter(({ row }) => row.parts !== null).flatMap(({ row }) => [rowKey(row), ...(row.also ?? []).map((also) => key(...also))]),
    );
  let waiting = later;
  while (waiting.length > 0) {
    const keys = keysOfWaiting(waiting);
    const resolver = new Resolver(addresses, edges);
    const next: typeof waiting = [];
    for (const item of waiting) {
      const [classid, objid, objsubid] = item.row.parent ?? [0, 0, 0];
      const parentKey = key(classid, objid, objsubid);
      if (members.has(wholeKey(parentKey)) || dropped.has(wholeKey(parentKey))) {
        if (item.row.parts !== null) {
          dropped.add(wholeKey(rowKey(item.row)));
          ofExtensions.push(item);
        }
        continue;
      }
      if (keys.has(parentKey) && parentKey !== rowKey(item.row) && !(item.row.also ?? []).some((also) => key(...also) === parentKey)) {
        next.push(item);
        continue;
      }
      const parent = resolver.resolve(parentKey);
      if (parent === null) continue;
      const { kind, row } = item;
      const address =
        row.parts === null
          ? formatAttached(kind.name, parent, row.qualifier ?? null)
          : formatAddress(kind.name, row.parts, row.signature ?? '');
      register(kind, row, address, parent);
    }
    if (next.length === waiting.length) throw new Error(`catalog rows wait for each other as parents: ${next.length}`);
    waiting = next;
  }
  const resolver = new Resolver(addresses, edges);
  const addressesOfMembers = (): ReadonlySet<Address> =>
    new Set(ofExtensions.map(({ kind, row }) => formatAddress(kind.name, row.parts ?? [], row.signature ?? '')));
  const rows = new Map(pending.map(({ row, address }) => [address, rowKey(row)]));
  return { state: link(pending, resolver, edges), resolver, rows, members: addressesOfMembers };
}

function link(pending: readonly Pending[], resolver: Resolver, edges: readonly Edge[]): State {
  const dependsOn = new Map<Address, Set<Address>>();
  const goesWith = new Map<Address, Set<Address>>();
  const put = (map: Map<Address, Set<Address>>, from: Address, to: Address): void => {
    const set = map.get(from);
    if (set) set.add(to);
    else map.set(from, new Set([to]));
  };
  const ignored = new Set<string>();
  const severed = new Set<string>();
  for (const { row, address } of pending) {
    for (const each of row.ignores ?? []) ignored.add(`${address}>${resolver.resolve(key(...each))}`);
    for (const each of row.severs ?? []) severed.add(`${address}>${resolver.resolve(key(...each))}`);
  }
  for (const edge of edges) {
    if (edge.type === 'e') continue;
    const from = resolver.resolve(edge.from);
    const to = resolver.resolve(edge.to);
    if (from === null || to === null || from === to || severed.has(`${from}>${to}`)) continue;
    if (!ignored.has(`${from}>${to}`)) put(dependsOn, from, to);
    if (edge.type !== 'n' && edge.type !== 'x') put(goesWith, from, to);
  }
  const state = new Map<Address, SchemaObject>();
  for (const { kind, row, address, parent } of pending) {
    if (state.has(address)) throw new Error(`two catalog rows have the address ${address}`);
    for (const [classid, objid, objsubid] of row.needs ?? []) {
      const to = resolver.resolve(key(classid, objid, objsubid));
      if (to !== null && to !== address) put(dependsOn, address, to);
    }
    if (parent !== null) {
      put(dependsOn, address, parent);
      put(goesWith, address, parent);
    }
    for (const name of Object.keys(row.attributes)) {
      if (!(name in kind.attributes)) throw new Error(`kind ${kind.name} returns the attribute ${name}, which it does not list`);
    }
    state.set(address, {
      address,
      kind: kind.name,
      parts: row.parts ?? [],
      signature: row.signature ?? '',
      parent,
      qualifier: row.qualifier ?? null,
      dependsOn: sorted(dependsOn.get(address)),
      goesWith: sorted(goesWith.get(address)),
      attributes: row.attributes,
    });
  }
  return new Map([...state].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sorted(set: ReadonlySet<Address> | undefined): readonly Address[] {
  return set ? [...set].sort() : [];
}

function rowKey(row: CatalogRow): Key {
  return key(row.classid, row.objid, row.objsubid);
}

function wholeKey(of: Key): Key {
  return of.replace(/\/\d+$/, '/0');
}
