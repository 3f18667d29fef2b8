/**
 * Carries the change of an entry over to the entry that a person wrote: only the members that differ are touched, whatever the style of the
 * rest. Knows YAML, and entries as trees; no slot and no kind.
 */
import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { Members, writeKey, type YamlTree } from '../../desired/yaml/write.js';
import type { Edit } from '../edit.js';
import { inserted, NoPlace, rangeOf, removed, replacedValue } from './collection-edits.js';

export interface Merging {
  readonly text: string;
  /** True from the second try on: what differs is replaced as a whole. */
  readonly isCoarse: boolean;
  /** A text that a member takes from a file beside: "body_file" for "body". */
  takesFile(name: string, value: string): boolean;
}

/** Edits of the value of `pair` in `map`. */
export function mergedPair(merging: Merging, map: YAMLMap, pair: Pair, before: YamlTree, after: YamlTree, depth: number): readonly Edit[] {
  if (sameTree(before, after)) return [];
  try {
    if (!merging.isCoarse) return within(merging, pair.value, before, after, depth);
  } catch (error) {
    if (!(error instanceof NoPlace)) throw error;
  }
  return [replacedValue(merging.text, map, pair, after, depth)];
}

function within(merging: Merging, node: unknown, before: YamlTree, after: YamlTree, depth: number): readonly Edit[] {
  if (isAlias(node)) throw new NoPlace();
  if (isMap(node)) {
    const [from, to] = [asMembers(before, after, node), asMembers(after, before, node)];
    if (from === null || to === null) throw new NoPlace();
    return inMap(merging, node, from, to, depth);
  }
  if (isSeq(node) && Array.isArray(before) && Array.isArray(after)) return inList(merging, node, before, after, depth);
  if (isSeq(node) && before instanceof Members && after instanceof Members) return inNamedList(merging, node, before, after, depth);
  throw new NoPlace();
}

/** A value that is no map stands for the one that its key would hold. */
function asMembers(tree: YamlTree, other: YamlTree, node: YAMLMap): Members | null {
  if (tree instanceof Members) return tree;
  if (Array.isArray(tree) && !(other instanceof Members)) return null;
  const key = other instanceof Members ? other.list[0]?.[0] : keyOf(node.items[0]);
  return key === undefined ? null : new Members(tree === null ? [] : [[key, tree]]);
}

function inMap(merging: Merging, map: YAMLMap, before: Members, after: Members, depth: number): readonly Edit[] {
  const { text } = merging;
  const edits: Edit[] = [];
  const [old, now] = [new Map(before.list), new Map(after.list)];
  const [start] = rangeOf(map);
  const renamed = renamedKeys(map, before, after);
  for (const [key, value] of before.list) {
    if (now.has(key) || renamed.has(key)) continue;
    const pair = pairOf(map, key);
    if (pair === null) {
      if (typeof value === 'string' && pairOf(map, `${key}_file`) !== null) throw new NoPlace();
      continue;
    }
    edits.push(...removed(text, map, pair, start));
  }
  let behind: Pair | null = null;
  for (const [key, value] of after.list) {
    const pair = pairOf(map, key);
    const was = old.get(key);
    const former = [...renamed].find(([, next]) => next === key)?.[0];
    const known = former === undefined ? null : pairOf(map, former);
    if (known !== null) {
      const [from, to] = rangeOf(known.key);
      edits.push({ from, to, text: writeKey(key) });
      behind = known;
    } else if (pair !== null && was !== undefined) {
      edits.push(...mergedPair(merging, map, pair, was, value, depth + 1));
      behind = pair;
    } else if (was === undefined || !sameTree(was, value)) {
      const file = pairOf(map, `${key}_file`);
      if (pair !== null) edits.push(replacedValue(text, map, pair, value, depth + 1));
      else if (
        file === null ||
        typeof value !== 'string' ||
        !merging.takesFile(String((file.value as Node & { value: unknown }).value), value)
      )
        edits.push(inserted(text, map, behind ?? beforeFirst(map, after, key), key, value, depth + 1));
    } else behind = pair ?? behind;
  }
  return edits;
}

/** Names that go, and those that come at the same place with the same value: the entry stays, with its comments. */
function renamedKeys(map: YAMLMap, before: Members, after: Members): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!before.isNames) return found;
  for (const [index, [key, value]] of before.list.entries()) {
    const [next, own] = after.list[index] ?? ['', null];
    const isNew = key !== next && !after.list.some(([other]) => other === key) && !before.list.some(([other]) => other === next);
    if (isNew && pairOf(map, key) !== null && pairOf(map, next) === null && sameTree(value, own)) found.set(key, next);
  }
  return found;
}

