/** Splits the text that pg_dump prints into statements, and one statement at its top-level commas; knows quoting, not meaning. */

interface Token {
  readonly kind: 'word' | 'quoted' | 'comment' | 'space' | 'other';
  readonly start: number;
  readonly end: number;
}

/**
 * Tokens of SQL, as far as it matters where something is quoted. Backslashes are plain characters but in E'…': pg_dump sets
 * standard_conforming_strings. A line that begins with a backslash, outside of quotes, is for psql.
 */
function* tokens(text: string): Generator<Token> {
  let at = 0;
  const until = (end: number, kind: Token['kind']): Token => {
    const start = at;
    at = end === -1 ? text.length : end;
    return { kind, start, end: at };
  };
  const find = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  while (at < text.length) {
    const char = text[at] as string;
    const space = find(/\s+/y);
    if (space) yield until(at + space[0].length, 'space');
    else if (text.startsWith('--', at)) yield until(text.indexOf('\n', at), 'comment');
    else if (char === '\\' && (at === 0 || text[at - 1] === '\n')) yield until(text.indexOf('\n', at), 'comment');
    else if (text.startsWith('/*', at)) yield until(blockCommentEnd(text, at), 'comment');
    else {
      const quoted = find(/[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"/y);
      const dollar = quoted ? null : find(/\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y);
      const word = quoted || dollar ? null : find(/[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y);
      if (quoted) yield until(at + quoted[0].length, 'quoted');
      else if (dollar) {
        const close = text.indexOf(dollar[0], at + dollar[0].length);
        yield until(close === -1 ? -1 : close + dollar[0].length, 'quoted');
      } else if (word) yield until(at + word[0].length, 'word');
      else yield until(at + 1, 'other');
    }
  }
}

function blockCommentEnd(text: string, start: number): number {
  let depth = 0;
  for (const mark of text.slice(start).matchAll(/\/\*|\*\//g)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return start + mark.index + 2;
  }
  return -1;
}

/** The statements of a dump, in their order, without comments between them and without their semicolons. */
export function dumpStatements(text: string): readonly string[] {
  return statementRanges(text).map(({ from, to }) => text.slice(from, to));
}

/**
 * Where statements stand, up to their semicolon. A semicolon ends a statement but within parentheses (the actions of a rule) and within
 * BEGIN ATOMIC … END (a routine's body).
 */
export function statementRanges(text: string): readonly { readonly from: number; readonly to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  let from = -1;
  let to = 0;
  let parentheses = 0;
  let atomic = 0;
  let before = '';
  for (const token of tokens(text)) {
    if (token.kind === 'space' || token.kind === 'comment') continue;
    const part = text.slice(token.start, token.end);
    if (part === ';' && parentheses === 0 && atomic === 0) {
      if (from !== -1) ranges.push({ from, to });
      from = -1;
      before = '';
      continue;
    }
    if (from === -1) from = token.start;
    to = token.end;
    if (part === '(') parentheses += 1;
    else if (part === ')') parentheses -= 1;
    else if (token.kind === 'word') {
      const word = part.toUpperCase();
      if (atomic === 0 ? before === 'BEGIN' && word === 'ATOMIC' : word === 'CASE') atomic += 1;
      else if (atomic > 0 && word === 'END') atomic -= 1;
      before = word;
    } else before = '';
  }
  if (from !== -1) ranges.push({ from, to });
  return ranges;
}

/** What stands between the first parenthesis of a statement and its partner, cut at its own commas; null when there is none. */
export function parenthesised(
  statement: string,
): { readonly head: string; readonly items: readonly string[]; readonly tail: string } | null {
  const items: string[] = [];
  let depth = 0;
  let open = -1;
  let from = -1;
  for (const token of tokens(statement)) {
    if (token.kind !== 'other') continue;
    const char = statement[token.start];
    if (char === '(' || char === '[') {
      depth += 1;
      if (depth === 1) [open, from] = [token.start, token.end];
    } else if (char === ')' || char === ']') {
      depth -= 1;
      if (depth > 0) continue;
      items.push(statement.slice(from, token.start).trim());
      return { head: statement.slice(0, open), items, tail: statement.slice(token.end) };
    } else if (char === ',' && depth === 1) {
      items.push(statement.slice(from, token.start).trim());
      from = token.end;
    }
  }
  return null;
}
