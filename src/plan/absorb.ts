/**
 * Which statements carry which objects: a CREATE TABLE its columns, a DROP TABLE its indexes. An object rides along unless
 * that would close a circle (two tables with foreign keys to each other). Knows no kind.
 */
import type { Address } from '../core/address.js';
import { cyclesOf } from '../graph/components.js';

export interface AbsorbInput {
  /** All addresses that have work. */
  readonly nodes: Iterable<Address>;
  /** What an address may ride along with; it must be among the nodes. */
  readonly candidates: ReadonlyMap<Address, Address>;
  /** Order between objects (either direction, but the same for all). */
  readonly leansOn: (address: Address) => Iterable<Address>;
  /** Which of the riders to let off first where there is a circle: the highest. */
  readonly rank: (address: Address) => number;
}

/** Rider -> the one whose statement carries it (its root, not its direct carrier). */
export function absorb(input: AbsorbInput): ReadonlyMap<Address, Address> {
  const nodes = [...input.nodes];
  const riders = new Map(input.candidates);
  for (;;) {
    const root = (address: Address): Address => {
      let at = address;
      for (let next = riders.get(at); next !== undefined; next = riders.get(at)) at = next;
      return at;
    };
    const members = new Map<Address, Address[]>();
    for (const node of nodes) {
      const carrier = root(node);
      const list = members.get(carrier);
      if (list) list.push(node);
      else members.set(carrier, [node]);
    }
    const known = new Set(nodes);
    const edges = (carrier: Address): Iterable<Address> => {
      const result = new Set<Address>();
      for (const member of members.get(carrier) ?? []) {
        for (const on of input.leansOn(member)) if (known.has(on) && root(on) !== carrier) result.add(root(on));
      }
      return result;
    };
    const cycles = cyclesOf(members.keys(), edges);
    let letOff = 0;
    for (const cycle of cycles) {
      const inCycle = new Set(cycle);
      const offenders = cycle
        .flatMap((carrier) => members.get(carrier) ?? [])
        .filter((member) => riders.has(member))
        .filter((member) => [...input.leansOn(member)].some((on) => known.has(on) && root(on) !== root(member) && inCycle.has(root(on))));
      const highest = Math.max(...offenders.map(input.rank));
      for (const offender of offenders) {
        if (input.rank(offender) !== highest) continue;
        riders.delete(offender);
        letOff += 1;
      }
    }
    if (letOff === 0) return new Map([...riders.keys()].map((rider) => [rider, root(rider)]));
  }
}
