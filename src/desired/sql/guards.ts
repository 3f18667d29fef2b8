/**
 * `DO` blocks that only guard definitions against being made twice -> the ranges of those definitions. Nothing is run, and a block
 * with anything else in it is not understood (docs/decisions/0010-guarded-do-blocks.md).
 */
import { nextToken, type Token } from '../../kinds/tokens.js';
import { identifierParts } from '../search-path.js';

/** A definition inside the block, in offsets of the text that holds the block. */
export interface GuardedStatement {
  readonly from: number;
  readonly to: number;
}

/** The definitions inside the DO statement at [from, to) of `text`; null when it is not a guard. */
export function guardedStatements(text: string, from: number, to: number): readonly GuardedStatement[] | null {
  const body = bodyOf(text, from, to);
  if (body === null) return null;
  const reader: Reader = { tokens: tokensBetween(text, body.from, body.to), at: 0 };
  const found = readBlock(reader);
  if (found === null) return null;
  takeIf(reader, ';');
  return reader.at === reader.tokens.length ? found : null;
}

function tokensBetween(text: string, from: number, to: number): readonly Token[] {
  const part = text.slice(0, to);
  const tokens: Token[] = [];
  for (let token = nextToken(part, from); token !== null; token = nextToken(part, token.to)) {
    if (token.type !== 'comment') tokens.push(token);
  }
  return tokens;
}

