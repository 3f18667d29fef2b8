/** Objects -> YAML files, as little as says them all, by the kinds' slots; what YAML cannot say is handed back. Names no kind. */
import type { Address } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import type { Kind } from '../../kinds/kind.js';
import type { YamlMap, YamlPart, YamlSlot, YamlView } from '../../kinds/yaml-slot.js';
import { SCHEMA_URL } from './json-schema.js';
import { type SlotNode, type SlotTree, slotId, slotTree } from './slot-tree.js';
import { Members, treeOf, writeYaml, type YamlTree } from './write.js';

/** File of what is in no schema. */
const DATABASE = 'database';

export interface YamlExport {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What has to be written in SQL. */
  readonly rest: State;
}

export interface YamlExportOptions {
  readonly kinds: readonly Kind[];
  /** One file per object; else one per schema. */
  readonly perObject: boolean;
}

interface Exporting {
  readonly state: State;
  readonly tree: SlotTree;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly children: ReadonlyMap<Address, readonly SchemaObject[]>;
  readonly dependants: ReadonlyMap<Address, readonly SchemaObject[]>;
  readonly said: Set<Address>;
}

/** An entry of a document, ready to be put into a file. */
interface Placed {
  /** The object that it is about; null: the database as a whole. */
  readonly object: Address | null;
  /** Everything that it says. */
  readonly says: readonly Address[];
  readonly file: string;
  readonly schema: string | null;
  readonly section: string;
  /** null: the entry is the value of the whole section. */
  readonly name: string | null;
  readonly entry: YamlTree;
}

/** The entries that say a state, each by itself. */
export interface YamlEntries {
  readonly entries: readonly YamlEntryText[];
  readonly rest: State;
  /** The text of a file that holds these and nothing else. */
  text(entries: readonly YamlEntryText[]): string;
  /** The key that names a document's schema. */
  readonly schemaKey: string;
}

export type YamlEntryText = Placed;

export function yamlEntries(state: State, options: YamlExportOptions): YamlEntries {
  const exporting = exportingOf(state, options);
  const { tree } = exporting;
  const entries = tree.inside('').flatMap((node) => placedEntries(exporting, node, options.perObject));
  const rest = new Map([...state].filter(([address]) => !exporting.said.has(address)));
  return { entries, rest, text: (placed) => fileText(placed, tree), schemaKey: tree.opening.key };
}

export function exportYaml(state: State, options: YamlExportOptions): YamlExport {
  const { entries, rest, text } = yamlEntries(state, options);
  const paths = [...new Set(entries.map(({ file }) => file))].sort();
  return { files: paths.map((path) => ({ path, text: text(entries.filter(({ file }) => file === path)) })), rest };
}

function exportingOf(state: State, options: YamlExportOptions): Exporting {
  const tree = slotTree(options.kinds);
  return {
    state,
    tree,
    kinds: new Map(options.kinds.map((kind) => [kind.name, kind])),
    children: grouped(state, (object) => [object.parent ?? hostOf(tree, object) ?? []].flat()),
    dependants: grouped(state, (object) => object.dependsOn),
    said: new Set(),
  };
}

function grouped(state: State, keysOf: (object: SchemaObject) => readonly Address[]): ReadonlyMap<Address, readonly SchemaObject[]> {
  const groups = new Map<Address, SchemaObject[]>();
  for (const object of state.values()) {
    for (const key of keysOf(object)) {
      const group = groups.get(key);
      if (group) group.push(object);
      else groups.set(key, [object]);
    }
  }
  return groups;
}

/** The object in whose entry it stands though that is not its parent. */
function hostOf(tree: SlotTree, object: SchemaObject): Address | null {
  const node = tree.all.find(({ kind, slot }) => kind.name === object.kind && slot.inside !== undefined && (slot.claims?.(object) ?? true));
  return node?.slot.inside?.(object) ?? null;
}

function viewOf({ state, children }: Exporting, schema: string): YamlView {
  return {
    state,
    schema,
    children: (parent, kind) => (children.get(parent) ?? []).filter((object) => kind === undefined || object.kind === kind),
  };
}

function placedEntries(exporting: Exporting, node: SlotNode, perObject: boolean): readonly Placed[] {
  const { slot, kind } = node;
  const objects = [...exporting.state.values()].filter((object) => object.kind === kind.name && (slot.claims?.(object) ?? true));
  if (slot.value) return placedValue(exporting, node, objects, perObject);
  return objects.sort(byAddress).flatMap((object) => {
    const schema = slot.schemaless ? null : (object.parts[0] ?? '');
    const view = viewOf(exporting, schema ?? '');
    const before = exporting.said.size;
    const made = slot.implied?.(object, view) ? new Members([]) : entryOf(exporting, node, object, view);
    if (made === null) return [];
    if (slot.implied?.(object, view)) say(exporting, node, object, view);
    const name = keyOf(slot, object, view);
    const isSchema = slot.opens !== undefined;
    const leader = leaderOf(exporting.tree, object, view);
    const leading = slotOf(exporting.tree, leader);
    const folder = schema === null ? '' : `${fileName(schema)}/`;
    const path = !perObject
      ? `${fileName(schema ?? DATABASE)}.yaml`
      : isSchema
        ? `${folder}${slot.opens?.key ?? ''}.yaml`
        : `${folder}${leading?.slot.section ?? slot.section}/${fileName(leader.parts.at(-1) ?? '')}.yaml`;
    const nothing = made instanceof Members && made.list.length === 0 && isSchema;
    const says = [...exporting.said].slice(before);
    return [
      {
        object: object.address,
        says,
        file: path,
        schema: isSchema && !nothing ? null : schema,
        section: nothing ? '' : slot.section,
        name,
        entry: short(node, made),
      },
    ];
  });
}

