/** SQL text -> its statements, psql lines and comments by lexical structure alone, so that one bad statement hides no other. */
import { nextToken, type Token } from '../../kinds/tokens.js';

export interface RawStatement {
  readonly type: 'statement';
  /** Where its first token starts and its last one ends, without the semicolon. */
  readonly from: number;
  readonly to: number;
  /** Where the semicolon ends. */
  readonly end: number;
  /** Its leading words in lower case, at most six. */
  readonly words: readonly string[];
  /** Identifiers that PostgreSQL would cut to 63 bytes. */
  readonly long: readonly Token[];
}

/** A backslash command of psql: it reaches to the end of its line. */
export interface PsqlLine {
  readonly type: 'psql';
  readonly from: number;
  readonly to: number;
  readonly command: string;
}

export interface SplitText {
  readonly units: readonly (RawStatement | PsqlLine)[];
  readonly comments: readonly Token[];
}

const MAX_NAME = 63;

export function splitSql(text: string, from = 0, to = text.length): SplitText {
  const units: (RawStatement | PsqlLine)[] = [];
  const comments: Token[] = [];
  const source = to === text.length ? text : text.slice(0, to);
  let open = emptyStatement();
  const close = (end: number): void => {
    if (open.first !== null && open.last !== null) {
      units.push({ type: 'statement', from: open.first.from, to: open.last.to, end, words: open.words, long: open.long });
    }
    open = emptyStatement();
  };
  for (let token = nextToken(source, from); token !== null; token = nextToken(source, token.to)) {
    if (token.type === 'comment') {
      comments.push(token);
    } else if (token.text === '\\') {
      close(token.from);
      token = psqlLine(source, token);
      units.push({ type: 'psql', from: token.from, to: token.to, command: /^\\\S*/.exec(token.text)?.[0] ?? '\\' });
    } else if (token.text === ';' && endsStatement(open)) {
      const copies = copiesFromStdin(open);
      close(token.to);
      // The rows that follow are no SQL: one refused COPY must not become a thousand errors.
      if (copies) token = { ...token, to: copyEnd(source, token.to) };
    } else {
      add(open, token);
    }
  }
  close(source.length);
  return { units, comments };
}

interface OpenStatement {
  first: Token | null;
  last: Token | null;
  words: string[];
  long: Token[];
  depth: number;
  /** Nesting of BEGIN ATOMIC … END with CASE … END inside. */
  blocks: number;
  fromStdin: boolean;
}

function emptyStatement(): OpenStatement {
  return { first: null, last: null, words: [], long: [], depth: 0, blocks: 0, fromStdin: false };
}

function add(open: OpenStatement, token: Token): void {
  if (open.words.length < 6 && token.type === 'word') open.words.push(token.text);
  if (token.type === 'punctuation') open.depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
  if (token.type === 'word') {
    if (token.text === 'atomic' && open.last?.text === 'begin' && createsRoutine(open)) open.blocks += 1;
    else if (open.blocks > 0 && token.text === 'case') open.blocks += 1;
    else if (open.blocks > 0 && token.text === 'end') open.blocks -= 1;
    if (token.text === 'stdin' && open.last?.text === 'from') open.fromStdin = true;
  }
  if ((token.type === 'word' || token.type === 'quoted') && nameBytes(token) > MAX_NAME) open.long.push(token);
  open.first ??= token;
  open.last = token;
}

function nameBytes(token: Token): number {
  if (token.to - token.from <= MAX_NAME / 3) return 0;
  const name =
    token.type === 'quoted'
      ? token.text
          .replace(/^[uU]&/, '')
          .slice(1, -1)
          .replaceAll('""', '"')
      : token.text;
  return Buffer.byteLength(name);
}

function createsRoutine(open: OpenStatement): boolean {
  return open.words[0] === 'create' && (open.words.includes('function') || open.words.includes('procedure'));
}

/** Only a rule's actions hold semicolons in parentheses; anywhere else an open parenthesis is a mistake that should end here. */
function endsStatement(open: OpenStatement): boolean {
  const isRule = open.words[0] === 'create' && (open.words[1] === 'rule' || open.words[3] === 'rule');
  return open.blocks === 0 && (open.depth <= 0 || !isRule);
}

function copiesFromStdin(open: OpenStatement): boolean {
  return open.words[0] === 'copy' && open.fromStdin;
}

function copyEnd(text: string, at: number): number {
  const end = /^\\\.[ \t]*\r?$/gm;
  end.lastIndex = at;
  const found = end.exec(text);
  return found === null ? text.length : found.index + found[0].length;
}

function psqlLine(text: string, backslash: Token): Token {
  const rest = /[^\r\n]*/y;
  rest.lastIndex = backslash.from;
  const line = (rest.exec(text)?.[0] ?? '\\').trimEnd();
  return { ...backslash, to: backslash.from + line.length, text: line };
}
