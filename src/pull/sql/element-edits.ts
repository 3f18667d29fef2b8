/** Edits of a list inside a statement: elements that change, go and come, with their commas, lines and comments. Knows no SQL beyond that. */
import { type Edit, indentOf, lineEnd, lineStart, nextLine } from '../edit.js';
import type { Element, ElementList } from './statements.js';

export interface ListChanges {
  readonly replaced: ReadonlyMap<Element, string>;
  readonly removed: ReadonlySet<Element>;
  /** Each stands behind an element, or (null) at the end. */
  readonly added: readonly { readonly behind: Element | null; readonly text: string }[];
}

/** `text` is the whole file, `base` where the statement starts in it. */
export function listEdits(text: string, base: number, list: ElementList, changes: ListChanges): readonly Edit[] {
  const { elements } = list;
  const kept = elements.filter((element) => !changes.removed.has(element));
  const edits: Edit[] = [...changes.replaced].map(([element, own]) => ({ from: base + element.from, to: base + element.to, text: own }));
  for (const element of changes.removed) edits.push(...removal(text, base, list, element));
  const last = kept.at(-1);
  const added = changes.added.map(({ behind, text: own }) => ({
    behind: behind !== null && kept.includes(behind) ? behind : (last ?? null),
    own,
  }));
  const atEnd = added.filter(({ behind }) => behind === last || behind === null);
  const isMultiLine = text.slice(base + list.from, base + list.to).includes('\n');
  for (const behind of new Set(added.map((item) => item.behind))) {
    const own = added.filter((item) => item.behind === behind).map((item) => item.own);
    const isLast = behind === last || behind === null;
    edits.push(...insertion(text, base, list, behind, own, isLast, isMultiLine));
  }
  // The comma behind what is last now.
  if (last !== undefined && last.comma !== null && atEnd.length === 0)
    edits.push({ from: base + last.comma, to: base + last.comma + 1, text: '' });
  return edits;
}

function insertion(
  text: string,
  base: number,
  list: ElementList,
  behind: Element | null,
  own: readonly string[],
  isLast: boolean,
  isMultiLine: boolean,
): readonly Edit[] {
  if (behind === null) {
    const at = base + list.from;
    const rest = text.slice(at, base + list.to).trim() === '' ? base + list.to : at;
    return [{ from: at, to: rest, text: `\n  ${own.join(',\n  ')}\n` }];
  }
  const end = base + behind.to;
  const comma: Edit[] = behind.comma === null ? [{ from: end, to: end, text: ',' }] : [];
  if (!isMultiLine) {
    const at = behind.comma === null ? end : base + behind.comma + 1;
    return [...comma, { from: at, to: at, text: ` ${own.join(', ')}${isLast ? '' : ','}` }];
  }
  const indent = indentOf(text, base + behind.from);
  const at = endWithComment(text, behind.comma === null ? end : base + behind.comma + 1, base + list.to);
  return [
    ...comma,
    { from: at, to: at, text: own.map((item, index) => `\n${indent}${item}${isLast && index === own.length - 1 ? '' : ','}`).join('') },
  ];
}

/** The end of the line where only a comment follows; else the place itself. */
function endWithComment(text: string, at: number, limit: number): number {
  const end = lineEnd(text, at);
  return end <= limit && /^\s*--/.test(text.slice(at, end)) ? end : at;
}

/** With its lines and its own comments where it has lines to itself. */
function removal(text: string, base: number, list: ElementList, element: Element): readonly Edit[] {
  const from = base + element.from;
  const to = element.comma === null ? base + element.to : base + element.comma + 1;
  const start = lineStart(text, from);
  const end = lineEnd(text, to);
  const alone =
    text.slice(start, from).trim() === '' && /^\s*(--.*|\/\*[^\n]*\*\/\s*)?$/.test(text.slice(to, end)) && end <= base + list.to;
  if (alone) return [{ from: ownComments(text, start, base + list.from), to: nextLine(text, to), text: '' }];
  const index = list.elements.indexOf(element);
  const next = list.elements[index + 1];
  if (next !== undefined) return [{ from, to: base + next.from, text: '' }];
  const previous = list.elements[index - 1];
  return [{ from: previous === undefined ? from : base + (previous.comma ?? previous.to) + 1, to: base + element.to, text: '' }];
}

/** Where the comment lines right above a line begin. */
export function ownComments(text: string, start: number, limit: number): number {
  let at = start;
  while (at > limit) {
    const above = lineStart(text, at - 1);
    if (above < limit || !/^\s*--/.test(text.slice(above, at))) break;
    at = above;
  }
  return at;
}
