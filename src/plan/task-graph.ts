/** Jobs -> which statement waits for which, from the dependencies of both states; knows kinds only by their slots. */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { cyclesOf } from '../graph/components.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import { childrenOf } from './context.js';
import { type Dependants, dependantsOf } from './dependants.js';
import type { Jobs } from './jobs.js';
import type { Job, TaskGraph } from './task.js';
import { overTasks } from './task-order.js';
import type { Work } from './work.js';

/**
 * Edges run between jobs; a job without statements still carries order from what it waits for to what waits for it.
 * @returns the graph over statements, and the cycles that no soft edge could break (each a list of addresses).
 */
export function taskGraph(
  jobs: Jobs,
  work: Work,
  current: State,
  desired: State,
  kinds: Kinds,
): { readonly graph: TaskGraph; readonly cycles: readonly (readonly Address[])[] } {
  const all = [...jobs.drops.values(), ...jobs.prepares.values(), ...jobs.alters.values(), ...jobs.creates.values()];
  const hard = new Map<Job, Set<Job>>();
  const soft = new Map<Job, Set<Job>>();
  // Pairs where the first needs the second settled, not finished.
  const early = new Set<string>();
  const wait = (map: Map<Job, Set<Job>>, job: Job | undefined, on: Job | undefined): void => {
    if (job === undefined || on === undefined || job === on) return;
    const set = map.get(job);
    if (set) set.add(on);
    else map.set(job, new Set([on]));
  };
  const creator = (address: Address): Job | undefined => jobs.creates.get(jobs.createdWith.get(address) ?? address);
  const dropper = (address: Address): Job | undefined => jobs.drops.get(jobs.droppedWith.get(address) ?? address);
  const waitForBoth = (job: Job | undefined, gone: Address): void => {
    wait(soft, job, dropper(gone));
    wait(soft, job, jobs.alters.get(gone));
  };
  const afterDrops = (object: SchemaObject): readonly Address[] => kindFor(kinds, object).afterDrops?.(object, { current, desired }) ?? [];
  const dropsAfter = (object: SchemaObject): readonly Address[] => kindFor(kinds, object).dropsAfter?.(object, current) ?? [];
  const dependants = dependantsOf(current);

  const holders = new Map<string, Address[]>();
  const keysOf = (object: SchemaObject): readonly string[] => {
    const keys = kindFor(kinds, object).namespace?.(object) ?? null;
    return keys === null ? [] : typeof keys === 'string' ? [keys] : keys;
  };
  for (const object of work.drops.values()) {
    for (const name of keysOf(object)) holders.set(name, [...(holders.get(name) ?? []), object.address]);
  }

  for (const [address, object] of work.creates) {
    const job = creator(address);
    wait(hard, job, dropper(address));
    for (const on of object.dependsOn) {
      wait(hard, job, creator(on));
      const altered = jobs.alters.get(on);
      wait(hard, job, altered);
      // What is altered along is as it will be once that which takes care of it is.
      wait(soft, job, jobs.alters.get(work.handled.get(on) ?? ''));
      if (job && altered && !kindFor(kinds, object).rebuilt) early.add(`${job.role} ${job.address}>${altered.address}`);
    }
    for (const name of keysOf(object)) for (const holder of holders.get(name) ?? []) wait(hard, job, dropper(holder));
    for (const on of kindFor(kinds, object).after?.(object, desired) ?? []) {
      wait(soft, job, creator(on));
      wait(soft, job, jobs.alters.get(on));
    }
    for (const gone of afterDrops(object)) waitForBoth(job, gone);
    if (kindFor(kinds, object).ambient) {
      for (const other of all) if (other.role !== 'drop' && !isAmbient(other, work, kinds)) wait(soft, job, other);
    }
  }
  // What shapes what is made and goes, or does less, does so first.
  const goesFirst = (job: Job | undefined): void => {
    for (const other of all) if (other.role !== 'drop' && !isAmbient(other, work, kinds)) wait(soft, other, job);
  };
  for (const [address, object] of work.drops) if (kindFor(kinds, object).ambient) goesFirst(jobs.drops.get(address));
  for (const [address, change] of work.alters) if (kindFor(kinds, change.after).lessens?.(change)) goesFirst(jobs.alters.get(address));
  // Made again because what it leaned on goes: while that is there the server may lean on it once more.
  for (const [address, cause] of work.replaced) if (!work.creates.has(cause)) wait(soft, creator(address), dropper(cause));
  const madeBy = new Map<Address, Address[]>();
  for (const [each, by] of work.made) madeBy.set(by, [...(madeBy.get(by) ?? []), each]);
  for (const [address, change] of work.alters) {
    const job = jobs.alters.get(address);
    const prepare = jobs.prepares.get(address);
    wait(hard, job, prepare);
    for (const on of change.after.dependsOn) {
      wait(hard, prepare, creator(on));
      wait(soft, prepare, jobs.alters.get(on));
    }
    for (const on of desired.get(address)?.dependsOn ?? change.after.dependsOn) {
      wait(hard, job, creator(on));
      wait(soft, job, jobs.alters.get(on));
    }
    for (const on of kindFor(kinds, change.after).after?.(change.after, desired) ?? []) {
      wait(soft, job, creator(on));
      wait(soft, job, jobs.alters.get(on));
    }
    for (const gone of afterDrops(change.after)) waitForBoth(job, gone);
    for (const each of (madeBy.get(address) ?? []).flatMap((on) => desired.get(on) ?? [])) {
      for (const on of [...each.dependsOn, ...(kindFor(kinds, each).after?.(each, desired) ?? [])]) {
        if (work.made.get(on) === address || on === address) continue;
        wait(hard, prepare ?? job, creator(on));
        wait(soft, prepare ?? job, jobs.alters.get(on));
      }
    }
    for (const on of change.before.dependsOn) wait(hard, dropper(on), job);
    // A part may forbid what its whole is altered to: an identity keeps its column NOT NULL.
    for (const part of childrenOf(current).get(address) ?? [])
      if (!dropsAfter(part).includes(address)) wait(soft, job, dropper(part.address));
    for (const on of job?.follows ?? []) {
      wait(hard, job, dropper(on));
      wait(hard, job, jobs.alters.get(on));
      wait(hard, prepare, jobs.prepares.get(on));
    }
    if (work.disturbing.has(address)) {
      const along = madeBy.get(address) ?? [];
      for (const each of [address, ...along]) for (const below of allDependants(each, dependants)) wait(hard, job, dropper(below));
    }
  }
  for (const [address, object] of work.drops) {
    for (const on of object.dependsOn) wait(hard, dropper(on), dropper(address));
    for (const on of dropsAfter(object)) waitForBoth(dropper(address), on);
    const attracted = kindFor(kinds, object).attracts ?? [];
    if (attracted.length === 0 || jobs.drops.get(address) === undefined) continue;
    for (const [other, { kind }] of work.creates) if (attracted.includes(kind)) wait(soft, creator(other), dropper(address));
    for (const [other, { after }] of work.alters) if (attracted.includes(after.kind)) wait(soft, jobs.alters.get(other), dropper(address));
  }

  // What is soft only holds where it makes no circle.
  const softLeft = new Set([...soft].flatMap(([job, ons]) => [...ons].map((on) => [job, on] as const)));
  const indexed = new Map<Job, Set<Job>>();
  for (const job of all) indexed.set(job, new Set(hard.get(job) ?? []));
  for (const [job, on] of softLeft) indexed.get(job)?.add(on);
  for (const cycle of cyclesOf(all, (job) => indexed.get(job) ?? [])) {
    const inCycle = new Set(cycle);
    for (const pair of softLeft) {
      const [job, on] = pair;
      if (inCycle.has(job) && inCycle.has(on) && !hard.get(job)?.has(on)) {
        softLeft.delete(pair);
        indexed.get(job)?.delete(on);
      }
    }
  }
  const cycles = cyclesOf(all, (job) => indexed.get(job) ?? []);
  return {
    graph: overTasks(all, indexed, early, (address) => creator(address) ?? jobs.alters.get(address)),
    cycles: cycles.map((cycle) => cycle.map((job) => job.address)),
  };
}

function isAmbient(job: Job, work: Work, kinds: Kinds): boolean {
  const object = work.creates.get(job.address) ?? work.alters.get(job.address)?.after;
  return object !== undefined && kindFor(kinds, object).ambient === true;
}

function allDependants(address: Address, dependants: Dependants): ReadonlySet<Address> {
  const seen = new Set<Address>();
  const open = [address];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of dependants.get(at) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen;
}
