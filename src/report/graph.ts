/** What needs what, as a picture for other programs to draw: Graphviz DOT and Mermaid. Pure; knows no kind. */
import type { Address } from '../core/address.js';
import { kindOf, nameOf } from '../core/address.js';
import type { State } from '../core/object.js';
import { rootOf } from '../plan/roots.js';
import { printable } from './printable.js';

export interface Graph {
  readonly nodes: readonly Address[];
  /** Who needs whom. */
  readonly edges: readonly (readonly [from: Address, to: Address])[];
}

export interface Neighbourhood {
  readonly address: Address;
  /** How many steps away, either way, something may be. */
  readonly depth: number;
}

/** Parts (columns, constraints, comments) stand for what they are part of. */
export function dependencyGraph(state: State, around: Neighbourhood | null = null): Graph {
  const pairs = new Map<string, readonly [Address, Address]>();
  const roots = new Set<Address>();
  for (const object of state.values()) {
    const from = rootOf(state, object.address);
    roots.add(from);
    for (const needed of object.dependsOn) {
      if (!state.has(needed)) continue;
      const to = rootOf(state, needed);
      if (to !== from) pairs.set(`${from} ${to}`, [from, to]);
    }
  }
  const near = around === null ? roots : neighbours([...pairs.values()], rootOf(state, around.address), around.depth);
  const edges = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
  return { nodes: [...near].sort(), edges: edges.filter(([from, to]) => near.has(from) && near.has(to)) };
}

function neighbours(edges: Graph['edges'], start: Address, depth: number): ReadonlySet<Address> {
  const found = new Set([start]);
  for (let left = depth; left > 0; left -= 1) {
    const next = edges.flatMap(([from, to]) => (found.has(from) ? [to] : found.has(to) ? [from] : []));
    for (const address of next) found.add(address);
  }
  return found;
}

/** For Graphviz: `schemactl graph | dot -Tsvg > schema.svg`. */
export function graphDot({ nodes, edges }: Graph): string {
  const quoted = (text: string): string => `"${printable(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return [
    'digraph schema {',
    '  rankdir=LR;',
    '  node [shape=box, fontname="Helvetica,Arial,sans-serif"];',
    // Entities of HTML are read in labels.
    ...nodes.map((address) => `  ${quoted(address)} [label=${quoted(label(address).replaceAll('&', '&amp;'))}];`),
    ...edges.map(([from, to]) => `  ${quoted(from)} -> ${quoted(to)};`),
    '}',
    '',
  ].join('\n');
}

/** For Markdown, which GitHub and GitLab draw: names stand in entities, so that none is taken for syntax. */
export function graphMermaid({ nodes, edges }: Graph): string {
  const ids = new Map(nodes.map((address, index) => [address, `n${index + 1}`]));
  const escaped = (text: string): string => printable(text).replaceAll(/[^\w .,():/-]/g, (character) => `#${character.codePointAt(0)};`);
  return [
    'flowchart LR',
    ...nodes.map((address) => `  ${ids.get(address)}["${escaped(label(address))}"]`),
    ...edges.map(([from, to]) => `  ${ids.get(from)} --> ${ids.get(to)}`),
    '',
  ].join('\n');
}

function label(address: Address): string {
  return `${kindOf(address)} ${nameOf(address)}`;
}
