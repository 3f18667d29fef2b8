/** Strongly connected components (Tarjan's algorithm, without recursion: chains of thousands are real); knows nothing of what they are. */

export function components(size: number, edges: readonly { readonly from: number; readonly to: number }[]): readonly (readonly number[])[] {
  const next: number[][] = Array.from({ length: size }, () => []);
  for (const { from, to } of edges) next[from]?.push(to);
  const index = new Array<number>(size).fill(-1);
  const low = new Array<number>(size).fill(0);
  const onStack = new Array<boolean>(size).fill(false);
  const stack: number[] = [];
  const found: number[][] = [];
  let counter = 0;
  for (let root = 0; root < size; root += 1) {
    if (index[root] !== -1) continue;
    const path: { readonly node: number; at: number }[] = [];
    const enter = (node: number): void => {
      index[node] = low[node] = counter;
      counter += 1;
      stack.push(node);
      onStack[node] = true;
      path.push({ node, at: 0 });
    };
    enter(root);
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const { node } = frame;
      const target = next[node]?.[frame.at];
      frame.at += 1;
      if (target !== undefined) {
        if (index[target] === -1) enter(target);
        else if (onStack[target]) low[node] = Math.min(low[node] as number, index[target] as number);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent) low[parent.node] = Math.min(low[parent.node] as number, low[node] as number);
      if (low[node] === index[node]) found.push(takeComponent(stack, onStack, node));
    }
  }
  return found;
}

/** The groups of nodes that lie on a circle with one another (`leansOn` may name nodes that are not among them: they are left out). */
export function cyclesOf<T>(nodes: Iterable<T>, leansOn: (node: T) => Iterable<T>): readonly (readonly T[])[] {
  const all = [...new Set(nodes)];
  const index = new Map(all.map((node, at) => [node, at]));
  const edges: { readonly from: number; readonly to: number }[] = [];
  for (const [from, node] of all.entries()) {
    for (const other of leansOn(node)) {
      const to = index.get(other);
      if (to !== undefined) edges.push({ from, to });
    }
  }
  return components(all.length, edges)
    .filter((group) => group.length > 1)
    .map((group) => group.map((at) => all[at] as T));
}

function takeComponent(stack: number[], onStack: boolean[], root: number): number[] {
  const group: number[] = [];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    onStack[node] = false;
    group.push(node);
    if (node === root) break;
  }
  return group;
}
