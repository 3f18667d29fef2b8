/**
 * Statements that lock several tables, one of them large, are cut into one transaction per table: a transaction that waits for the second
 * table keeps everybody out of the first for as long. Knows no kind.
 */
import type { Address } from '../core/address.js';
import type { LockMode } from '../kinds/kind.js';
import type { Unit } from './schedule.js';
import type { Task, TaskGraph } from './task.js';

/** Those that let nobody write. */
const STRONG: ReadonlySet<LockMode> = new Set(['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE']);

export interface Locked {
  /** The table that a lock is on, by the address in the lock; null for what has no users yet. */
  readonly tableOf: (address: Address) => Address | null;
  readonly isLarge: (table: Address) => boolean;
}

/** What waits for each other stays together, and so does all that locks one table. What locks nothing goes with the first. */
export function lockedApart(unit: Unit, graph: TaskGraph, locked: Locked): readonly Unit[] {
  if (unit.transaction === 'none' || unit.tasks.length < 2) return [unit];
  const tables = new Map(unit.tasks.map((task) => [task.id, lockedBy(task, locked)]));
  const all = new Set([...tables.values()].filter((table) => table !== null));
  if (all.size < 2 || ![...all].some(locked.isLarge)) return [unit];
  const groups = groupsOf(unit.tasks, graph, tables);
  const holding = groups.filter((group) => group.some(({ id }) => tables.get(id) !== null));
  if (holding.length < 2) return [unit];
  const free = new Set(groups.filter((group) => !holding.includes(group)).flat());
  return holding.map((group, at) => ({
    ...unit,
    tasks: unit.tasks.filter((task) => group.includes(task) || (at === 0 && free.has(task))),
  }));
}

function lockedBy({ operation: { lock } }: Task, { tableOf }: Locked): Address | null {
  return lock === undefined || !STRONG.has(lock.mode) ? null : tableOf(lock.address);
}

/** In the order of their first tasks. */
function groupsOf(tasks: readonly Task[], graph: TaskGraph, tables: ReadonlyMap<string, Address | null>): readonly (readonly Task[])[] {
  const leaders = new Map(tasks.map(({ id }) => [id, id]));
  const leader = (id: string): string => {
    let at = id;
    for (let next = leaders.get(at); next !== undefined && next !== at; next = leaders.get(at)) at = next;
    return at;
  };
  const firstOf = new Map<Address, string>();
  for (const { id } of tasks) {
    for (const on of graph.waitsFor.get(id) ?? []) if (leaders.has(on)) leaders.set(leader(id), leader(on));
    const table = tables.get(id) ?? null;
    if (table === null) continue;
    const first = firstOf.get(table);
    if (first === undefined) firstOf.set(table, id);
    else leaders.set(leader(id), leader(first));
  }
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const key = leader(task.id);
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  return [...groups.values()];
}
