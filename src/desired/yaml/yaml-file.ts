/** One YAML file: its value, and the place in the text of every node; knows nothing of what the file says. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Diagnostic, Span } from '../../core/diagnostic.js';

/** The way to a node: map keys and list positions from the root. */
export type YamlPath = readonly (string | number)[];

export interface YamlFile {
  readonly file: string;
  readonly text: string;
  /** Plain data; undefined when the syntax is wrong. */
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** Place of the value at a path, or of its key; of the nearest ancestor when there is no such node. */
  span(path: YamlPath, part?: 'value' | 'key'): Span;
  /** Place of `length` characters from a character offset of the text. */
  spanAt(offset: number, length: number): Span;
}

/** Aliases may repeat nodes, but not blow a small file up. */
const MAX_ALIASES = 1000;

/** Reads YAML 1.2; duplicate keys, several documents and unresolved tags are errors with their places. */
export function parseYaml(file: string, text: string, syntaxCode: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2', stringKeys: true });
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), offset };
  };
  const spanAt = (offset: number, length: number): Span => ({ file, start: position(offset), end: position(offset + length) });
  const finding = (severity: 'error' | 'warning', message: string, start: number, end: number): Diagnostic => ({
    code: syntaxCode,
    severity,
    summary: lowerFirst(message.split('\n')[0] ?? message),
    span: spanAt(start, Math.max(end - start, 1)),
  });
  // What follows at the same place is only an echo of the first error there.
  const found = [
    ...document.errors.map((error) => finding('error', error.message, ...error.pos)),
    ...document.warnings.map((warning) => finding('error', warning.message, ...warning.pos)),
  ];
  const diagnostics = found.filter(
    ({ span: at }, index) => found.findIndex((other) => other.span?.start.offset === at?.start.offset) === index,
  );
  let value: unknown;
  if (diagnostics.length === 0) {
    try {
      value = document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch (error) {
      diagnostics.push(finding('error', error instanceof Error ? error.message : String(error), 0, 1));
    }
  }
  const span = (path: YamlPath, part: 'value' | 'key' = 'value'): Span => {
    const [start, end] = rangeAt(document, path, part);
    return spanAt(start, Math.max(end - start, 1));
  };
  return { file, text, value, diagnostics, span, spanAt };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Start and end (exclusive, without trailing white space and comments) of the node at a path. */
function rangeAt(document: Document.Parsed, path: YamlPath, part: 'value' | 'key'): readonly [number, number] {
  let range: readonly [number, number] = [0, 0];
  let node: unknown = document.contents;
  if (hasRange(node)) range = [node.range[0], node.range[1]];
  for (const [depth, step] of path.entries()) {
    const container = isAlias(node) ? node.resolve(document) : node;
    let key: unknown;
    if (isMap(container)) {
      const pair = container.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (!pair) break;
      [key, node] = [pair.key, pair.value];
    } else if (isSeq(container)) {
      const item: unknown = container.items[Number(step)];
      if (item === undefined) break;
      [key, node] = [item, item];
    } else break;
    const wanted = depth === path.length - 1 && part === 'key' ? key : (node ?? key);
    if (hasRange(wanted)) range = [wanted.range[0], wanted.range[1]];
    else if (hasRange(key)) range = [key.range[0], key.range[1]];
  }
  return range;
}

function hasRange(node: unknown): node is Node & { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
