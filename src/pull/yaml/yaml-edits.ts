/** Changes -> edits of YAML files, by comparing the entries that say each state; hands back what YAML does not say. Names no kind. */
import { dirname, join } from 'node:path';
import { isMap, isSeq, type Node, parseAllDocuments, type YAMLMap } from 'yaml';
import type { Address } from '../../core/address.js';
import type { Change } from '../../core/change.js';
import type { SchemaObject, State } from '../../core/object.js';
import type { Variables } from '../../core/variables.js';
import { type YamlEntries, type YamlEntryText, yamlEntries } from '../../desired/yaml/export.js';
import { slotTree } from '../../desired/yaml/slot-tree.js';
import { documentVariables } from '../../desired/yaml/variables.js';
import { Members, writeMember } from '../../desired/yaml/write.js';
import { kinds } from '../../kinds/registry.js';
import type { Difference, Texts } from '../difference.js';
import { lineEnd } from '../edit.js';
import type { FileEdit } from '../sql/sql-edits.js';
import { inserted, NoPlace, removed, spanOf } from './collection-edits.js';
import { languages } from './languages.js';
import { keyOf, mergedPair, pairOf, sameTree } from './tree-merge.js';

export interface YamlEdits {
  readonly edits: readonly FileEdit[];
  readonly created: Texts;
  /** Changes that YAML files do not say. */
  readonly rest: readonly Change[];
}

interface Document {
  readonly file: string;
  readonly text: string;
  readonly root: YAMLMap;
  /** Null: it speaks of no schema. */
  readonly schema: string | null;
}

/** From this try on a member that differs is replaced as a whole. */
const COARSE = 2;
/** And from this one the whole entry. */
const WHOLE = 3;

export function yamlEdits(
  difference: Difference,
  texts: Texts,
  changes: readonly Change[],
  levelOf: (address: Address) => number,
  folder: string,
  variables: Variables | null,
): YamlEdits {
  const { said, wanted } = difference;
  const speaks = languages(difference, texts);
  const inYaml = (state: State): State => new Map([...state].filter(([, object]) => speaks(object) === 'yaml'));
  const options = { kinds, perObject: true };
  const [before, after] = [yamlEntries(inYaml(said), options), yamlEntries(inYaml(withOnly(said, wanted, changes)), options)];
  const documents = [...texts].flatMap(([file, text]) =>
    /\.ya?ml$/i.test(file) ? documentsOf(file, text, before.schemaKey, variables) : [],
  );
  const [old, now] = [byObject(before.entries), byObject(after.entries)];
  const edits: FileEdit[] = [];
  const created = new Map<string, string>();
  const handled = new Set<Address>();
  const editing = { documents, after, texts, folder };
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const [from, to] = [old.get(id), now.get(id)];
    if (from !== undefined && to !== undefined && sameTree(from.entry, to.entry)) continue;
    const says = new Set([...(from?.says ?? []), ...(to?.says ?? [])]);
    const own = changes.filter(({ address }) => says.has(address)).map(({ address }) => address);
    for (const address of own) handled.add(address);
    const level = Math.max(1, ...own.map(levelOf));
    const result = entryEdits(editing, from ?? null, to ?? null, level);
    edits.push(...result.edits.map((edit) => ({ ...edit, addresses: own })));
    for (const [path, text] of result.created) created.set(path, text);
  }
  return { edits, created, rest: changes.filter(({ address }) => !handled.has(address)) };
}

/** The state with the chosen changes only. */
function withOnly(said: State, wanted: State, changes: readonly Change[]): State {
  const state = new Map<Address, SchemaObject>(said);
  for (const { address } of changes) {
    const object = wanted.get(address);
    if (object === undefined) state.delete(address);
    else state.set(address, object);
  }
  return state;
}

function byObject(entries: readonly YamlEntryText[]): ReadonlyMap<string, YamlEntryText> {
  return new Map(entries.map((entry) => [entry.object ?? entry.section, entry]));
}

const tree = slotTree(kinds);

/** With the names that variables stand for; the text is as it is. */
function documentsOf(file: string, text: string, schemaKey: string, variables: Variables | null): readonly Document[] {
  const found = parseAllDocuments(text, { version: '1.2', stringKeys: true });
  return (Array.isArray(found) ? found : []).flatMap((document) => {
    documentVariables(document, { scope: { variables, used: new Set() }, isForeign: tree.isForeign });
    const { contents } = document;
    if (!isMap(contents)) return [];
    const schema = contents.get(schemaKey);
    return [{ file, text, root: contents as YAMLMap, schema: typeof schema === 'string' ? schema : null }];
  });
}

interface Editing {
  readonly documents: readonly Document[];
  readonly after: YamlEntries;
  readonly texts: Texts;
  readonly folder: string;
}

interface EntryEdits {
  readonly edits: readonly Omit<FileEdit, 'addresses'>[];
  readonly created: ReadonlyMap<string, string>;
}