/** What nothing precedes in the canonical order goes first, unless what is there has an order of its own. */
function beforeFirst(map: YAMLMap, after: Members, key: string): Pair | null {
  const isFirst = after.list[0]?.[0] === key;
  return isFirst ? null : ((map.items.at(-1) as Pair | undefined) ?? null);
}

function inList(merging: Merging, list: YAMLSeq, before: readonly YamlTree[], after: readonly YamlTree[], depth: number): readonly Edit[] {
  if (list.items.length !== before.length) throw new NoPlace();
  const { text } = merging;
  const pairs = common(before, after);
  const gone = before.flatMap((_, index) => (pairs.has(index) ? [] : [index]));
  const come = after.flatMap((_, index) => ([...pairs.values()].includes(index) ? [] : [index]));
  // One that changed stays where it is.
  const [only, other] = [gone[0], come[0]];
  if (gone.length === 1 && come.length === 1 && only !== undefined && only === other && isMap(list.items[only]))
    return within(merging, list.items[only], before[only] ?? null, after[only] ?? null, depth + 1);
  const [start] = rangeOf(list);
  const edits = gone.flatMap((index) => removed(text, list, list.items[index] as Node, start));
  const behindOf = (index: number): number => Math.max(-1, ...[...pairs].filter(([, to]) => to < index).map(([from]) => from));
  // In brackets nothing may stand behind what goes.
  if (list.flow === true && gone.length > 0 && come.length > 0) throw new NoPlace();
  for (const index of come) {
    const behind = behindOf(index);
    edits.push(inserted(text, list, behind < 0 ? null : (list.items[behind] as Node), null, after[index] ?? null, depth + 1));
  }
  return edits;
}

/** A list of entries with names, for what is written as a map. */
function inNamedList(merging: Merging, list: YAMLSeq, before: Members, after: Members, depth: number): readonly Edit[] {
  const { text } = merging;
  const named = (key: string): YAMLMap | null =>
    (list.items.find((item) => isMap(item) && item.get('name') === key) as YAMLMap | undefined) ?? null;
  const [old, now] = [new Map(before.list), new Map(after.list)];
  const edits: Edit[] = [];
  const [start] = rangeOf(list);
  for (const [key] of before.list) {
    const item = named(key);
    if (now.has(key)) continue;
    if (item === null) throw new NoPlace();
    edits.push(...removed(text, list, item, start));
  }
  for (const [key, value] of after.list) {
    const was = old.get(key);
    if (was !== undefined && sameTree(was, value)) continue;
    const item = named(key);
    if (was !== undefined) {
      if (item === null) throw new NoPlace();
      edits.push(...within(merging, item, was, value, depth + 1));
    } else {
      if (!(value instanceof Members)) throw new NoPlace();
      const own = new Members([['name', key], ...value.list]);
      edits.push(inserted(text, list, (list.items.at(-1) as Node | undefined) ?? null, null, own, depth + 1));
    }
  }
  return edits;
}

export function pairOf(map: YAMLMap, key: string): Pair | null {
  return (map.items.find((item) => isPair(item) && keyOf(item) === key) as Pair | undefined) ?? null;
}

export function keyOf(item: unknown): string | undefined {
  return isPair(item) && isScalar(item.key) ? String(item.key.value) : undefined;
}

export function sameTree(a: YamlTree, b: YamlTree): boolean {
  return plain(a) === plain(b);
}

function plain(tree: YamlTree): string {
  if (tree instanceof Members) return `{${tree.list.map(([key, value]) => `${JSON.stringify(key)}:${plain(value)}`).join()}}`;
  return Array.isArray(tree) ? `[${(tree as readonly YamlTree[]).map(plain).join()}]` : JSON.stringify(tree);
}

/** A longest common subsequence: index in `a` -> index in `b`. */
function common(a: readonly YamlTree[], b: readonly YamlTree[]): ReadonlyMap<number, number> {
  const [x, y] = [a.map(plain), b.map(plain)];
  const length = x.map(() => new Array<number>(y.length + 1).fill(0));
  length.push(new Array<number>(y.length + 1).fill(0));
  for (let i = x.length - 1; i >= 0; i -= 1)
    for (let j = y.length - 1; j >= 0; j -= 1) {
      const row = length[i] as number[];
      const below = length[i + 1] as number[];
      row[j] = x[i] === y[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  const result = new Map<number, number>();
  for (let i = 0, j = 0; i < x.length && j < y.length; ) {
    if (x[i] === y[j]) {
      result.set(i, j);
      i += 1;
      j += 1;
    } else if ((length[i + 1]?.[j] ?? 0) >= (length[i]?.[j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return result;
}
