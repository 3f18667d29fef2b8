/** The part of a state that some objects need around them to exist and to be changed; knows no kind. */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import { childrenOf } from './context.js';
import { dependantsOf } from './dependants.js';
import { rootOf } from './roots.js';

/**
 * `touched` with everything that they depend on, everything that depends on them, and what those need in turn. All that
 * lives in a touched object's root comes along, as its parts act on each other (a primary key on SET NOT NULL, a policy on a
 * column's type). Objects that shape what is made after them (default privileges) are always part.
 */
export function closureOf(state: State, touched: Iterable<Address>, kinds: Kinds): State {
  const wanted = new Set<Address>();
  const dependants = dependantsOf(state);
  const children = childrenOf(state);
  const below = new Set<Address>();
  const open: Address[] = [];
  const addBelow = (address: Address): void => {
    if (below.has(address) || !state.has(address)) return;
    below.add(address);
    open.push(address);
  };
  for (const address of touched) {
    if (!state.has(address)) continue;
    addBelow(address);
    // Whole relation of a touched part; a schema's or a type's parts are only itself.
    const root = rootOf(state, address);
    for (const part of familyOf(root, children)) wanted.add(part);
  }
  for (let at = open.pop(); at !== undefined; at = open.pop()) for (const next of dependants.get(at) ?? []) addBelow(next);
  for (const address of below) wanted.add(address);
  for (const object of state.values()) if (kindFor(kinds, object).ambient) wanted.add(object.address);
  const result = new Map<Address, SchemaObject>();
  const need: Address[] = [...wanted];
  for (let at = need.pop(); at !== undefined; at = need.pop()) {
    if (result.has(at)) continue;
    const object = state.get(at);
    if (object === undefined) continue;
    result.set(at, object);
    need.push(...object.dependsOn, ...(kindFor(kinds, object).after?.(object, state) ?? []));
    // An owner or a privilege of what is seeded changes what the seed means; they are few and cheap.
    for (const child of children.get(at) ?? []) if (kindFor(kinds, child).presence === 'declared') need.push(child.address);
  }
  return new Map([...result].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function familyOf(root: Address, children: ReadonlyMap<Address, readonly SchemaObject[]>): readonly Address[] {
  const result = [root];
  for (let i = 0; i < result.length; i += 1) for (const child of children.get(result[i] as Address) ?? []) result.push(child.address);
  return result;
}
