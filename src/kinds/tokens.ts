/** The lexical structure of SQL text, token by token with character offsets; knows no grammar and no kind. */

export interface Token {
  /** word: keyword or bare identifier; quoted: "identifier"; string: any literal, dollar quotes too; other: a character that no SQL has. */
  readonly type: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'operator' | 'punctuation' | 'comment' | 'other';
  readonly from: number;
  readonly to: number;
  /** Words in lower case, everything else as written. */
  readonly text: string;
}

const SPACE = /[ \t\n\r\f\v]*/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /(?:\d[\w]*\.?[\w]*|\.\d\w*)/y;
const PARAMETER = /\$\d+/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const OPERATOR = /[~!@#^&|`?+\-*/%<>=]/;

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The token that starts at or after `at`, comments included; null at the end. What is never closed reaches to the end of the text. */
export function nextToken(text: string, at: number): Token | null {
  const from = at + (match(SPACE, text, at)?.length ?? 0);
  const first = text[from];
  if (first === undefined) return null;
  const token = (type: Token['type'], to: number): Token => {
    const raw = text.slice(from, to);
    return { type, from, to, text: type === 'word' ? raw.toLowerCase() : raw };
  };
  const two = text.slice(from, from + 2);
  if (two === '--') return token('comment', lineEnd(text, from));
  if (two === '/*') return token('comment', blockCommentEnd(text, from));
  if (first === "'") return token('string', quoteEnd(text, from, "'", false));
  if (first === '"') return token('quoted', quoteEnd(text, from, '"', false));
  if (first === '$') {
    const tag = match(DOLLAR, text, from);
    if (tag !== null) return token('string', closing(text, tag, from + tag.length));
    const parameter = match(PARAMETER, text, from);
    return parameter === null ? token('other', from + 1) : token('parameter', from + parameter.length);
  }
  if (/[uU]/.test(first) && text[from + 1] === '&') {
    const quote = text[from + 2];
    if (quote === "'" || quote === '"') return token(quote === '"' ? 'quoted' : 'string', quoteEnd(text, from + 2, quote, false));
  }
  if (/[bBxXnNeE]/.test(first) && text[from + 1] === "'") {
    return token('string', quoteEnd(text, from + 1, "'", first === 'e' || first === 'E'));
  }
  const word = match(WORD, text, from);
  if (word !== null) return token('word', from + word.length);
  const number = match(NUMBER, text, from);
  if (number !== null) return token('number', from + number.length);
  if (OPERATOR.test(first)) return token('operator', operatorEnd(text, from));
  return token('()[],;:.'.includes(first) ? 'punctuation' : 'other', from + 1);
}

/** All tokens from `at` on without comments, lazily. */
export function* tokensFrom(text: string, at = 0): Generator<Token, undefined> {
  for (let token = nextToken(text, at); token !== null; token = nextToken(text, token.to)) {
    if (token.type !== 'comment') yield token;
  }
}

function lineEnd(text: string, at: number): number {
  const end = /[\r\n]/g;
  end.lastIndex = at;
  return end.exec(text)?.index ?? text.length;
}

/** Block comments nest in PostgreSQL. */
function blockCommentEnd(text: string, at: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = at;
  let depth = 0;
  for (let found = edge.exec(text); found !== null; found = edge.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return text.length;
}

/** The end of a quoted thing whose opening quote is at `at`; a doubled quote stays inside. */
function quoteEnd(text: string, at: number, quote: string, backslashes: boolean): number {
  for (let i = at + 1; i < text.length; i += 1) {
    const char = text[i];
    if (backslashes && char === '\\') i += 1;
    else if (char === quote) {
      if (text[i + 1] !== quote) return i + 1;
      i += 1;
    }
  }
  return text.length;
}

function closing(text: string, tag: string, at: number): number {
  const end = text.indexOf(tag, at);
  return end < 0 ? text.length : end + tag.length;
}

/** An operator ends before a comment begins. */
function operatorEnd(text: string, from: number): number {
  let to = from;
  while (to < text.length && OPERATOR.test(text[to] ?? '')) {
    const two = text.slice(to, to + 2);
    if (to > from && (two === '--' || two === '/*')) break;
    to += 1;
  }
  return to;
}
