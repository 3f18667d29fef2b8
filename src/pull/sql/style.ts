/** New SQL in the manner of the file that it goes to; knows no statement. */
import { nextToken } from '../../kinds/tokens.js';

export interface Style {
  /** Keywords in lower case. */
  readonly isLower: boolean;
  readonly newline: '\n' | '\r\n';
}

export function styleOf(text: string): Style {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const words = [...text.matchAll(/\b(create|alter|comment|grant|table|index|view|not null|primary key|references|default|on|to)\b/gi)].map(
    ([word]) => word,
  );
  const lower = words.filter((word) => word === word.toLowerCase()).length;
  return { isLower: lower > words.length - lower, newline };
}

/** Bare words in capitals are keywords in what the kinds and the server write: names in capitals are quoted. */
export function styled(sql: string, style: Style): string {
  if (!style.isLower) return sql;
  let result = '';
  let at = 0;
  for (let token = nextToken(sql, 0); token !== null; token = nextToken(sql, token.to)) {
    const raw = sql.slice(token.from, token.to);
    result += sql.slice(at, token.from) + (token.type === 'word' && raw === raw.toUpperCase() ? raw.toLowerCase() : raw);
    at = token.to;
  }
  return result + sql.slice(at);
}

/** As a text with line feeds goes into the file. */
export function inNewlines(text: string, { newline }: Style): string {
  return newline === '\n' ? text : text.replaceAll(/\r?\n/g, '\r\n');
}
