/** Why what a step did in scratch does not show what it does live; knows no kind. */
import type { Address } from '../core/address.js';
import { kindByName } from '../kinds/registry.js';
import { closureOf } from './closure.js';
import type { Converged } from './converge.js';
import type { UnitProof } from './prove.js';

/** One sentence per object, all of them: what is not in scratch as it is live and has to do with what the step touches. */
export function proofGaps({ seeded, footprint }: Pick<Converged, 'seeded' | 'footprint'>, proof: UnitProof): readonly string[] {
  const doubts = proof.doubtful.map((address) => `${address}: its text changes with something else, and scratch worded it differently`);
  return [...unfaithfulAround(seeded.unfaithful, footprint, proof), ...doubts];
}

function unfaithfulAround(
  unfaithful: ReadonlyMap<Address, string>,
  footprint: Converged['footprint'],
  { after, states }: UnitProof,
): readonly string[] {
  if (unfaithful.size === 0) return [];
  const touched = Object.keys(after);
  const near = new Set([...closureOf(footprint, touched, kindByName).keys(), ...closureOf(states.after, touched, kindByName).keys()]);
  return [...unfaithful]
    .filter(([address]) => near.has(address) || touched.includes(address))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([address, reason]) => `${address}: ${reason}`);
}