/** `do [language plpgsql] $$…$$ [language plpgsql]`; a body in single quotes only when no quote is doubled in it. */
function bodyOf(text: string, from: number, to: number): { readonly from: number; readonly to: number } | null {
  const tokens = tokensBetween(text, from, to);
  const body = tokens.find((token, index) => token.type === 'string' && tokens[index - 1]?.text !== 'language');
  const others = tokens.filter((token) => token !== body).map((token) => token.text.replace(/^['"]|['"]$/g, ''));
  if (body === undefined || !/^do( language plpgsql)?$/.test(others.join(' '))) return null;
  const tag = /^\$[^$]*\$/.exec(body.text)?.[0];
  if (tag !== undefined) return { from: body.from + tag.length, to: body.to - tag.length };
  return body.text.startsWith("'") && !body.text.slice(1, -1).includes("'") ? { from: body.from + 1, to: body.to - 1 } : null;
}

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

function takeIf(reader: Reader, ...texts: readonly string[]): boolean {
  const matches = texts.every((text, index) => {
    const token = reader.tokens[reader.at + index];
    return token !== undefined && token.type !== 'quoted' && token.type !== 'string' && token.text === text;
  });
  if (matches) reader.at += texts.length;
  return matches;
}

/** `begin … [exception when duplicate_… then null;] end`. */
function readBlock(reader: Reader): readonly GuardedStatement[] | null {
  if (!takeIf(reader, 'begin')) return null;
  const items = readItems(reader);
  if (items === null) return null;
  const handled = takeIf(reader, 'exception') && readHandlers(reader);
  if (!takeIf(reader, 'end')) return null;
  // Without a guard a definition in a DO block is a script, not a "make it if it is missing".
  if (items.bare.length > 0 && !handled) return null;
  return [...items.guarded, ...items.bare];
}

interface Items {
  readonly guarded: GuardedStatement[];
  readonly bare: GuardedStatement[];
}

function readItems(reader: Reader): Items | null {
  const items: Items = { guarded: [], bare: [] };
  for (;;) {
    const token = reader.tokens[reader.at];
    if (token === undefined) return null;
    if (token.text === 'end' || token.text === 'exception') return items;
    if (takeIf(reader, 'null', ';')) continue;
    if (token.text === 'raise') {
      if (!skipNotice(reader)) return null;
    } else if (token.text === 'if') {
      const guarded = readGuard(reader);
      if (guarded === null) return null;
      items.guarded.push(...guarded);
    } else if (token.text === 'begin') {
      const nested = readBlock(reader);
      if (nested === null || !takeIf(reader, ';')) return null;
      items.guarded.push(...nested);
    } else {
      const statement = readDefinition(reader);
      if (statement === null) return null;
      items.bare.push(statement);
    }
  }
}

/** `if not exists (select … from a catalog …) then … end if;` */
function readGuard(reader: Reader): readonly GuardedStatement[] | null {
  if (!takeIf(reader, 'if', 'not', 'exists')) return null;
  const condition = readParenthesized(reader);
  if (condition === null || !takeIf(reader, 'then')) return null;
  const first = reader.at;
  const items = readItems(reader);
  if (items === null || !readsCatalogOnly(condition)) return null;
  const inner = reader.tokens.slice(first, reader.at);
  if (!takeIf(reader, 'end', 'if', ';')) return null;
  const found = [...items.guarded, ...items.bare];
  return found.length === 0 || speaksOf(condition, inner) ? found : null;
}

function readParenthesized(reader: Reader): readonly Token[] | null {
  const start = reader.at;
  let depth = 0;
  for (; reader.at < reader.tokens.length; ) {
    const token = reader.tokens[reader.at];
    reader.at += 1;
    if (token?.text === '(') depth += 1;
    if (token?.text === ')') depth -= 1;
    if (depth === 0) return reader.tokens[start]?.text === '(' ? reader.tokens.slice(start, reader.at) : null;
  }
  return null;
}

/** Every relation after FROM and JOIN is PostgreSQL's own: a guard that reads data decides by data. */
function readsCatalogOnly(condition: readonly Token[]): boolean {
  const relations = condition.flatMap((token, index) =>
    token.type === 'word' && (token.text === 'from' || token.text === 'join') ? [condition[index + 1]?.text ?? ''] : [],
  );
  return relations.length > 0 && relations.every((name) => name.startsWith('pg_') || name === 'information_schema');
}

/** The guard asks for something that the definitions name: else it makes them depend on another thing. */
function speaksOf(condition: readonly Token[], inner: readonly Token[]): boolean {
  const names = new Set(inner.filter((token) => token.type === 'word' || token.type === 'quoted').map((token) => bare(token.text)));
  return condition
    .filter((token) => token.type === 'string')
    .some((token) => names.has(bare(identifierParts(token.text.slice(1, -1))?.at(-1) ?? '')));
}

function bare(name: string): string {
  return (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name).toLowerCase();
}

function readHandlers(reader: Reader): boolean {
  let any = false;
  while (takeIf(reader, 'when')) {
    do {
      // duplicate_object, duplicate_table, duplicate_column, … : it was there already.
      if (!(reader.tokens[reader.at]?.text ?? '').startsWith('duplicate_')) return false;
      reader.at += 1;
    } while (takeIf(reader, 'or'));
    if (!takeIf(reader, 'then')) return false;
    while (takeIf(reader, 'null', ';') || skipNotice(reader));
    any = true;
  }
  return any;
}

/** `raise notice '…', …;` says something and does nothing. */
function skipNotice(reader: Reader): boolean {
  if (!['debug', 'log', 'info', 'notice', 'warning'].some((level) => takeIf(reader, 'raise', level))) return false;
  while (reader.at < reader.tokens.length && reader.tokens[reader.at]?.text !== ';') reader.at += 1;
  return takeIf(reader, ';');
}

const DEFINING = new Set(['create', 'alter', 'comment', 'grant', 'revoke']);

function readDefinition(reader: Reader): GuardedStatement | null {
  const first = reader.tokens[reader.at];
  if (first === undefined || first.type !== 'word' || !DEFINING.has(first.text)) return null;
  let depth = 0;
  for (; reader.at < reader.tokens.length; reader.at += 1) {
    const token = reader.tokens[reader.at];
    if (token?.text === '(') depth += 1;
    if (token?.text === ')') depth -= 1;
    if (token?.text === ';' && depth === 0) {
      const last = reader.tokens[reader.at - 1] ?? first;
      reader.at += 1;
      return { from: first.from, to: last.to };
    }
  }
  return null;
}
