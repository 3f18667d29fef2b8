/** One object and its parts, desired against live: what differs, why, and which steps of the plan do it. Pure; knows no kind and no format. */
import { type Address, kindOf, nameOf } from '../core/address.js';
import type { State } from '../core/object.js';
import type { PlanBody, PlanChange, PlanSource, PlanStep } from '../core/plan.js';
import type { PlanOutcome } from '../plan/options.js';
import { rootOf } from '../plan/roots.js';
import { type AttributeDifference, attributeDifferences } from './attribute-words.js';

export interface PartDifference {
  readonly address: Address;
  readonly change: 'add' | 'drop' | 'set' | 'rename' | 'replace';
  /** The old address of a rename. */
  readonly from: Address | null;
  readonly attributes: readonly AttributeDifference[];
  readonly why: string;
  readonly source: PlanSource | null;
  /** Ids of the steps that do it. */
  readonly steps: readonly string[];
}

export interface ObjectDifference {
  readonly address: Address;
  /** 'unmanaged': it is there, and nobody compares it. */
  readonly status: 'same' | 'different' | 'unmanaged';
  readonly parts: readonly PartDifference[];
  readonly steps: readonly PlanStep[];
}

type Compared = PlanOutcome['compared'];

/** The addresses that somebody may mean by these words: with or without the kind, by the new name or the old one. */
export function addressesNamed(words: string, { desired, live }: Compared): readonly Address[] {
  const known = new Set([...desired.keys(), ...live.keys()]);
  if (known.has(words)) return [words];
  const named = [...known].filter((address) => nameOf(address) === words);
  // What is attached to an object has its name, too.
  const own = named.filter((address) => address === `${kindOf(address)}:${words}`);
  return (own.length > 0 ? own : named).sort();
}

export function objectDifference(address: Address, plan: PlanBody, compared: Compared): ObjectDifference {
  const { desired, current, live } = compared;
  const renamed = plan.changes.find((change) => change.type === 'rename' && (change.address === address || change.from === address));
  const names = new Set([address, ...(renamed ? [renamed.address, renamed.from ?? renamed.address] : [])]);
  const isPart = (at: Address): boolean => [desired, live, current].some((state) => isWithin(state, at, names));
  const changes = plan.changes.filter((change) => isPart(change.address) || (change.from !== undefined && isPart(change.from)));
  const every = merged(changes).map(([first, second]): PartDifference => {
    const change = second ?? first;
    return {
      address: change.address,
      change: second === null ? change.type : 'replace',
      from: change.from ?? null,
      attributes: change.type === 'rename' ? [] : attributeDifferences(first.before ?? null, change.after ?? null),
      why: whyWords(change, second !== null, plan, compared),
      source: change.source ?? null,
      steps: stepsOf(change, plan).map(({ id }) => id),
    };
  });
  const replaced = new Set(every.filter((part) => part.change === 'replace').map((part) => part.address));
  // What is made again as it was because what holds it is made again goes without saying.
  const follows = ({ address: at, change, attributes }: PartDifference): boolean =>
    change === 'replace' && attributes.length === 0 && replaced.has((desired.get(at) ?? live.get(at))?.parent ?? '');
  const parts = every.filter((part) => !follows(part));
  const ids = new Set(parts.flatMap(({ steps }) => steps));
  const isCompared = [...names].some((name) => desired.has(name) || current.has(name));
  return {
    address: renamed?.address ?? address,
    status: parts.length > 0 ? 'different' : isCompared ? 'same' : 'unmanaged',
    parts,
    steps: plan.steps.filter(({ id }) => ids.has(id)),
  };
}

function isWithin(state: State, address: Address, names: ReadonlySet<Address>): boolean {
  for (let at: Address | null = address; at !== null; at = state.get(at)?.parent ?? null) if (names.has(at)) return true;
  return false;
}

/** A drop and an add at one address are one replacement: [drop, add]; everything else stands alone. */
function merged(changes: readonly PlanChange[]): readonly (readonly [PlanChange, PlanChange | null])[] {
  const pairs: (readonly [PlanChange, PlanChange | null])[] = [];
  for (const change of changes) {
    if (change.type === 'add' && changes.some((each) => each.type === 'drop' && each.address === change.address)) continue;
    const again = changes.find((each) => change.type === 'drop' && each.type === 'add' && each.address === change.address);
    pairs.push([change, again ?? null]);
  }
  return pairs;
}

/** The steps that it is not the same before and after. */
function stepsOf({ address, from }: PlanChange, { steps }: PlanBody): readonly PlanStep[] {
  const addresses = [address, ...(from === undefined ? [] : [from])];
  const changing = steps.filter(({ before, after }) => addresses.some((at) => (before[at] ?? null) !== (after[at] ?? null)));
  // What is dropped and made again as it was in one step is the same before and after it.
  return changing.length > 0 ? changing : steps.filter(({ after }) => addresses.some((at) => Object.hasOwn(after, at)));
}

function whyWords(change: PlanChange, replaced: boolean, plan: PlanBody, { current, live }: Compared): string {
  const place = change.source ? ` at ${change.source.file}:${change.source.line}` : '';
  switch (change.type) {
    case 'rename':
      return `a hint${place} says that it is the same object under another name`;
    case 'drop':
      return `nothing in the desired state declares it, and ${managedBy(plan, live, change.address)}`;
    case 'set':
      return `declared otherwise${place}`;
    case 'add': {
      if (!replaced) return `declared${place}, and the database has none`;
      const needed = (current.get(change.address)?.dependsOn ?? []).filter((each) => plan.changes.some(({ address }) => address === each));
      if (needed.length > 0) return `it is built on ${[...needed].sort().join(', ')}, which cannot change under it`;
      return `declared otherwise${place}, and it cannot be altered into that`;
    }
  }
}

function managedBy({ scope }: PlanBody, live: State, address: Address): string {
  if (scope.managed.length > 0) return `manage names it (${scope.managed.join(', ')})`;
  const root = live.get(rootOf(live, address));
  const schema = scope.schemas.find((name) => root?.parts[0] === name);
  return schema === undefined ? 'it is managed' : `the desired state names its schema, ${schema}`;
}
