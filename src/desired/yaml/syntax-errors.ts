/** What the YAML parser complains of -> findings in words, at the place where the fault is, one for each; knows nothing of what files say. */
import {
  type Document,
  isCollection,
  isScalar,
  type Node,
  type Pair,
  type Scalar,
  visit,
  type YAMLParseError,
  type YAMLWarning,
} from 'yaml';

export interface SyntaxFault {
  readonly summary: string;
  readonly hint?: string;
  /** Offsets in the text. */
  readonly from: number;
  readonly to: number;
}

interface Words {
  readonly summary: string;
  readonly hint: string;
}

/** Codes of the parser, where its words are about its own grammar. */
const WORDS: { readonly [code: string]: Words } = {
  TAB_AS_INDENT: { summary: 'a tab indents the line', hint: 'indent with spaces' },
  BAD_INDENT: { summary: 'the line is indented unlike its neighbours', hint: 'indent the keys of one map alike' },
  BLOCK_AS_IMPLICIT_KEY: { summary: 'a second map begins in one line', hint: 'put the text into quotes, or the map onto lines of its own' },
  MISSING_CHAR: { summary: 'a key without a colon', hint: 'write a colon and a space behind the key' },
  NON_STRING_KEY: { summary: 'a key is no text', hint: 'write a name before the colon' },
};

const BEHIND: Words = {
  summary: 'something stands behind the end of a value',
  hint: 'double a quote inside of quotes, or use quotes of the other kind',
};

/** Where the parser has lost its way, what it says of the rest means little: these are told of, and the first of all others. */
const INDEPENDENT: ReadonlySet<string> = new Set(['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED', 'BAD_DQ_ESCAPE', 'NON_STRING_KEY']);

export function syntaxFaults(document: Document.Parsed, text: string): readonly SyntaxFault[] {
  const found = [...document.errors, ...document.warnings];
  const first = found.find(({ code }) => !INDEPENDENT.has(code));
  const told = found
    .filter((error) => error === first || INDEPENDENT.has(error.code))
    // The parser and the composer may say the same of one place.
    .filter((error, index, all) => all.findIndex((other) => other.pos[0] === error.pos[0]) === index);
  return [
    ...told.map((error) => fault(error, document, text)),
    ...(found.length > 0 ? [] : [...strayAliases(document), ...mergeKeys(document)]),
  ];
}

function fault(error: YAMLParseError | YAMLWarning, document: Document.Parsed, text: string): SyntaxFault {
  const [start, end] = error.pos;
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[^:\n]*/.exec(text.slice(start))?.[0].trim() ?? '';
    return { summary: `the key ${key} is given twice`, hint: 'remove one of the two', from: start, to: start + Math.max(key.length, 1) };
  }
  const opening = neverClosed(document, text);
  if (opening !== null && /must be sufficiently indented|closing|expected flow/i.test(error.message)) return opening;
  const place = error.code === 'TAB_AS_INDENT' ? { from: start, to: end } : onText(text, start, end);
  const words = WORDS[error.code] ?? (/at node end/.test(error.message) ? BEHIND : undefined);
  return words !== undefined
    ? { ...words, ...place }
    : { summary: lowerFirst(error.message.split('\n')[0] ?? ''), ...hintFor(error.code), ...place };
}

function hintFor(code: string): { readonly hint?: string } {
  if (code === 'TAG_RESOLVE_FAILED') return { hint: 'remove the tag: values are plain YAML' };
  if (code === 'BAD_DQ_ESCAPE') return { hint: 'write \\\\ for a backslash, or use single quotes' };
  return code === 'BAD_SCALAR_START' ? { hint: 'put the text into quotes' } : {};
}

/** The parser tells of the end of the text: what people look for is where it began. The innermost one that is open. */
function neverClosed(document: Document.Parsed, text: string): SyntaxFault | null {
  let found: SyntaxFault | null = null;
  visit(document, (_, node) => {
    const range = isCollection(node) || isScalar(node) ? (node.range ?? null) : null;
    if (range === null) return;
    const [from, to] = range;
    const sign = text[from] ?? '';
    const isFlow = isCollection(node) && node.flow === true;
    const isQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
    const wanted = isFlow ? (sign === '{' ? '}' : ']') : isQuoted ? sign : null;
    if (wanted === null || (to - from > 1 && text[to - 1] === wanted)) return;
    const summary = isQuoted ? `a quote is never closed: ${sign}` : `${sign} is never closed`;
    found = { summary, hint: `add ${wanted} where it ends`, from, to: from + 1 };
  });
  return found;
}

/** YAML 1.2 resolves them when the value is made, without a place. */
function strayAliases(document: Document.Parsed): readonly SyntaxFault[] {
  const found: SyntaxFault[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined || !alias.range) return;
      const summary = `there is no anchor &${alias.source} before *${alias.source}`;
      found.push({ summary, hint: 'put the text into quotes, or set the anchor', from: alias.range[0], to: alias.range[1] });
    },
  });
  return found;
}

/** YAML 1.2 has none: it would be a name like any other. */
function mergeKeys(document: Document.Parsed): readonly SyntaxFault[] {
  const found: SyntaxFault[] = [];
  visit(document, {
    Pair: (_, pair: Pair) => {
      const key = pair.key as Node | null;
      if (!isScalar(key) || key.value !== '<<' || (key as Scalar).type !== 'PLAIN' || !key.range) return;
      found.push({ summary: 'YAML 1.2 has no merge keys (<<)', hint: 'write the keys out', from: key.range[0], to: key.range[1] });
    },
  });
  return found;
}

/** What is told of white space is about the text after it, at the end of the file about the last of it. */
function onText(text: string, start: number, end: number): { readonly from: number; readonly to: number } {
  const ahead = /^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0;
  const from = start + ahead;
  if (from < text.length && text[from] !== '\n' && text[from] !== '\r') return { from, to: Math.max(end, from + 1) };
  const last = text.slice(0, start).trimEnd().length;
  return { from: Math.max(last - 1, 0), to: Math.max(last, 1) };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
