/**
 * Texts in which what stands by itself (a table) is called by its new name, where the database seems to have renamed it: everything else that is
 * said of it stays where it is then, comments too. A guess, which whoever uses it has the server judge. Names no kind.
 */
import { isMap, isScalar, parseAllDocuments, Scalar, visit } from 'yaml';
import type { Change } from '../core/change.js';
import type { SchemaObject, State } from '../core/object.js';
import { tokensFrom } from '../kinds/tokens.js';
import { childrenOf } from '../plan/context.js';
import type { Difference, Texts } from './difference.js';
import { applyEdits, type Edit } from './edit.js';

interface Renaming {
  readonly schema: string;
  readonly from: string;
  readonly to: string;
}

/** Names that need no quotes anywhere. */
const BARE = /^[a-z_][a-z0-9_]*$/;
/** Of what belongs to it, at least so much has the same name and kind. */
const ALIKE = 0.5;

/** Null: nothing seems to be renamed. */
export function withNewNames(texts: Texts, { said, wanted }: Difference, changes: readonly Change[], schemaKey: string): Texts | null {
  const renamings = renamedRoots(changes, said, wanted);
  if (renamings.length === 0) return null;
  const next = new Map(texts);
  for (const [path, text] of texts) {
    const edits = renamings.flatMap((each) =>
      /\.sql$/i.test(path) ? inSql(text, each) : /\.ya?ml$/i.test(path) ? inYaml(text, each, schemaKey) : [],
    );
    if (edits.length > 0) next.set(path, applyEdits(text, edits));
  }
  return next;
}

function renamedRoots(changes: readonly Change[], said: State, wanted: State): readonly Renaming[] {
  const roots = (objects: readonly SchemaObject[]): readonly SchemaObject[] =>
    objects.filter(({ parent, parts, signature }) => parent === null && parts.length === 2 && signature === '' && parts.every(isBare));
  const gone = roots(changes.flatMap((change) => (change.type === 'drop' ? [change.before] : [])));
  const come = roots(changes.flatMap((change) => (change.type === 'add' ? [change.after] : [])));
  const isLike = (old: SchemaObject, next: SchemaObject): boolean =>
    old.kind === next.kind && old.parts[0] === next.parts[0] && likeness(said, old, wanted, next) >= ALIKE;
  return gone.flatMap((old) => {
    const [only, ...others] = come.filter((next) => isLike(old, next));
    if (only === undefined || others.length > 0 || gone.filter((each) => isLike(each, only)).length > 1) return [];
    return [{ schema: old.parts[0] ?? '', from: old.parts[1] ?? '', to: only.parts[1] ?? '' }];
  });
}

const isBare = (name: string): boolean => BARE.test(name);

function likeness(said: State, old: SchemaObject, wanted: State, next: SchemaObject): number {
  const names = (state: State, { address }: SchemaObject): readonly string[] =>
    (childrenOf(state).get(address) ?? []).map(({ kind, parts }) => `${kind} ${parts.at(-1) ?? ''}`);
  const [before, after] = [names(said, old), new Set(names(wanted, next))];
  const same = before.filter((name) => after.has(name)).length;
  return before.length === 0 ? 0 : same / Math.max(before.length, after.size);
}

/** Where the name stands behind its schema. Bodies between quotes are texts to PostgreSQL, which renames nothing in them either. */
function inSql(text: string, { schema, from, to }: Renaming): readonly Edit[] {
  const tokens = [...tokensFrom(text)];
  const isNamed = (index: number, name: string): boolean => [name, `"${name}"`].includes(tokens[index]?.text ?? '');
  return tokens.flatMap((token, index) =>
    isNamed(index, from) && tokens[index - 1]?.text === '.' && isNamed(index - 2, schema)
      ? [{ from: token.from, to: token.to, text: to }]
      : [],
  );
}

/** Keys and short values of the documents of its schema. */
function inYaml(text: string, { schema, from, to }: Renaming, schemaKey: string): readonly Edit[] {
  const documents = parseAllDocuments(text, { version: '1.2', stringKeys: true });
  const word = new RegExp(`(?<![\\w$"])${from}(?![\\w$"])`, 'g');
  const edits: Edit[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    if (!isMap(document.contents) || (document.contents.get(schemaKey) as unknown) !== schema) continue;
    visit(document, {
      Scalar(_key, node) {
        if (!isScalar(node) || !node.range || node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED) return;
        const [start, end] = node.range;
        for (const found of text.slice(start, end).matchAll(word))
          edits.push({ from: start + found.index, to: start + found.index + from.length, text: to });
      },
    });
  }
  return edits;
}
