/** Edits of one map or list of a YAML text, in lines or in brackets, that leave everything around as it is. Knows no slot. */
import { isCollection, isMap, isPair, isScalar, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { writeInFlow, writeItem, writeMember, type YamlTree } from '../../desired/yaml/write.js';
import { type Edit, indentOf, lineEnd, lineStart, nextLine } from '../edit.js';
import { ownYamlComments } from './own-comments.js';

/** Thrown where a text has no place for a small edit; a larger one is tried then. */
export class NoPlace extends Error {}

export type Collection = YAMLMap | YAMLSeq;
export type Item = Pair | Node;

export function rangeOf(node: unknown): readonly [number, number] {
  const range = (node as { readonly range?: readonly [number, number, number] | null }).range;
  if (range === undefined || range === null) throw new NoPlace();
  return [range[0], range[1]];
}

/** From the key (or the value in a list) to the end of the value, without white space and comments behind it. */
export function spanOf(text: string, item: Item): readonly [number, number] {
  if (!isPair(item)) {
    const [from, to] = rangeOf(item);
    return [from, trimmed(text, from, to)];
  }
  const [from, keyEnd] = rangeOf(item.key);
  if (item.value === null || item.value === undefined) return [from, colonAfter(text, keyEnd)];
  const [start, to] = rangeOf(item.value);
  // In a block all is content, blanks at the end of its last line too.
  const end = text[start] === '|' || text[start] === '>' ? from + text.slice(from, to).replace(/\n+$/, '').length : trimmed(text, from, to);
  return [from, Math.max(end, colonAfter(text, keyEnd))];
}

function colonAfter(text: string, at: number): number {
  return text[at] === ':' ? at + 1 : text.slice(at).search(/:/) + at + 1;
}

/** Lines of comments and white space at the end belong to what follows. */
function trimmed(text: string, from: number, to: number): number {
  let end = to;
  for (;;) {
    const own = text.slice(from, end).replace(/\s+$/, '');
    const start = own.lastIndexOf('\n') + 1;
    if (start > 0 && /^\s*#/.test(own.slice(start))) end = from + start;
    else return from + own.length;
  }
}

export function isFlow(collection: Collection): boolean {
  return collection.flow === true;
}

export function removed(text: string, collection: Collection, item: Item, limit: number): readonly Edit[] {
  const items = collection.items as readonly Item[];
  const index = items.indexOf(item);
  const [from, to] = spanOf(text, item);
  if (isFlow(collection)) {
    const [next, previous] = [items[index + 1], items[index - 1]];
    if (next !== undefined) return [{ from, to: spanOf(text, next)[0], text: '' }];
    if (previous !== undefined) return [{ from: spanOf(text, previous)[1], to, text: '' }];
    return [{ from, to, text: '' }];
  }
  if (items.length === 1) throw new NoPlace();
  const start = lineStart(text, from);
  const before = text.slice(start, from);
  // "- key: value": the dash belongs to the list around.
  if (!(isMap(collection) ? /^\s*$/ : /^\s*-\s+$/).test(before)) throw new NoPlace();
  return [{ from: ownYamlComments(text, start, limit), to: nextLine(text, to), text: '' }];
}

/** `behind`: the item that it follows; null: it comes first. */
export function inserted(
  text: string,
  collection: Collection,
  behind: Item | null,
  key: string | null,
  value: YamlTree,
  depth: number,
): Edit {
  const items = collection.items as readonly Item[];
  if (isFlow(collection)) {
    const own = writeInFlow(key, value);
    if (own === null) throw new NoPlace();
    const [start, end] = rangeOf(collection);
    if (lineEnd(text, start) - lineStart(text, start) + own.length > 140) throw new NoPlace();
    if (behind === null) {
      const first = items[0];
      return first === undefined
        ? { from: start, to: end, text: key === null ? `[ ${own} ]` : `{ ${own} }` }
        : at(spanOf(text, first)[0], `${own}, `);
    }
    return at(spanOf(text, behind)[1], `, ${own}`);
  }
  const first = items[0];
  if (first === undefined) throw new NoPlace();
  const column = isMap(collection)
    ? indentOf(text, spanOf(text, first)[0])
    : (/^\s*/.exec(text.slice(lineStart(text, spanOf(text, first)[0])))?.[0] ?? '');
  const lines = indented(key === null ? writeItem(value, depth) : writeMember(key, value, depth), column);
  if (behind === null) {
    const start = lineStart(text, spanOf(text, first)[0]);
    if (text.slice(start, spanOf(text, first)[0]).trim() !== '' && isMap(collection)) throw new NoPlace();
    return at(ownYamlComments(text, start, 0), `${lines}\n`);
  }
  const end = lineEnd(text, spanOf(text, behind)[1]);
  return at(end, `\n${lines}`);
}

function at(offset: number, text: string): Edit {
  return { from: offset, to: offset, text };
}

export function indented(text: string, indent: string): string {
  return text.replaceAll(/^(?=[^\n])/gm, indent);
}

/** The pair's value, all of it. */
export function replacedValue(text: string, collection: Collection, pair: Pair, value: YamlTree, depth: number): Edit {
  const key = isScalar(pair.key) ? String(pair.key.value) : '';
  const [from, to] = spanOf(text, pair);
  const node = pair.value as Node | null;
  if (isFlow(collection)) {
    const own = writeInFlow(key, value);
    if (own === null) throw new NoPlace();
    return { from, to, text: own };
  }
  const written = writeMember(key, value, depth);
  const inline = written.slice(written.indexOf(': ') + 2);
  if (!written.includes('\n') && written.includes(': ') && node !== null && !isBlock(text, node)) {
    const [start] = rangeOf(node);
    return { from: start, to, text: inSameQuotes(text.slice(start, to), value, inline) };
  }
  return { from, to, text: indented(written, indentOf(text, from)).trimStart() };
}

function isBlock(text: string, node: Node): boolean {
  if (isCollection(node)) return node.flow !== true;
  const [from] = rangeOf(node);
  return text[from] === '|' || text[from] === '>';
}

/** A text keeps the quotes that it stood in. */
function inSameQuotes(own: string, value: YamlTree, written: string): string {
  if (typeof value !== 'string' || value.includes('\n')) return written;
  if (own.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  return own.startsWith('"') ? JSON.stringify(value) : written;
}
