/** Deterministic topological order of anything, with levels of edges to give up when they make a cycle; knows nothing of what it orders. */

import { components } from './components.js';
import { Heap } from './heap.js';

/** `from` goes before `to`; indices into the nodes. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  /** 0 (default): must hold. Higher ones are dropped where they make a cycle, the highest first. */
  readonly level?: number;
}

export interface TopologicalOrder<T> {
  /** All nodes; where a cycle stood in the way, the smallest node of it came first. */
  readonly order: readonly T[];
  /** A shortest cycle for each group of nodes that need one another by edges of level 0. */
  readonly cycles: readonly (readonly T[])[];
}

/** Among nodes that are free to go, the smallest by `compare` goes first; equal ones keep their order. */
export function topologicalSort<T>(nodes: readonly T[], edges: readonly Edge[], compare: (a: T, b: T) => number): TopologicalOrder<T> {
  const rank = ranks(nodes, compare);
  const broken = breakCycles(nodes.length, strongest(edges), rank);
  return {
    order: kahn(nodes.length, broken.edges, rank).map((index) => nodes[index] as T),
    cycles: broken.cycles.map((cycle) => cycle.map((index) => nodes[index] as T)),
  };
}

/** Place of each node in the sorted order: from here on only numbers are compared. */
function ranks<T>(nodes: readonly T[], compare: (a: T, b: T) => number): readonly number[] {
  const sorted = nodes.map((_, index) => index).sort((a, b) => compare(nodes[a] as T, nodes[b] as T) || a - b);
  const rank = new Array<number>(nodes.length).fill(0);
  for (const [place, index] of sorted.entries()) rank[index] = place;
  return rank;
}

interface LevelEdge {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

/** One edge between two nodes, the one that holds most; none from a node to itself. */
function strongest(edges: readonly Edge[]): readonly LevelEdge[] {
  const found = new Map<string, LevelEdge>();
  for (const { from, to, level = 0 } of edges) {
    const key = `${from} ${to}`;
    if (from !== to && (found.get(key)?.level ?? Number.POSITIVE_INFINITY) > level) found.set(key, { from, to, level });
  }
  return [...found.values()];
}

function breakCycles(
  size: number,
  all: readonly LevelEdge[],
  rank: readonly number[],
): { readonly edges: readonly LevelEdge[]; readonly cycles: readonly (readonly number[])[] } {
  let edges = all;
  const cycles: number[][] = [];
  const reported = new Set<number>();
  for (;;) {
    const groups = components(size, edges).filter((group) => group.length > 1);
    if (groups.length === 0) return { edges, cycles };
    const groupOf = new Map(groups.flatMap((group, number) => group.map((node) => [node, number] as const)));
    const inside = (edge: LevelEdge): number | undefined => {
      const group = groupOf.get(edge.from);
      return group !== undefined && group === groupOf.get(edge.to) ? group : undefined;
    };
    const highest = groups.map(() => 0);
    for (const edge of edges) {
      const group = inside(edge);
      if (group !== undefined) highest[group] = Math.max(highest[group] ?? 0, edge.level);
    }
    const first = groups.map((group) => group.reduce((a, b) => ((rank[b] ?? 0) < (rank[a] ?? 0) ? b : a)));
    for (const [number, group] of groups.entries()) {
      if (highest[number] !== 0 || group.some((node) => reported.has(node))) continue;
      for (const node of group) reported.add(node);
      cycles.push(
        shortestCycle(
          first[number] ?? 0,
          edges.filter((edge) => inside(edge) === number),
        ),
      );
    }
    edges = edges.filter((edge) => {
      const group = inside(edge);
      if (group === undefined) return true;
      const level = highest[group] ?? 0;
      return level > 0 ? edge.level < level : edge.to !== first[group];
    });
  }
}

/** From a node back to itself, breadth first. */
function shortestCycle(start: number, edges: readonly LevelEdge[]): number[] {
  const next = new Map<number, number[]>();
  for (const edge of edges) next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const target of next.get(node) ?? []) {
      if (target === start) {
        const path = [node];
        for (let at = node; at !== start; ) {
          at = cameFrom.get(at) ?? start;
          path.unshift(at);
        }
        return path;
      }
      if (!cameFrom.has(target)) {
        cameFrom.set(target, node);
        queue.push(target);
      }
    }
  }
  return [start];
}

function kahn(size: number, edges: readonly LevelEdge[], rank: readonly number[]): readonly number[] {
  const waiting = new Array<number>(size).fill(0);
  const next: number[][] = Array.from({ length: size }, () => []);
  for (const { from, to } of edges) {
    next[from]?.push(to);
    waiting[to] = (waiting[to] ?? 0) + 1;
  }
  const free = new Heap<number>((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0));
  for (let node = 0; node < size; node += 1) if (waiting[node] === 0) free.push(node);
  const order: number[] = [];
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    order.push(node);
    for (const target of next[node] ?? []) {
      waiting[target] = (waiting[target] ?? 0) - 1;
      if (waiting[target] === 0) free.push(target);
    }
  }
  return order;
}
