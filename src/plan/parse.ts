/** A strict JSON parser for files that are trusted by their bytes; knows nothing of plans. */
import type { Json } from '../core/json.js';

export interface ParseProblem {
  readonly message: string;
  /** In characters from 0. */
  readonly offset: number;
}

export type ParseResult = { readonly ok: true; readonly value: Json } | ({ readonly ok: false } & ParseProblem);

/** Deeper than any plan, and far from the end of the stack of whatever walks the value later. */
const MAX_DEPTH = 100;

interface Cursor {
  readonly text: string;
  at: number;
}

class Problem extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/**
 * JSON.parse keeps the last of two equal keys, rounds large integers and takes any depth, all in silence.
 * Here these are problems; objects have no prototype, so that a key "__proto__" is a key like any other.
 */
export function parseJson(text: string): ParseResult {
  const cursor: Cursor = { text, at: 0 };
  try {
    const value = readValue(cursor, 0);
    skipSpace(cursor);
    if (cursor.at < text.length) throw new Problem('something follows the end of the document', cursor.at);
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ok: false, message: error.message, offset: error.offset };
  }
}

function readValue(cursor: Cursor, depth: number): Json {
  if (depth > MAX_DEPTH) throw new Problem(`values are nested deeper than ${MAX_DEPTH} levels`, cursor.at);
  skipSpace(cursor);
  switch (cursor.text[cursor.at]) {
    case '{':
      return readObject(cursor, depth);
    case '[':
      return readArray(cursor, depth);
    case '"':
      return readString(cursor);
    case undefined:
      throw new Problem('the document ends in the middle', cursor.at);
    default:
      return readWord(cursor);
  }
}

function readObject(cursor: Cursor, depth: number): Json {
  const object = Object.create(null) as { [key: string]: Json };
  cursor.at++;
  if (taken(cursor, '}')) return object;
  do {
    skipSpace(cursor);
    const start = cursor.at;
    if (cursor.text[start] !== '"') throw unexpected(cursor, 'a member name in double quotes');
    const key = readString(cursor);
    if (key in object) throw new Problem(`the member ${JSON.stringify(key)} appears twice in one object`, start);
    if (!taken(cursor, ':')) throw unexpected(cursor, '":"');
    object[key] = readValue(cursor, depth + 1);
  } while (taken(cursor, ','));
  if (!taken(cursor, '}')) throw unexpected(cursor, '"," or "}"');
  return object;
}

function readArray(cursor: Cursor, depth: number): Json {
  const items: Json[] = [];
  cursor.at++;
  if (taken(cursor, ']')) return items;
  do items.push(readValue(cursor, depth + 1));
  while (taken(cursor, ','));
  if (!taken(cursor, ']')) throw unexpected(cursor, '"," or "]"');
  return items;
}

// Runs of plain characters are taken as slices: plans are mostly strings, and may be tens of megabytes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these, unescaped
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function readString(cursor: Cursor): string {
  const start = cursor.at;
  cursor.at++;
  let value = '';
  for (;;) {
    value += match(cursor, PLAIN);
    const next = cursor.text[cursor.at];
    if (next === '"') break;
    if (next === undefined) throw new Problem('the document ends inside a string', cursor.at);
    if (next !== '\\') throw new Problem('a control character stands unescaped in a string', cursor.at);
    const escaped = match(cursor, ESCAPE);
    if (escaped === '') throw new Problem('an unknown escape in a string', cursor.at);
    value += JSON.parse(`"${escaped}"`) as string;
  }
  cursor.at++;
  // With the u flag only halves that have no partner are surrogates; UTF-8 cannot carry them.
  if (/\p{Surrogate}/u.test(value)) throw new Problem('half of a surrogate pair stands alone in a string', start);
  return value;
}

const WORD = /[^\s,:\]}"[{]*/y;
const INTEGER = /^(?:0|-?[1-9][0-9]*)$/;

function readWord(cursor: Cursor): Json {
  const start = cursor.at;
  const word = match(cursor, WORD);
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null') return null;
  if (!/^-?[0-9]/.test(word)) throw new Problem('a value is expected here', start);
  if (!INTEGER.test(word)) throw new Problem(`the number ${word.slice(0, 40)} is not a plain integer`, start);
  const number = Number(word);
  if (!Number.isSafeInteger(number)) throw new Problem(`the number ${word.slice(0, 40)} is not below 2^53`, start);
  return number;
}

function match(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0] ?? '';
  cursor.at += found.length;
  return found;
}

const SPACE = /[ \t\r\n]*/y;

function skipSpace(cursor: Cursor): void {
  match(cursor, SPACE);
}

function taken(cursor: Cursor, punctuation: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== punctuation) return false;
  cursor.at++;
  return true;
}

function unexpected(cursor: Cursor, expected: string): Problem {
  if (cursor.at >= cursor.text.length) return new Problem('the document ends in the middle', cursor.at);
  return new Problem(`${expected} is expected here`, cursor.at);
}
