/** One YAML document: its value, and the place in the text of every node; knows nothing of what the file says. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  parseDocument,
  type Scalar,
} from 'yaml';
import type { Diagnostic, Span } from '../../core/diagnostic.js';
import { sourceOffsets } from './scalar-offsets.js';
import { type SyntaxFault, syntaxFaults } from './syntax-errors.js';
import { type DocumentVariables, documentVariables, type ScalarProblem, type YamlVariables } from './variables.js';

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
  /** Place of a part of the text that a scalar stands for, whatever its quotes and folds. */
  spanIn(path: YamlPath, from: number, to: number): Span;
  /** The text of a scalar: numbers and the like as the file writes them. */
  scalar(path: YamlPath): string;
  /** The same for SQL text, where variables are what their places in the SQL ask for. `spanIn` counts in it. */
  sql(path: YamlPath): string;
  /** What was wrong with variables in SQL texts that were asked for. */
  sqlDiagnostics(): readonly Diagnostic[];
  /** Text of the file that a scalar names; null where no files are attached to the document. */
  fileText(path: YamlPath): string | null;
  /** The same, read as SQL text. */
  fileSql(path: YamlPath): string | null;
  /** Place in the file that a scalar names. */
  fileSpan(path: YamlPath, from: number, to: number): Span;
  /** Keys of the map at a path, as they stand in the file. */
  keys(path: YamlPath): readonly string[];
}

/** Aliases may repeat nodes, but not blow a small file up. */
const MAX_ALIASES = 1000;

const OPTIONS = { prettyErrors: false, version: '1.2', stringKeys: true } as const;

/** Reads YAML 1.2; duplicate keys, several documents and unresolved tags are errors with their places. */
export function parseYaml(file: string, text: string, syntaxCode: string): YamlFile {
  const lineCounter = new LineCounter();
  return documentOf(file, text, syntaxCode, lineCounter, parseDocument(text, { ...OPTIONS, lineCounter }));
}

/** The same for a file that may hold several documents; empty ones are left out. */
export function parseYamlDocuments(file: string, text: string, syntaxCode: string, variables?: YamlVariables): readonly YamlFile[] {
  const lineCounter = new LineCounter();
  const found = parseAllDocuments(text, { ...OPTIONS, lineCounter });
  if (!Array.isArray(found)) return [];
  return (found as readonly Document.Parsed[])
    .map((document) => documentOf(file, text, syntaxCode, lineCounter, document, variables))
    .filter((document) => document.diagnostics.length > 0 || document.value !== null);
}

function documentOf(
  file: string,
  text: string,
  syntaxCode: string,
  lines: LineCounter,
  document: Document.Parsed,
  variables?: YamlVariables,
): YamlFile {
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), offset };
  };
  const between = (from: number, to: number): Span => ({ file, start: position(from), end: position(to) });
  const spanAt = (offset: number, length: number): Span => between(offset, offset + length);
  const finding = ({ summary, hint, from, to }: SyntaxFault): Diagnostic => ({
    code: syntaxCode,
    severity: 'error',
    summary,
    ...(hint === undefined ? {} : { hint }),
    span: between(from, Math.max(to, from + 1)),
  });
  const diagnostics = syntaxFaults(document, text).map(finding);
  const replaced: DocumentVariables | null =
    diagnostics.length > 0 || variables === undefined ? null : documentVariables(document, variables);
  const complaint = ({ node, code, severity = 'error', summary, hint, from, to }: ScalarProblem): Diagnostic => {
    const offsets = sourceOffsets(text, node, replaced?.written(node));
    const start = offsets[from] ?? node.range[0];
    return {
      code,
      severity,
      summary,
      ...(hint === undefined ? {} : { hint }),
      span: between(start, (offsets[to - 1] ?? start) + 1),
    };
  };
  diagnostics.push(...(replaced?.problems ?? []).map(complaint));
  let value: unknown;
  if (diagnostics.length === 0) {
    try {
      value = document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch {
      const start = document.contents?.range[0] ?? 0;
      const summary = `aliases repeat more than ${MAX_ALIASES} nodes`;
      diagnostics.push(finding({ summary, hint: 'write the parts out that are repeated', from: start, to: start + 1 }));
    }
  }
  const span = (path: YamlPath, part: 'value' | 'key' = 'value'): Span => {
    const [start, end] = rangeAt(document, path, part);
    return spanAt(start, Math.max(end - start, 1));
  };
  const spanIn = (path: YamlPath, from: number, to: number): Span => {
    const node = nodeAt(document, path);
    if (!isScalar(node)) return span(path);
    const own = node as Scalar.Parsed;
    const sql = replaced?.sqlOf(own) ?? null;
    const offsets = sourceOffsets(text, own, replaced?.written(own));
    const start = offsets[sql?.at(from) ?? from] ?? offsets.at(-1) ?? node.range?.[0] ?? 0;
    return between(start, Math.max((offsets[(sql?.end(to) ?? to) - 1] ?? start) + 1, start + 1));
  };
  const scalar = (path: YamlPath): string => {
    const node = nodeAt(document, path);
    if (!isScalar(node)) return '';
    return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
  };
  const sql = (path: YamlPath): string => {
    const node = nodeAt(document, path);
    return (isScalar(node) ? replaced?.sqlOf(node as Scalar.Parsed)?.text : undefined) ?? scalar(path);
  };
  const keys = (path: YamlPath): readonly string[] => {
    const node = nodeAt(document, path);
    return isMap(node) ? node.items.map((item) => (isScalar(item.key) ? String(item.key.value) : '')) : [];
  };
  const sqlDiagnostics = (): readonly Diagnostic[] => (replaced?.sqlProblems() ?? []).map(complaint);
  const files = { fileText: () => null, fileSql: () => null, fileSpan: (path: YamlPath) => span(path) };
  return { file, text, value, diagnostics, span, spanAt, spanIn, scalar, sql, sqlDiagnostics, keys, ...files };
}

/** The node at a path, aliases resolved; null when there is none. */
function nodeAt(document: Document.Parsed, path: YamlPath): unknown {
  let node: unknown = document.contents;
  for (const step of path) {
    const container = isAlias(node) ? node.resolve(document) : node;
    if (isMap(container)) node = container.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))?.value;
    else if (isSeq(container)) node = container.items[Number(step)];
    else return null;
  }
  return isAlias(node) ? node.resolve(document) : node;
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