/** What is said of the database as a whole, in one value. */
function placedValue(exporting: Exporting, { slot }: SlotNode, objects: readonly SchemaObject[], perObject: boolean): readonly Placed[] {
  const own = objects.filter(({ parent }) => parent === null).sort(byAddress);
  const { value, said } = slot.whole?.(own, viewOf(exporting, ''), null) ?? { value: undefined, said: [] };
  for (const object of said) exporting.said.add(object.address);
  const file = perObject ? `${slot.section}.yaml` : `${DATABASE}.yaml`;
  return value === undefined
    ? []
    : [
        {
          object: null,
          says: said.map(({ address }) => address),
          file,
          schema: null,
          section: slot.section,
          name: null,
          entry: treeOf(value),
        },
      ];
}

/** The object whose file it goes to. */
function leaderOf(tree: SlotTree, object: SchemaObject, view: YamlView): SchemaObject {
  let leader = object;
  for (let next = nextLeader(tree, leader, view); next !== null; next = nextLeader(tree, leader, view)) leader = next;
  return leader;
}

function nextLeader(tree: SlotTree, object: SchemaObject, view: YamlView): SchemaObject | null {
  const found = view.state.get(slotOf(tree, object)?.slot.beside?.(object, view) ?? '');
  return found !== undefined && found.parts[0] === object.parts[0] ? found : null;
}

function slotOf(tree: SlotTree, object: SchemaObject): SlotNode | undefined {
  return tree.inside('').find(({ kind, slot }) => kind.name === object.kind && (slot.claims?.(object) ?? true));
}

function keyOf(slot: YamlSlot, object: SchemaObject, view: YamlView): string {
  return slot.key?.(object, view) ?? object.parts.at(-1) ?? '';
}

function say(exporting: Exporting, { slot }: SlotNode, object: SchemaObject, view: YamlView): void {
  exporting.said.add(object.address);
  for (const other of slot.says?.(object, view) ?? []) exporting.said.add(other.address);
  for (const child of exporting.children.get(object.address) ?? [])
    if (slot.brings?.includes(child.kind)) exporting.said.add(child.address);
}

/** The entry with everything inside it; null when YAML cannot say it. */
function entryOf(exporting: Exporting, node: SlotNode, object: SchemaObject, view: YamlView, name?: string): Members | null {
  const { slot } = node;
  const own = slot.keys?.(object, view) ?? null;
  if (own === null) return null;
  say(exporting, node, object, view);
  return withNested(exporting, node, own, object, null, view, name);
}

/** The entry's own keys and those of what hangs on the object, or on a part of it. */
function withNested(
  exporting: Exporting,
  { slot }: SlotNode,
  own: YamlMap,
  object: SchemaObject,
  part: string | null,
  view: YamlView,
  name?: string,
): Members {
  const nested = exporting.tree.inside(slotId(slot)).flatMap((inner): readonly Keyed[] => {
    const value = sectionOf(exporting, inner, object, part, view);
    return value === undefined ? [] : [{ key: inner.slot.section, value, order: inner.slot.order }];
  });
  const keys: Keyed[] = [...membersOf(own).map(([key, value]) => ({ key, value, order: key === slot.short ? -1 : 10 })), ...nested];
  if (name !== undefined) keys.push({ key: 'name', value: name, order: -2 });
  return new Members(keys.sort((a, b) => a.order - b.order).map(({ key, value }) => [key, value] as const));
}

interface Keyed {
  readonly key: string;
  readonly value: YamlTree;
  readonly order: number;
}

function membersOf(own: YamlMap): readonly (readonly [string, YamlTree])[] {
  const tree = treeOf(own);
  return tree instanceof Members ? tree.list : [];
}

