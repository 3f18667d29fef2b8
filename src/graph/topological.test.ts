/** Topological order, levels of edges and circles. */
import { describe, expect, it } from 'vitest';
import { components, cyclesOf } from './components.js';
import { topologicalSort } from './topological.js';

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** "a>b" (must), "a>b?" (level 1), "a>b??" (level 2). */
function sort(nodes: string, edges: string) {
  const all = [...nodes];
  const parsed = edges
    .split(' ')
    .filter(Boolean)
    .map((edge) => ({ from: all.indexOf(edge[0] ?? ''), to: all.indexOf(edge[2] ?? ''), level: edge.length - 3 }));
  const { order, cycles } = topologicalSort(all, parsed, byName);
  return { order: order.join(''), cycles: cycles.map((cycle) => cycle.join('')) };
}

describe('topologicalSort', () => {
  it.each([
    ['free nodes go by name', 'cab', '', 'abc', []],
    ['edges hold', 'abc', 'c>a b>c', 'bca', []],
    ['the smallest free one goes as soon as it is free', 'dcba', 'c>a', 'bcad', []],
    ['weak edges hold where nothing contradicts', 'abc', 'c>a??', 'bca', []],
    ['of a circle the weakest edge goes', 'abc', 'a>b b>c? c>a??', 'abc', []],
    ['only inside the circle', 'abcd', 'a>b b>a?? d>a??', 'cdab', []],
    ['what must hold and cannot is reported, and all nodes still come', 'abcd', 'b>c c>b b>d', 'abcd', ['bc']],
    ['the shortest way round is reported', 'abcde', 'a>b b>c c>d d>a c>a', 'abcde', ['abc']],
    ['two circles are two reports', 'abcd', 'a>b b>a c>d d>c', 'abcd', ['ab', 'cd']],
    ['a node needs no edge to itself', 'a', 'a>a', 'a', []],
    ['the strongest of two edges counts', 'ab', 'b>a?? b>a', 'ba', []],
  ])('%s', (_, nodes, edges, order, cycles) => {
    expect(sort(nodes, edges)).toEqual({ order, cycles });
  });

  it('keeps the order of equals and stands long chains', () => {
    const nodes = Array.from({ length: 50_000 }, (_, index) => index);
    const edges = nodes.slice(1).map((from) => ({ from, to: from - 1 }));
    const { order } = topologicalSort(nodes, edges, () => 0);
    expect(order[0]).toBe(49_999);
    expect(topologicalSort([3, 1, 2], [], () => 0).order).toEqual([3, 1, 2]);
  });
});

describe('components', () => {
  it('groups what needs each other', () => {
    const groups = components(5, [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 0 },
      { from: 2, to: 3 },
      { from: 3, to: 4 },
    ]);
    expect(groups.map((group) => [...group].sort()).sort()).toEqual([[0, 1, 2], [3], [4]]);
  });

  it('gives circles of anything', () => {
    const leansOn = new Map([
      ['a', ['b', 'elsewhere']],
      ['b', ['a']],
      ['c', ['a', 'c']],
    ]);
    expect(cyclesOf(leansOn.keys(), (node) => leansOn.get(node) ?? []).map((group) => [...group].sort())).toEqual([['a', 'b']]);
  });
});
