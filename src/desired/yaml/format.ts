/** Desired YAML text -> the same in the form that export writes, comments kept. Names no kind. */
import { isDeepStrictEqual } from 'node:util';
import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Kind } from '../../kinds/kind.js';
import type { YamlSlot } from '../../kinds/yaml-slot.js';
import { type SlotNode, type SlotTree, slotId, slotTree } from './slot-tree.js';
import { LINE } from './write.js';

/** Whole numbers keep their digits. */
const OPTIONS = { prettyErrors: false, version: '1.2', stringKeys: true, intAsBigInt: true } as const;

/** Null: the text is not valid YAML, and validate says where. */
export function formatYaml(text: string, kinds: readonly Kind[]): string | null {
  const documents = parsed(text);
  if (documents === null) return null;
  // Nothing but comments.
  if (documents.length === 0) return text;
  const tree = slotTree(kinds);
  const formatted = documents.map((document) => {
    if (isMap(document.contents)) formatRoot(document.contents as YAMLMap, tree);
    return document.toString({ lineWidth: 0, indent: 2, flowCollectionPadding: true });
  });
  const result = formatted.map((own, index) => (index === 0 || own.startsWith('---') ? own : `---\n${own}`)).join('');
  const again = parsed(result);
  if (again === null || !isDeepStrictEqual(values(again), values(documents)) || comments(text) !== comments(result))
    throw new Error('formatting would have changed what the file says');
  return result;
}

function parsed(text: string): readonly Document.Parsed[] | null {
  const found = parseAllDocuments(text, OPTIONS);
  if (!Array.isArray(found)) return [];
  const documents = found as readonly Document.Parsed[];
  return documents.every(({ errors }) => errors.length === 0) ? documents : null;
}

const values = (documents: readonly Document.Parsed[]): unknown =>
  documents.map((document) => plain(document.toJS({ maxAliasCount: 1000 })));

/** The order of keys is form, not content. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, plain(member)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** How many there are, by text. */
function comments(text: string): string {
  return [...yamlComments(text)].sort().join('\n');
}

/** Line by line, without what surrounds them. */
export function yamlComments(text: string): readonly string[] {
  const found: string[] = [];
  for (const document of parsed(text) ?? []) {
    found.push(document.commentBefore ?? '', document.comment ?? '');
    visit(document, { Node: (_key, node) => void found.push(node.commentBefore ?? '', node.comment ?? '') });
  }
  return found
    .flatMap((comment) => comment.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Whether two texts hold the same values, whatever their form; of texts that are not valid it is not known. */
export function sameYaml(a: string, b: string): boolean {
  const [left, right] = [parsed(a), parsed(b)];
  return left !== null && right !== null && isDeepStrictEqual(values(left), values(right));
}

function formatRoot(root: YAMLMap, tree: SlotTree): void {
  const order = new Map(tree.inside('').map(({ slot }, index) => [slot.section, index]));
  ordered(root, (key) => order.get(key) ?? -1);
  for (const [index, pair] of root.items.entries()) {
    if (isNode(pair.key)) pair.key.spaceBefore = index > 0;
    const node = tree.inside('').find(({ slot }) => slot.section === keyOf(pair));
    if (node !== undefined) formatSection(pair.value, node, tree);
  }
  root.flow = false;
}

/** The value of a slot's key. */
function formatSection(value: unknown, node: SlotNode, tree: SlotTree): void {
  const { slot } = node;
  if (slot.value !== undefined || slot.form === 'single') {
    formatEntry(value, slot, tree);
    return;
  }
  if (isMap(value)) {
    for (const pair of value.items) formatEntry(pair.value, slot, tree);
    value.flow = value.items.length === 0;
    names.add(value);
  } else if (isSeq(value)) {
    for (const item of value.items) formatEntry(item, slot, tree);
    value.flow = fits(value);
  }
}

function formatEntry(value: unknown, slot: YamlSlot, tree: SlotTree): void {
  if (isScalar(value)) plainScalar(value);
  if (isSeq(value)) {
    for (const item of value.items) formatEntry(item, slot, tree);
    value.flow = fits(value);
  }
  if (!isMap(value)) return;
  const nested = tree.inside(slotId(slot));
  const own = Object.keys(slot.properties ?? {});
  if (slot.properties !== undefined) ordered(value as YAMLMap, (key) => rank(key, slot, own, nested));
  for (const pair of value.items) {
    const inner = nested.find((node) => node.slot.section === keyOf(pair));
    if (inner !== undefined) formatSection(pair.value, inner, tree);
    else formatValue(pair.value);
  }
  value.flow = value.items.length === 0 || fits(value);
}

/** As export: the name and what a plain value stands for come first, then the slots before 10, the entry's own keys, and the rest. */
function rank(key: string, slot: YamlSlot, own: readonly string[], nested: readonly SlotNode[]): number {
  if (key === 'name' && !own.includes('name')) return -2;
  if (key === slot.short) return -1;
  const inner = nested.find((node) => node.slot.section === key);
  if (inner !== undefined) return inner.slot.order;
  return own.includes(key) ? 10 : 1000;
}

function formatValue(value: unknown): void {
  if (isScalar(value)) plainScalar(value);
  if (!isCollection(value)) return;
  for (const item of value.items) formatValue(isPair(item) ? item.value : item);
  value.flow = fits(value);
}

/** Quotes where they are needed; a text of several lines in lines. */
function plainScalar(scalar: Scalar): void {
  if (scalar.type === Scalar.BLOCK_FOLDED || scalar.type === Scalar.BLOCK_LITERAL) return;
  if (typeof scalar.value === 'string') scalar.type = undefined as never;
}

/** Stable; a comment above the first key stays at that key. */
function ordered(map: YAMLMap, rankOf: (key: string) => number): void {
  const first = map.items[0]?.key;
  if (map.commentBefore && isNode(first)) {
    first.commentBefore = [map.commentBefore, first.commentBefore].filter(Boolean).join('\n');
    map.commentBefore = null;
  }
  map.items.sort((a, b) => rankOf(keyOf(a)) - rankOf(keyOf(b)));
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

/** Maps from names to definitions: one line each, never one for all. */
const names = new WeakSet<Node>();

/** Whether it is written on one line: short, without comments, and without SQL that would need quotes there. */
function fits(node: Node): boolean {
  // A comment behind all of it can stay there.
  const length = lengthOf(node, true);
  return length !== null && length <= LINE;
}

function lengthOf(value: unknown, isWhole = false): number | null {
  if (value === null || value === undefined) return 4;
  if (isPair(value)) {
    const [key, member] = [lengthOf(value.key), lengthOf(value.value)];
    return key === null || member === null ? null : key + member;
  }
  const node = value as Node;
  if (node.commentBefore || (node.comment && !isWhole) || node.spaceBefore || ('anchor' in node && node.anchor)) return null;
  if (isScalar(node)) {
    const text = node.value;
    if (typeof text !== 'string') return String(text).length + 2;
    return /[[\]{},\n]|^\s|\s$/.test(text) ? null : text.length + 2;
  }
  if (!isCollection(node) || names.has(node)) return null;
  return node.items.map((item) => lengthOf(item)).reduce((sum, length) => (sum === null || length === null ? null : sum + length), 2);
}