/** The value of a slot's key inside the entry of `owner`; undefined when there is nothing to say. */
function sectionOf(exporting: Exporting, node: SlotNode, owner: SchemaObject, part: string | null, view: YamlView): YamlTree | undefined {
  const { slot, kind } = node;
  if (slot.partsOf !== undefined) return partsOf(exporting, node, slot.partsOf(owner, view), owner, view);
  const objects = (exporting.children.get(owner.address) ?? []).filter(
    (object) => object.kind === kind.name && (slot.claims?.(object) ?? true) && (slot.partOf?.(object) ?? null) === part,
  );
  if (slot.value) {
    const { value, said } = slot.whole?.([...objects].sort(byAddress), view, owner) ?? { value: undefined, said: [] };
    for (const object of said) exporting.said.add(object.address);
    return value === undefined ? undefined : treeOf(value);
  }
  const entries: { readonly name: string; readonly isNamed: boolean; readonly entry: Members }[] = [];
  const early = (object: SchemaObject): number => (slot.isFirst?.(object, view) ? 0 : 1);
  for (const object of [...objects].sort((a, b) => early(a) - early(b) || byPosition(a, b))) {
    if (slot.implied?.(object, view)) {
      say(exporting, node, object, view);
      // What hangs on it and is the same as where it comes from.
      for (const child of exporting.children.get(object.address) ?? []) exporting.said.add(child.address);
      continue;
    }
    const name = keyOf(slot, object, view);
    const isNamed = slot.form === 'map' || needsName(exporting, node, object, view);
    const inEntry = isNamed && slot.nameable ? name : undefined;
    const entry = entryOf(exporting, node, object, view, inEntry);
    if (entry !== null) entries.push({ name, isNamed, entry });
  }
  if (entries.length === 0) return undefined;
  if (slot.form === 'single') return short(node, entries[0]?.entry ?? new Members([]));
  if (entries.every(({ isNamed }) => isNamed))
    return new Members(
      entries.map(({ name, entry }) => [name, short(node, entry)] as const),
      true,
    );
  return entries.map(({ name, isNamed, entry }) => (isNamed ? new Members([['name', name], ...entry.list]) : short(node, entry)));
}

/** Parts of which there is something to say. */
function partsOf(
  exporting: Exporting,
  node: SlotNode,
  parts: readonly YamlPart[],
  owner: SchemaObject,
  view: YamlView,
): YamlTree | undefined {
  const entries = parts
    .map(({ name, keys }) => [name, withNested(exporting, node, keys, owner, name, view)] as const)
    .filter(([, entry]) => entry.list.length > 0)
    .map(([name, entry]) => [name, short(node, entry)] as const);
  return entries.length === 0 ? undefined : new Members(entries, true);
}

/** A name that PostgreSQL would choose is needed all the same where something outside of the entry speaks of it. */
function needsName(exporting: Exporting, { slot }: SlotNode, object: SchemaObject, view: YamlView): boolean {
  const usual = slot.defaultName?.(object, view) ?? null;
  if (usual === null || usual !== object.parts.at(-1)) return slot.defaultName !== undefined || slot.form === 'optional';
  const brought = new Set(exporting.tree.all.flatMap((node) => node.slot.brings ?? []));
  const children = (exporting.children.get(object.address) ?? []).filter((child) => !brought.has(child.kind));
  const others = (exporting.dependants.get(object.address) ?? []).filter(
    (other) => !brought.has(other.kind) && exporting.kinds.get(other.kind)?.yaml === undefined,
  );
  return children.length > 0 || others.length > 0;
}

/** An entry that has only the key that a plain value stands for is that value. */
function short({ slot }: SlotNode, entry: Members): YamlTree {
  const [only] = entry.list;
  return entry.list.length === 1 && only !== undefined && only[0] === slot.short ? only[1] : entry;
}

function byAddress(a: SchemaObject, b: SchemaObject): number {
  return a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
}

function byPosition(a: SchemaObject, b: SchemaObject): number {
  const place = (object: SchemaObject): number => (typeof object.attributes.position === 'number' ? object.attributes.position : 0);
  return place(a) - place(b) || byAddress(a, b);
}

/** A file's documents: that of the schema's own things, then that of what is in the schema. */
function fileText(placed: readonly Placed[], tree: SlotTree): string {
  const heading = ` yaml-language-server: $schema=${SCHEMA_URL}`;
  const members: [string, YamlTree][] = [];
  const schema = placed.find((item) => item.schema !== null)?.schema ?? null;
  if (schema !== null) members.push([tree.opening.key, schema]);
  for (const { slot } of tree.inside('')) {
    const own = placed.filter(({ section }) => section === slot.section);
    const whole = own.find(({ name }) => name === null);
    if (whole !== undefined) members.push([slot.section, whole.entry]);
    else if (own.length > 0) members.push([slot.section, byName(own)]);
  }
  return writeYaml(new Members(members, true), heading);
}

/** Several of one name make a list. */
function byName(placed: readonly Placed[]): Members {
  const groups = new Map<string, YamlTree[]>();
  for (const { name, entry } of placed) groups.set(name ?? '', [...(groups.get(name ?? '') ?? []), entry]);
  return new Members(
    [...groups].map(([name, entries]) => [name, entries.length === 1 ? (entries[0] ?? null) : entries] as const),
    true,
  );
}

/** Lower case, because some file systems do not tell cases apart; what would then collide shares a file. */
function fileName(name: string): string {
  return encodeURIComponent(name.toLowerCase()).replaceAll('*', '%2A').replaceAll('.', '%2E').replaceAll("'", '%27');
}
