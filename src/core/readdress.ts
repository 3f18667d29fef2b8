/** Gives objects other addresses throughout a state; knows no kind. */
import { type Address, formatPart } from './address.js';
import type { SchemaObject, State } from './object.js';

/** Renames `from` to the address `to` with the last name `name`, and with it whatever is attached to it. */
export interface Readdressing {
  readonly from: Address;
  readonly to: Address;
  readonly name: string;
}

export function readdress(state: State, list: readonly Readdressing[]): State {
  if (list.length === 0) return state;
  const targets = new Map(list.map((item) => [item.from, item]));
  const translate = (address: Address): Address => {
    const direct = targets.get(address);
    if (direct) return direct.to;
    // Attached objects hold their target's whole address: comment:<target>, privilege:<target>@role.
    const colon = address.indexOf(':');
    const inner = address.slice(colon + 1);
    if (!/^[a-z_]+:/.test(inner)) return address;
    const at = attachedEnd(inner);
    const target = translate(inner.slice(0, at));
    return `${address.slice(0, colon)}:${target}${inner.slice(at)}`;
  };
  const result = new Map<Address, SchemaObject>();
  for (const object of state.values()) {
    const address = translate(object.address);
    const direct = targets.get(object.address);
    result.set(address, {
      ...object,
      address,
      parts: direct ? [...object.parts.slice(0, -1), direct.name] : object.parts,
      parent: object.parent === null ? null : translate(object.parent),
      dependsOn: object.dependsOn.map(translate),
      goesWith: object.goesWith.map(translate),
    });
  }
  return result;
}

/** Where a target's address ends inside an attached one: at the last "@" outside double quotes, else at the end. */
function attachedEnd(inner: string): number {
  let quoted = false;
  for (let i = 0; i < inner.length; i += 1) {
    if (inner[i] === '"') quoted = !quoted;
    else if (inner[i] === '@' && !quoted) return i;
  }
  return inner.length;
}

/** The address of a sibling: same kind and outer names, other last name. */
export function siblingAddress(object: SchemaObject, name: string): Address {
  return `${object.kind}:${[...object.parts.slice(0, -1), name].map(formatPart).join('.')}${object.signature}`;
}