function entryEdits(editing: Editing, before: YamlEntryText | null, after: YamlEntryText | null, level: number): EntryEdits {
  const entry = after ?? before;
  if (entry === null) return { edits: [], created: new Map() };
  const found = before === null ? null : entryIn(editing.documents, before);
  if (found === null) return after === null ? { edits: [], created: new Map() } : added(editing, after);
  const { document, section, key } = found;
  const here = (edits: ReturnType<typeof removed>) => edits.map((edit) => ({ ...edit, file: document.file }));
  const pair = pairOf(section, key);
  if (pair === null) return { edits: [], created: new Map() };
  if (after === null) {
    const [map, gone] =
      section.items.length === 1 && section !== document.root ? [document.root, parentPair(document, section)] : [section, pair];
    if (gone === null) return { edits: [], created: new Map() };
    // Nothing else is said in the file.
    const left = document.root.items.filter((item) => item !== gone && keyOf(item) !== editing.after.schemaKey);
    if (map === document.root && left.length === 0 && editing.documents.filter(({ file }) => file === document.file).length === 1)
      return { edits: here([{ from: 0, to: document.text.length, text: '' }]), created: new Map() };
    return { edits: here(removed(document.text, map, gone, 0)), created: new Map() };
  }
  const filed: Omit<FileEdit, 'addresses'>[] = [];
  const takesFile = (name: string, value: string): boolean => {
    const path = join(dirname(document.file), name);
    const text = editing.texts.get(path);
    if (text === undefined) return false;
    filed.push({ file: path, from: 0, to: text.length, text: text.endsWith('\n') && !value.endsWith('\n') ? `${value}\n` : value });
    return true;
  };
  const merging = { text: document.text, isCoarse: level >= WHOLE, takesFile };
  const from = before?.entry ?? null;
  const depth = section === document.root ? 1 : 2;
  const edits =
    level === COARSE
      ? coarse(merging, section, key, from, after.entry, depth)
      : mergedPair(merging, section, pair, from, after.entry, depth);
  return { edits: [...here(edits), ...filed], created: new Map() };
}

/** Members of the entry that differ, each as a whole. */
function coarse(
  merging: Parameters<typeof mergedPair>[0],
  section: YAMLMap,
  key: string,
  before: YamlEntryText['entry'],
  after: YamlEntryText['entry'],
  depth: number,
): ReturnType<typeof mergedPair> {
  const pair = pairOf(section, key);
  if (pair === null) return [];
  if (!isMap(pair.value) || !(before instanceof Members) || !(after instanceof Members))
    return mergedPair({ ...merging, isCoarse: true }, section, pair, before, after, depth);
  const map = pair.value as YAMLMap;
  const old = new Map(before.list);
  return after.list.flatMap(([name, value]) => {
    const own = pairOf(map, name);
    const was = old.get(name);
    if (was !== undefined && sameTree(was, value)) return [];
    if (own !== null) return mergedPair({ ...merging, isCoarse: true }, map, own, was ?? null, value, depth + 1);
    return [inserted(merging.text, map, (map.items.at(-1) as Node | undefined as never) ?? null, name, value, depth + 1)];
  });
}

function entryIn(
  documents: readonly Document[],
  entry: YamlEntryText,
): { readonly document: Document; readonly section: YAMLMap; readonly key: string } | null {
  for (const document of documents) {
    if (entry.schema !== null && document.schema !== entry.schema && !(document.schema === null && entry.schema === 'public')) continue;
    if (entry.name === null) {
      if (pairOf(document.root, entry.section) !== null) return { document, section: document.root, key: entry.section };
      continue;
    }
    const section = document.root.get(entry.section);
    if (isMap(section) && pairOf(section as YAMLMap, entry.name) !== null)
      return { document, section: section as YAMLMap, key: entry.name };
  }
  return null;
}

function parentPair(document: Document, section: YAMLMap) {
  return (document.root.items.find((item) => item.value === section) ?? null) as ReturnType<typeof pairOf>;
}

/** A new entry: into a file of its own where its like have such files, else behind its like. */
function added(editing: Editing, entry: YamlEntryText): EntryEdits {
  const { documents, after, texts, folder } = editing;
  const nothing = new Map<string, string>();
  const alike = documents.filter(({ schema, root }) => schema === entry.schema && root.has(entry.section));
  const isOfOne = (document: Document): boolean => {
    const section = document.root.get(entry.section);
    const only = isMap(section) ? (section as YAMLMap).items : [];
    return only.length === 1 && document.file.endsWith(`/${keyOf(only[0])}.yaml`);
  };
  const [first] = alike;
  if (entry.name !== null && first !== undefined && !(alike.length > 0 && alike.every(isOfOne))) {
    const fullest = [...alike].sort((a, b) => countIn(b, entry.section) - countIn(a, entry.section))[0] ?? first;
    const section = fullest.root.get(entry.section);
    if (isMap(section) && !isSeq(section)) {
      const last = (section as YAMLMap).items.at(-1) ?? null;
      const edit = inserted(fullest.text, section as YAMLMap, last as never, entry.name, entry.entry, 2);
      return { edits: [{ ...edit, file: fullest.file }], created: nothing };
    }
  }
  const path =
    first === undefined ? join(folder, entry.file) : join(dirname(first.file), entry.file.slice(entry.file.lastIndexOf('/') + 1));
  const ofSchema = documents.filter(({ schema }) => schema === entry.schema);
  const [only] = ofSchema;
  // One file for all of the schema.
  if (first === undefined && only !== undefined && new Set(ofSchema.map(({ file }) => file)).size === 1 && entry.name !== null) {
    const own = writeMember(entry.section, new Members([[entry.name, entry.entry]], true), 1);
    const last = only.root.items.at(-1);
    if (last === undefined) throw new NoPlace();
    const end = lineEnd(only.text, spanOf(only.text, last as never)[1]);
    return { edits: [{ file: only.file, from: end, to: end, text: `\n\n${own}` }], created: nothing };
  }
  if (texts.has(path)) {
    const text = texts.get(path) ?? '';
    return { edits: [{ file: path, from: text.length, to: text.length, text: `---\n${after.text([entry])}` }], created: nothing };
  }
  return { edits: [], created: new Map([[path, after.text([entry])]]) };
}

function countIn(document: Document, section: string): number {
  const found = document.root.get(section);
  return isMap(found) ? found.items.length : 0;
}
