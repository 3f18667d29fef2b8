/** The outermost object that another one lives in or is attached to; knows no kind. */
import type { Address } from '../core/address.js';
import type { State } from '../core/object.js';

/** Itself for what lives in nothing, and for what is not in the state. */
export function rootOf(state: State, address: Address): Address {
  let at = address;
  for (let parent = state.get(at)?.parent ?? null; parent !== null && state.has(parent); parent = state.get(at)?.parent ?? null)
    at = parent;
  return at;
}
