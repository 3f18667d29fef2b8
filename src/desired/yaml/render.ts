/** A YAML document -> the statements that say the same in SQL, by the kinds' slots; names no kind. */
import { formatAddress } from '../../core/address.js';
import type { Diagnostic } from '../../core/diagnostic.js';
import { quoteIdent } from '../../kinds/quote.js';
import type { SqlText, YamlEntry, YamlIdentity, YamlOwner, YamlPath, YamlPlace, YamlStatement } from '../../kinds/yaml-slot.js';
import type { Hint } from '../declaration.js';
import { entryAt } from './entries.js';
import { type SlotNode, type SlotTree, slotId } from './slot-tree.js';
import type { YamlFile } from './yaml-file.js';

/** A statement with where it comes from and whose it is. */
export interface RenderedStatement extends YamlStatement {
  readonly yaml: YamlFile;
  readonly at: YamlPath;
  readonly schema: string;
  readonly rank: number;
}

/** A hint whose address is that of what a statement declares, where there is one. */
export interface RenderedHint extends Hint {
  readonly declaredBy?: RenderedStatement;
}

export interface Rendered {
  readonly statements: readonly RenderedStatement[];
  readonly hints: readonly RenderedHint[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Rendering {
  readonly yaml: YamlFile;
  readonly tree: SlotTree;
  readonly schema: string;
  readonly statements: RenderedStatement[];
  readonly hints: RenderedHint[];
  readonly diagnostics: Diagnostic[];
}

const MAX_NAME_BYTES = 63;

/** The document must have passed the JSON Schema. */
export function renderDocument(yaml: YamlFile, tree: SlotTree): Rendered {
  const root = entryAt(yaml, [], yaml.value, null);
  const { key, fallback, statement } = tree.opening;
  const named = root.get(key);
  const schema = named?.text() ?? fallback;
  const rendering: Rendering = { yaml, tree, schema, statements: [], hints: [], diagnostics: [] };
  if (named !== null) {
    const made = statement(schema, named.path);
    if (made !== null) rendering.statements.push({ rank: 0, ...made, yaml, at: named.path, schema });
  }
  renderInside(rendering, '', root, null, []);
  return rendering;
}

/** Fragments for the surrounding statement, by section and entry. */
type Inlined = ReadonlyMap<string, readonly (readonly SqlText[])[]>;

function renderInside(rendering: Rendering, id: string, entry: YamlEntry, owner: YamlOwner | null, parts: readonly string[]): Inlined {
  const inlined = new Map<string, (readonly SqlText[])[]>();
  for (const node of rendering.tree.inside(id)) {
    if (!entry.has(node.slot.section)) continue;
    for (const item of entriesOf(rendering.yaml, node, entry)) {
      const fragments = renderEntry(rendering, node, item, owner, parts);
      if (fragments !== null) inlined.set(node.slot.section, [...(inlined.get(node.slot.section) ?? []), fragments]);
    }
  }
  return inlined;
}

/** The entries under a slot's key, with their names and shorthands. */
function entriesOf(yaml: YamlFile, { slot }: SlotNode, parent: YamlEntry): readonly YamlEntry[] {
  const path = [...parent.path, slot.section];
  const value = (parent.value as Record<string, unknown>)[slot.section];
  const nameIn = (candidate: unknown): string | null => {
    const name = typeof candidate === 'object' && candidate !== null ? (candidate as Record<string, unknown>).name : undefined;
    return typeof name === 'string' ? name : null;
  };
  if (slot.value) return [entryAt(yaml, path, value, null)];
  if (slot.form === 'single') return [entryAt(yaml, path, value, slot.nameable ? nameIn(value) : null, slot.short)];
  if (Array.isArray(value)) return value.map((item, index) => entryAt(yaml, [...path, index], item, nameIn(item), slot.short));
  if (typeof value !== 'object' || value === null) return [];
  return yaml.keys(path).flatMap((name) => {
    const item = (value as Record<string, unknown>)[name];
    if (slot.overloads === undefined || !Array.isArray(item)) return entryAt(yaml, [...path, name], item, name, slot.short);
    return item.map((one, index) => entryAt(yaml, [...path, name, index], one, name, slot.short));
  });
}

function renderEntry(
  rendering: Rendering,
  node: SlotNode,
  entry: YamlEntry,
  outer: YamlOwner | null,
  outerParts: readonly string[],
): readonly SqlText[] | null {
  const { slot, kind } = node;
  const { yaml, schema } = rendering;
  const base = outer === null ? (slot.opens || slot.schemaless ? [] : [schema]) : outerParts;
  const report: YamlPlace['report'] = (diagnostic, path, part, within) => {
    rendering.diagnostics.push({
      severity: 'error',
      ...diagnostic,
      span: within === undefined ? yaml.span(path, part) : yaml.spanIn(path, ...within),
    });
  };
  const reportInFile: YamlPlace['reportInFile'] = (diagnostic, path, from, to) => {
    rendering.diagnostics.push({ severity: 'error', ...diagnostic, span: yaml.fileSpan(path, from, to) });
  };
  const named = entry.name === null ? base : [...base, entry.name];
  const identity = slot.identity?.(entry, { schema, parts: named, report }) ?? { parts: named, signature: '' };
  const { parts, signature } = identity;
  if (entry.name !== null && slot.form !== 'single') checkName(entry, parts.at(-1) ?? '', slot.key !== undefined, report, rendering);
  const owner = ownerOf(node, entry, identity);
  const inlined = slot.properties === undefined ? new Map() : renderInside(rendering, slotId(slot), entry, owner, parts);
  const place: YamlPlace = {
    schema,
    parts,
    signature,
    owner: outer,
    inlined: (section) => inlined.get(section) ?? [],
    report,
    reportInFile,
  };
  const statements = (slot.statements?.(entry, place) ?? []).map((made) => ({
    rank: kind.rank,
    ...made,
    yaml,
    at: made.path ?? entry.path,
    schema,
  }));
  rendering.statements.push(...statements);
  for (const name of slot.hints ?? []) addHint(rendering, node, entry, identity, name, report, statements[0]);
  return slot.inline?.(entry, place) ?? null;
}

/** A key that is more than a name is SQL in parts, where a dot says what it says in SQL. */
function checkName(entry: YamlEntry, name: string, isMore: boolean, report: YamlPlace['report'], rendering: Rendering): void {
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    report(
      {
        code: 'SC1009',
        summary: `name is longer than 63 bytes: ${name}`,
        detail: 'PostgreSQL would cut it off without an error',
        hint: 'shorten the name',
      },
      entry.path,
      'key',
    );
  }
  if (entry.name === '') report({ code: 'SC1043', summary: 'a name is empty', hint: 'give it a name' }, entry.path, 'key');
  if (!isMore && name.includes('.')) {
    rendering.diagnostics.push({
      code: 'SC1045',
      severity: 'warning',
      summary: `the name ${name} contains a dot, which belongs to the name itself`,
      hint: `say where it is with the key ${rendering.tree.opening.key} at the top of the document`,
      span: rendering.yaml.span(entry.path, 'key'),
    });
  }
}

/** How what stands inside the entry speaks of it. */
function ownerOf({ slot, kind }: SlotNode, entry: YamlEntry, { parts, signature }: YamlIdentity): YamlOwner {
  if (entry.name === null) return { entry, parts, reference: null, grantReference: null };
  if (slot.reference !== undefined) return { entry, parts, reference: slot.reference(parts), grantReference: null };
  const object = {
    address: formatAddress(kind.name, parts, signature),
    kind: kind.name,
    parts,
    signature,
    parent: null,
    qualifier: null,
    dependsOn: [],
    goesWith: [],
    attributes: {},
  };
  return { entry, parts, reference: kind.reference(object), grantReference: kind.grantReference?.(object) ?? null };
}

/** A map from new names to old ones, as hints in SQL write it. */
function renames(given: YamlEntry): string {
  const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`;
  return given
    .items()
    .map((item) => `${quoted(item.text())} -> ${quoted(item.name ?? '')}`)
    .join(', ');
}

function addHint(
  rendering: Rendering,
  { slot, kind }: SlotNode,
  entry: YamlEntry,
  { parts, signature }: YamlIdentity,
  name: string,
  report: YamlPlace['report'],
  statement: RenderedStatement | undefined,
): void {
  const given = typeof entry.value === 'object' && !Array.isArray(entry.value) ? entry.get(name) : null;
  if (given === null) return;
  if (entry.name === null) {
    report({ code: 'SC1042', summary: `${name} needs a name to speak of`, hint: 'give what it stands at a name' }, given.path, 'key');
    return;
  }
  const text = given.value === true ? '' : typeof given.value === 'object' ? renames(given) : given.text();
  rendering.hints.push({
    address: formatAddress(kind.name, parts, signature),
    name,
    // A name is exact here; hints in SQL are read as SQL.
    value: name === 'renamed_from' ? quoteIdent(text) : text,
    span: rendering.yaml.span(given.path, 'key'),
    // What SQL makes of a signature is known when the statement is read.
    ...(slot.identity === undefined || statement === undefined ? {} : { declaredBy: statement }),
  });
}
