/** Where a constraint inside CREATE TABLE ends in the statement's text (the parser only says where it begins); knows no kind's model. */
import { nextToken, type Token } from './tokens.js';

/** A cursor over the tokens of a text without its comments. */
interface Cursor {
  readonly text: string;
  /** End of the last token taken. */
  end: number;
}

function peek(cursor: Cursor, ahead = 0): Token | null {
  let at = cursor.end;
  for (let seen = 0; ; ) {
    const token = nextToken(cursor.text, at);
    if (token === null) return null;
    at = token.to;
    if (token.type === 'comment') continue;
    if (seen === ahead) return token;
    seen += 1;
  }
}

/** Takes the given words if they come next; '*' stands for any token. */
function take(cursor: Cursor, ...words: readonly string[]): boolean {
  let end = cursor.end;
  for (const [index, word] of words.entries()) {
    const token = peek(cursor, index);
    if (token === null || (word !== '*' && (token.type !== 'word' || token.text !== word))) return false;
    end = token.to;
  }
  cursor.end = end;
  return true;
}

function takeName(cursor: Cursor): void {
  take(cursor, '*');
  while (peek(cursor)?.text === '.') take(cursor, '*', '*');
}

function takeParenthesized(cursor: Cursor): void {
  if (peek(cursor)?.text !== '(') return;
  let depth = 0;
  do {
    const token = peek(cursor);
    if (token === null) return;
    cursor.end = token.to;
    if (token.type === 'punctuation') depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
  } while (depth > 0);
}

const ACTIONS: readonly (readonly string[])[] = [['no', 'action'], ['restrict'], ['cascade'], ['set', 'null'], ['set', 'default']];

/** What may follow in any order; deferrability right after a foreign key belongs to it, `not null` does not. */
const ATTRIBUTES: readonly (readonly string[])[] = [
  ['match', '*'],
  ['deferrable'],
  ['not', 'deferrable'],
  ['initially', '*'],
  ['not', 'valid'],
  ['enforced'],
  ['not', 'enforced'],
];

/**
 * End (exclusive) of the foreign key that starts at `start` (its node's location): `[constraint name] references …` on a column or
 * `[constraint name] foreign key (…) references …` of a table, with MATCH, ON DELETE, ON UPDATE and its deferrability. Commas around it
 * are not part of it: whoever cuts it out (desired/sql) takes the one that becomes superfluous.
 */
export function foreignKeyEnd(text: string, start: number): number {
  const cursor: Cursor = { text, end: start };
  take(cursor, 'constraint', '*');
  if (take(cursor, 'foreign', 'key')) {
    takeParenthesized(cursor);
  }
  take(cursor, 'references');
  takeName(cursor);
  takeParenthesized(cursor);
  for (;;) {
    if (take(cursor, 'on', 'delete') || take(cursor, 'on', 'update')) {
      ACTIONS.some((words) => take(cursor, ...words));
      // PostgreSQL 15: SET NULL (a) names columns.
      takeParenthesized(cursor);
    } else if (!ATTRIBUTES.some((words) => take(cursor, ...words))) {
      return cursor.end;
    }
  }
}

/** End (exclusive) of the table element (a constraint or column of CREATE TABLE) that starts at `start`: its top-level comma or parenthesis. */
export function tableElementEnd(text: string, start: number): number {
  let depth = 0;
  let end = start;
  for (let token = nextToken(text, start); token !== null; token = nextToken(text, token.to)) {
    if (token.type === 'punctuation') {
      if (depth === 0 && (token.text === ',' || token.text === ')' || token.text === ';')) return end;
      if (token.text === '(' || token.text === '[') depth += 1;
      if (token.text === ')' || token.text === ']') depth -= 1;
    }
    if (token.type !== 'comment') end = token.to;
  }
  return end;
}
