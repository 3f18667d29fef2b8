/** Which job waits for which -> which statement waits for which; knows neither states nor kinds. */
import type { Address } from '../core/address.js';
import type { Job, Task, TaskGraph } from './task.js';

type Waits = ReadonlyMap<Job, ReadonlySet<Job>>;

/**
 * @param early "role address>altered address": the first waits for the second until that is settled, not until it is finished.
 * @param makerOf the job that makes an object what it is to be
 */
export function overTasks(
  jobs: readonly Job[],
  waits: Waits,
  early: ReadonlySet<string>,
  makerOf: (address: Address) => Job | undefined,
): TaskGraph {
  const tasks: Task[] = jobs.flatMap((job) => job.tasks);
  // The last statements that a job waits for, seen through jobs that have none.
  const lasts = new Map<Job, ReadonlySet<string>>();
  const lastsOf = (job: Job, path: ReadonlySet<Job>): ReadonlySet<string> => {
    const known = lasts.get(job);
    if (known) return known;
    // What a new object sheds in the contract phase (a trigger that filled it) is no part of its being there.
    const last = job.tasks.findLast(({ operation }) => job.role !== 'create' || !operation.contract);
    const result = new Set<string>();
    if (last) result.add(last.id);
    else {
      for (const on of waits.get(job) ?? []) {
        if (path.has(on)) continue;
        for (const id of lastsOf(on, new Set([...path, job]))) result.add(id);
      }
    }
    lasts.set(job, result);
    return result;
  };
  const awaited = new Map(jobs.map((job) => [job, partsAwaited(job, waits, makerOf)]));
  const firstOf = (job: Job, path: ReadonlySet<Job>): ReadonlySet<string> => {
    const first = new Set<string>();
    for (const on of waits.get(job) ?? []) {
      if (path.has(on)) continue;
      for (const id of endOf(job, on, path)) first.add(id);
    }
    return first;
  };
  const endOf = (job: Job, on: Job, path: ReadonlySet<Job>): Iterable<string> => {
    const isPart = awaited.get(on)?.has(job);
    const isEarly = on.role === 'alter' && early.has(`${job.role} ${job.address}>${on.address}`);
    if (!isPart && !isEarly) return lastsOf(on, new Set([job]));
    const before = isPart ? on.tasks.slice(0, firstAwaiting(on)) : on.tasks;
    const settled = isEarly ? before.find((task) => task.operation.settled) : undefined;
    const end = settled ?? before.at(-1);
    return end === undefined ? firstOf(on, new Set([...path, job, on])) : [end.id];
  };
  const waitsFor = new Map<string, ReadonlySet<string>>();
  for (const job of jobs) {
    const first = firstOf(job, new Set([job]));
    const parts = [...(awaited.get(job) ?? [])].flatMap((part) => [...lastsOf(part, new Set([job]))]);
    const own = new Set(job.tasks.map(({ id }) => id));
    job.tasks.forEach((task, index) => {
      const previous = job.tasks[index - 1];
      const before = previous ? [previous.id] : [...first];
      waitsFor.set(task.id, new Set(index === firstAwaiting(job) ? [...before, ...parts.filter((id) => !own.has(id))] : before));
    });
  }
  return { tasks, waitsFor };
}

function firstAwaiting(job: Job): number {
  const at = job.tasks.findIndex(({ operation }) => operation.awaits !== undefined);
  return at < 0 ? job.tasks.length : at;
}

/** Jobs of the parts that a statement of this one comes after; not those that wait for all of this one in some other way. */
function partsAwaited(job: Job, waits: Waits, makerOf: (address: Address) => Job | undefined): ReadonlySet<Job> {
  const parts = new Set<Job>();
  for (const address of job.tasks.flatMap(({ operation }) => operation.awaits ?? [])) {
    const part = makerOf(address);
    if (part !== undefined && part !== job) parts.add(part);
  }
  const waitsInTurn = (part: Job): boolean => {
    const seen = new Set<Job>([part]);
    const open = [...(waits.get(part) ?? [])].filter((on) => on !== job);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at) || parts.has(at)) continue;
      seen.add(at);
      for (const on of waits.get(at) ?? []) {
        if (on === job) return true;
        open.push(on);
      }
    }
    return false;
  };
  return new Set([...parts].filter((part) => !waitsInTurn(part)));
}
