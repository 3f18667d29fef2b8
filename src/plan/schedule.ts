/**
 * Statements in their order, cut into units of work: what may share a transaction does, what must wait for a commit or
 * cannot run in a transaction stands alone. Knows no kind.
 */
import type { Phase } from '../core/plan.js';
import type { Task, TaskGraph } from './task.js';

export interface Unit {
  readonly phase: Phase;
  readonly transaction: 'transaction' | 'none';
  readonly tasks: readonly Task[];
}

/**
 * When a task's phase is not settled by what waits for it. 'late': it takes something away for good, and comes after everything else as far
 * as order permits. 'bound': it clears the way for what comes again, and goes where that is. 'contract': it takes the old way, and nothing
 * that waits for it can come before.
 */
export type Timing = 'early' | 'late' | 'bound' | 'contract';

export function schedule(graph: TaskGraph, timingOf: (task: Task) => Timing): readonly Unit[] {
  const byId = new Map(graph.tasks.map((task) => [task.id, task]));
  const expand = expandTasks(graph, byId, timingOf);
  const units: Unit[] = [];
  const done = new Set<string>();
  for (const phase of ['expand', 'contract'] as const) {
    const left = new Set(graph.tasks.filter((task) => expand.has(task.id) === (phase === 'expand')).map((task) => task.id));
    while (left.size > 0) {
      const unit = nextUnit(graph, byId, left, done, phase, units.at(-1));
      units.push(unit);
      for (const task of unit.tasks) {
        left.delete(task.id);
        done.add(task.id);
      }
    }
  }
  return units;
}

/** What comes early, and what that waits for; what waits for a contract task is none of it. */
function expandTasks(graph: TaskGraph, byId: ReadonlyMap<string, Task>, timingOf: (task: Task) => Timing): ReadonlySet<string> {
  const followers = new Map<string, string[]>();
  for (const [id, ons] of graph.waitsFor) for (const on of ons) followers.set(on, [...(followers.get(on) ?? []), id]);
  const starts = graph.tasks.filter((task) => timingOf(task) === 'contract').map(({ id }) => id);
  const contract = reached(starts, (id) => followers.get(id) ?? []);
  const early = graph.tasks.filter((task) => timingOf(task) === 'early' && !contract.has(task.id)).map(({ id }) => id);
  return reached(early, (id) => [...(graph.waitsFor.get(id) ?? [])].filter((on) => byId.has(on)));
}

function reached(starts: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...starts];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    open.push(...next(at));
  }
  return found;
}

function nextUnit(
  graph: TaskGraph,
  byId: ReadonlyMap<string, Task>,
  left: ReadonlySet<string>,
  done: ReadonlySet<string>,
  phase: Phase,
  last: Unit | undefined,
): Unit {
  const ready = (id: string, alsoDone: ReadonlySet<string>): boolean =>
    [...(graph.waitsFor.get(id) ?? [])].every((on) => done.has(on) || alsoDone.has(on) || !byId.has(on));
  const nothing: ReadonlySet<string> = new Set();
  const open = [...left].filter((id) => ready(id, nothing)).map((id) => byId.get(id) as Task);
  if (open.length === 0) throw new Error(`statements wait for each other: ${[...left].slice(0, 5).join(', ')}`);
  const mode = (task: Task): string => task.operation.mode ?? 'shared';
  const outside = open.filter((task) => mode(task) === 'none').sort(byRank);
  const shared = open.filter((task) => mode(task) === 'shared' || mode(task) === 'commit');
  const alone = open.filter((task) => mode(task) === 'own').sort(byRank);
  if (outside[0] && (last?.transaction === 'none' || shared.length === 0)) {
    return { phase, transaction: 'none', tasks: [outside[0]] };
  }
  if (shared.length === 0) return { phase, transaction: 'transaction', tasks: [alone[0] as Task] };
  return { phase, transaction: 'transaction', tasks: fill(graph, byId, left, shared, ready, mode) };
}

/** As many shareable tasks as possible; what follows a `commit` task waits for the next unit. */
function fill(
  graph: TaskGraph,
  byId: ReadonlyMap<string, Task>,
  left: ReadonlySet<string>,
  start: readonly Task[],
  ready: (id: string, alsoDone: ReadonlySet<string>) => boolean,
  mode: (task: Task) => string,
): readonly Task[] {
  const followers = new Map<string, string[]>();
  for (const id of left) for (const on of graph.waitsFor.get(id) ?? []) followers.set(on, [...(followers.get(on) ?? []), id]);
  const taken = new Set<string>();
  const committing = new Set<string>();
  const tasks: Task[] = [];
  const queue = [...start].sort(byRank);
  for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
    taken.add(task.id);
    tasks.push(task);
    if (mode(task) === 'commit') {
      committing.add(task.id);
      continue;
    }
    for (const id of followers.get(task.id) ?? []) {
      const next = byId.get(id) as Task;
      if (taken.has(id) || queue.includes(next) || !ready(id, taken)) continue;
      if (mode(next) !== 'shared' && mode(next) !== 'commit') continue;
      if ([...(graph.waitsFor.get(id) ?? [])].some((on) => committing.has(on))) continue;
      insert(queue, next);
    }
  }
  return tasks;
}

function insert(queue: Task[], task: Task): void {
  const at = queue.findIndex((other) => byRank(task, other) < 0);
  if (at < 0) queue.push(task);
  else queue.splice(at, 0, task);
}

function byRank(a: Task, b: Task): number {
  return a.rank - b.rank || a.position - b.position || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
