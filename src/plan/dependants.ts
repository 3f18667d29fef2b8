/** Who depends on an object, from the dependencies of a state; knows no kind. */
import type { Address } from '../core/address.js';
import type { State } from '../core/object.js';

export type Dependants = ReadonlyMap<Address, readonly Address[]>;

/** Direct dependants by address, including what merely goes with an object. */
export function dependantsOf(state: State): Dependants {
  const result = new Map<Address, Address[]>();
  for (const object of state.values()) {
    for (const on of new Set([...object.dependsOn, ...object.goesWith])) {
      const list = result.get(on);
      if (list) list.push(object.address);
      else result.set(on, [object.address]);
    }
  }
  return result;
}
