/** Puts hints into exported YAML, as keys of the entries that they are about: a database has none, so neither has what is exported from it. */
import { type Document, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import type { Hint } from '../../src/desired/declaration.js';
import { yamlReader } from '../../src/desired/yaml/read.js';
import { type SlotNode, slotId, slotTree } from '../../src/desired/yaml/slot-tree.js';
import { kinds } from '../../src/kinds/registry.js';
import { renamedMembers } from '../../src/kinds/renamed-members.js';
import { identifierOf } from '../../src/kinds/yaml-names.js';

interface YamlText {
  readonly path: string;
  readonly text: string;
}

const tree = slotTree(kinds);
const read = yamlReader(kinds);

/** What the SQL of a case leaves to the server (an extension's version), which an export says. */
export interface Unset {
  readonly address: string;
  readonly names: readonly string[];
}

export interface Owners {
  /** Objects whose owner the SQL of a case gives. */
  readonly of: readonly string[];
  /** Who exported: objects of this role are exported without an owner. */
  readonly exporter: string;
}

/** @throws Error when a hint finds no entry. */
export async function withHints(
  files: readonly YamlText[],
  hints: readonly Hint[],
  unset: readonly Unset[],
  owners: Owners,
): Promise<readonly YamlText[]> {
  const left = new Set(hints);
  const written: YamlText[] = [];
  const owned = new Set<string>();
  for (const file of files)
    for (const { declares } of (await read(file)).declarations)
      for (const { address } of declares) if (address.startsWith('owner:')) owned.add(address.slice('owner:'.length));
  for (const file of files) {
    const { declarations } = await read(file);
    const document = parseDocument(file.text);
    const all = declarations.flatMap(({ declares }) => declares);
    for (const { address, names } of unset) {
      const declared = all.find((one) => one.address === address);
      if (declared !== undefined) remove(document, declared.span.start.offset, names);
    }
    for (const address of owners.of.filter((each) => !owned.has(each))) {
      // Other statements about the object stand behind its own.
      const [offset] = all.flatMap((one) => (one.address === address ? [one.span.start.offset] : [])).sort((a, b) => a - b);
      if (offset !== undefined && put(document, offset, 'owner', owners.exporter)) owned.add(address);
    }
    for (const hint of hints) {
      const declared = all.find(({ address }) => address === hint.address);
      if (declared !== undefined && put(document, declared.span.start.offset, hint.name, writtenOf(hint))) left.delete(hint);
    }
    written.push({ path: file.path, text: document.toString({ lineWidth: 0 }) });
  }
  if (left.size > 0) throw new Error(`no YAML entry for ${[...left].map(({ name, address }) => `${name} of ${address}`).join(', ')}`);
  return written;
}

function remove(document: Document, offset: number, names: readonly string[]): void {
  const found = isMap(document.contents) ? entryAt(document.contents, '', offset) : null;
  found?.set(document, (entry) => {
    for (const name of names) entry.delete(name);
  });
}

/** Not over what is said there. */
function put(document: Document, offset: number, name: string, value: unknown): boolean {
  const root = document.contents;
  if (!isMap(root)) return false;
  const found = entryAt(root, '', offset);
  if (found !== null) {
    found.set(document, (entry) => {
      if (!entry.has(name)) entry.set(name, document.createNode(value));
    });
    return true;
  }
  // The document's own schema, which has no entry while it has only a name.
  const named = root.items.find(({ key, value }) => isScalar(value) && [key, value].some((part) => rangeStart(part) === offset));
  if (named === undefined) return false;
  root.set('schemas', document.createNode({ [String((named.value as { value: unknown }).value)]: { [name]: value } }));
  return true;
}

function writtenOf({ name, value }: Hint): unknown {
  if (name === 'renamed_from') return identifierOf(value);
  const members = name === 'renamed_fields' || name === 'renamed_values' ? renamedMembers(value) : null;
  return members === null ? value : Object.fromEntries(members);
}

interface Found {
  /** Calls back with the entry as a map, which it becomes where it was a plain value. */
  set(document: Document, change: (entry: YAMLMap) => void): void;
}

function entryAt(map: YAMLMap, id: string, offset: number): Found | null {
  for (const pair of map.items) {
    const section = isScalar(pair.key) ? String(pair.key.value) : '';
    const node = tree.inside(id).find(({ slot }) => slot.section === section);
    if (node === undefined || node.slot.value !== undefined) continue;
    const inner = slotId(node.slot);
    if (node.slot.form === 'single') {
      if (rangeStart(pair.key) === offset) return inPair(pair, node);
      continue;
    }
    const members = isMap(pair.value) ? pair.value.items : [];
    for (const member of members) {
      if (rangeStart(member.key) === offset) return inPair(member, node);
      const nested = isMap(member.value) ? entryAt(member.value, inner, offset) : null;
      if (nested !== null) return nested;
    }
    const items = [pair.value, ...members.map(({ value }) => value)].flatMap((value) => (isSeq(value) ? value.items : []));
    const item = items.find((one) => rangeStart(one) === offset);
    if (isMap(item)) return { set: (_document, change) => change(item) };
  }
  return null;
}

function inPair(pair: { value: unknown }, { slot }: SlotNode): Found {
  return {
    set(document, change) {
      if (!isMap(pair.value)) {
        const plain = pair.value;
        const entry = document.createNode({}) as YAMLMap;
        if (plain !== null && !(isScalar(plain) && plain.value === null)) entry.set(slot.short ?? '', plain);
        pair.value = entry;
      }
      change(pair.value as YAMLMap);
    },
  };
}

function rangeStart(node: unknown): number | null {
  return (isScalar(node) || isMap(node) || isSeq(node)) && node.range ? node.range[0] : null;
}
