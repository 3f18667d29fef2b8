/** Values -> YAML text, short ones on one line; the same value always gives the same text. Knows no slot. */
import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { YamlValue } from '../../kinds/yaml-slot.js';

/** A map with its keys in this order: names such as "2024" would lose theirs in an object. */
export class Members {
  constructor(
    readonly list: readonly (readonly [key: string, value: YamlTree])[],
    /** A map from names to definitions: one line each, never one line for all. */
    readonly isNames = false,
  ) {}
}

export type YamlTree = string | number | boolean | null | readonly YamlTree[] | Members;

export const LINE = 100;

/** Plain objects of slots become maps in their own order; what is undefined is not there. */
export function treeOf(value: YamlValue): YamlTree {
  if (Array.isArray(value)) return (value as readonly YamlValue[]).map(treeOf);
  if (typeof value !== 'object' || value === null) return value as YamlTree;
  return new Members(Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, treeOf(member)] as const])));
}

export function writeYaml(root: Members, heading: string): string {
  const document = new Document(nodeOf(root, 0));
  document.commentBefore = heading;
  if (document.contents instanceof YAMLMap) for (const pair of document.contents.items.slice(1)) spaceBefore(pair);
  return document.toString({ lineWidth: 0, indent: 2, flowCollectionPadding: true });
}

/** "key: value" as it stands in a map, without indentation and line end; `depth` 1 is a member of the document. */
export function writeMember(key: string, value: YamlTree, depth: number): string {
  const document = new Document(new YAMLMap());
  (document.contents as unknown as YAMLMap).items.push(new Pair(new Scalar(key), nodeOf(value, depth)));
  return document.toString({ lineWidth: 0, indent: 2, flowCollectionPadding: true }).replace(/\n$/, '');
}

/** A key with the quotes that it needs. */
export function writeKey(key: string): string {
  return writeMember(key, null, 1).replace(/: null$/, '');
}

/** The same on one line, inside of brackets; null: it cannot be there. */
export function writeInFlow(key: string | null, value: YamlTree): string | null {
  const node = nodeOf(value, 1, true);
  const document = new Document(key === null ? listOf(node) : mapOf(key, node));
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true }).replace(/\n$/, '');
  return text.includes('\n') ? null : text.slice(2, -2);
}

/** One item of a list in lines, with its dash. */
export function writeItem(value: YamlTree, depth: number): string {
  const list = new YAMLSeq();
  list.items.push(nodeOf(value, depth));
  return new Document(list).toString({ lineWidth: 0, indent: 2, flowCollectionPadding: true }).replace(/\n$/, '');
}

function mapOf(key: string, node: Scalar | YAMLMap | YAMLSeq): YAMLMap {
  const map = new YAMLMap();
  map.flow = true;
  map.items.push(new Pair(new Scalar(key), node));
  return map;
}

function listOf(node: Scalar | YAMLMap | YAMLSeq): YAMLSeq {
  const list = new YAMLSeq();
  list.flow = true;
  list.items.push(node);
  return list;
}

/** An empty line between the sections of a document. */
function spaceBefore(pair: Pair): void {
  const { key } = pair;
  if (key instanceof Scalar) key.spaceBefore = true;
}

function nodeOf(tree: YamlTree, depth: number, inFlow = false): Scalar | YAMLMap | YAMLSeq {
  if (tree instanceof Members) {
    const map = new YAMLMap();
    for (const [key, value] of tree.list) map.items.push(new Pair(new Scalar(key), nodeOf(value, depth + 1, inFlow)));
    map.flow = inFlow || tree.list.length === 0 || (!tree.isNames && depth > 0 && fitsLine(tree));
    return map;
  }
  if (Array.isArray(tree)) {
    const list = new YAMLSeq();
    for (const item of tree as readonly YamlTree[]) list.items.push(nodeOf(item, depth + 1, inFlow));
    list.flow = inFlow || list.items.length === 0 || fitsLine(tree);
    return list;
  }
  return new Scalar(tree);
}

function fitsLine(tree: YamlTree): boolean {
  const length = flowLength(tree);
  return length !== null && length <= LINE;
}

/** How long it is on one line; null when it cannot or should not be there: SQL with commas or brackets would need quotes. */
function flowLength(tree: YamlTree): number | null {
  if (typeof tree === 'string') return /[[\]{},\n]|^\s|\s$/.test(tree) ? null : tree.length + 2;
  if (tree instanceof Members) {
    if (tree.isNames) return null;
    return sum(tree.list.map(([key, value]) => plus(flowLength(key), flowLength(value))));
  }
  if (Array.isArray(tree)) return sum((tree as readonly YamlTree[]).map(flowLength));
  return String(tree).length + 2;
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function sum(lengths: readonly (number | null)[]): number | null {
  return lengths.reduce(plus, 2);
}
