/** Pieces of SQL out of YAML entries, checked to stay within their place; knows no kind. */
import type { Json, JsonObject } from '../core/json.js';
import { isBuiltinType } from './builtin-types.js';
import { quoteIdent } from './quote.js';
import { withOptions } from './relation-options.js';
import { nextToken, type Token } from './tokens.js';
import type { PlacedSql, SqlPart, SqlText, YamlEntry, YamlPlace } from './yaml-slot.js';

export const TEXT: JsonObject = { type: 'string', minLength: 1 };
export const EXPRESSION: JsonObject = { type: ['string', 'number', 'boolean'], title: 'an expression in SQL' };
export const FLAG: JsonObject = { type: 'boolean' };
export const NUMBER: JsonObject = { type: ['integer', 'string'], pattern: '^-?[0-9]+$', title: 'a whole number' };
export const NAMES: JsonObject = { type: 'array', items: TEXT, minItems: 1, title: 'a list of names' };
export const PARAMETERS: JsonObject = {
  type: 'object',
  additionalProperties: { type: ['string', 'number', 'boolean'] },
  title: 'a map of storage parameters',
};

/** What editors show of a key: its meaning, and examples of a value; words and flags are their own. */
export function described(description: string, schema: JsonObject, ...examples: readonly Json[]): JsonObject {
  const own = Array.isArray(schema.enum) ? schema.enum : schema.type === 'boolean' ? [true] : [];
  const shown = examples.length > 0 ? examples : (schema.examples ?? own);
  return { description, ...schema, ...(Array.isArray(shown) && shown.length === 0 ? {} : { examples: shown }) };
}

/** The object's own name, shown at its key. */
export function atKey(entry: YamlEntry, sql: string): PlacedSql {
  return { sql, path: entry.path, part: 'key' };
}

/** SQL that stands for the value of a node, other than its own text. */
export function atValue(entry: YamlEntry, sql: string): PlacedSql {
  return { sql, path: entry.path, part: 'value' };
}

/** A name, exactly as the file writes it. */
export function nameOf(entry: YamlEntry): PlacedSql {
  return atValue(entry, quoteIdent(entry.text()));
}

export function join(parts: readonly SqlText[], separator: string): SqlText {
  return parts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
}

/** "(a, b)" of a list of exact names. */
export function nameList(entry: YamlEntry): SqlText {
  return [
    '(',
    ...join(
      entry.items().map((item) => [nameOf(item)]),
      ', ',
    ),
    ')',
  ];
}

/** Words that may not stand outside parentheses where a type or a name is wanted: they would begin something else. */
const CLAUSES = new Set(
  `as by cascade check collate constraint default deferrable deferred exclude foreign from generated grant initially not null on or
   primary references returning select set table unique using values when where`.split(/\s+/),
);

/** SQL text that must be one type, one qualified name or the like: no commas and no clauses beside it. */
export function sqlName(entry: YamlEntry, place: YamlPlace): PlacedSql {
  const sql = entry.sql();
  const stray = strayToken(sql, (text, type) => text === ',' || (type === 'word' && CLAUSES.has(text)));
  if (stray !== null) refuse(entry, place, stray);
  return { sql, path: entry.path, part: 'value', verbatim: true };
}

/** One item of a list of SQL elements: no comma outside parentheses. */
export function sqlElement(entry: YamlEntry, place: YamlPlace): PlacedSql {
  const sql = entry.sql();
  const stray = strayToken(sql, (text) => text === ',');
  if (stray !== null) refuse(entry, place, stray);
  return { sql, path: entry.path, part: 'value', verbatim: true };
}

/** SQL text that runs on to the end of its clause. */
export function sqlClause(entry: YamlEntry, place: YamlPlace): SqlPart[] {
  const sql = entry.sql();
  const stray = strayToken(sql, () => false);
  if (stray !== null) refuse(entry, place, stray);
  return [{ sql, path: entry.path, part: 'value', verbatim: true }, sql.includes('--') ? '\n' : ''];
}

/** SQL text that stands for itself: whole, and one statement. */
export function sqlWhole(sql: string, entry: YamlEntry, place: YamlPlace): void {
  const stray = strayToken(sql, () => false);
  if (stray !== null) refuse(entry, place, stray);
}

/** "(expression)"; a comment at its end must not swallow what follows. */
export function expression(entry: YamlEntry, place: YamlPlace): SqlText {
  return ['(', ...sqlClause(entry, place), ')'];
}

function refuse(entry: YamlEntry, place: YamlPlace, { words, from, to }: Stray): void {
  place.report(
    {
      code: 'SC1041',
      summary: `${words} does not belong into the SQL text of ${String(entry.path.filter((step) => typeof step === 'string').at(-1) ?? '')}`,
      detail: `found ${shortened(JSON.stringify(entry.sql()))}`,
      hint: 'correct the text; what has a key of its own is said with that key',
    },
    entry.path,
    'value',
    [from, to],
  );
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** What must not be there, and where in the text. */
interface Stray {
  readonly words: string;
  readonly from: number;
  readonly to: number;
}

/** The first token outside parentheses that must not be there, null when the text is whole. */
function strayToken(sql: string, forbidden: (text: string, type: string) => boolean): Stray | null {
  // What is never closed reaches to the end of the text, whatever stands there.
  const padded = `${sql}\n `;
  const open: Token[] = [];
  let seen = false;
  for (let token = nextToken(padded, 0); token !== null; token = nextToken(padded, token.to)) {
    const { text, type, from, to } = token;
    const stray = (words: string): Stray => ({ words, from, to: Math.min(to, sql.length) });
    if (to === padded.length) {
      const words = type === 'comment' ? 'a comment that is never closed' : 'a quote that is never closed';
      return { words, from, to: from + 1 };
    }
    if (type === 'comment') continue;
    seen = true;
    if (type === 'punctuation' && (text === '(' || text === '[')) open.push(token);
    else if (type === 'punctuation' && (text === ')' || text === ']') && open.pop() === undefined) return stray(`an unmatched "${text}"`);
    if (type === 'punctuation' && text === ';') return stray('a semicolon');
    if (type === 'other') return stray(`"${text}"`);
    if (open.length === 0 && forbidden(text, type)) return stray(`"${text}"`);
  }
  const [first] = open;
  if (first !== undefined) return { words: `a "${first.text}" that is never closed`, from: first.from, to: first.to };
  return seen ? null : { words: 'nothing', from: 0, to: 1 };
}

/** " WITH (…)" of a map of storage parameters. */
export function parameters(entry: YamlEntry | null): SqlText {
  if (entry === null) return [];
  const options = Object.fromEntries(entry.items().map((item) => [item.name ?? '', item.text()]));
  return [atKey(entry, withOptions(options))];
}

/** A map of storage parameters as the file writes it; numbers and flags without quotes. */
export function parameterValues(options: {
  readonly [name: string]: string;
}): { readonly [name: string]: string | number | boolean } | undefined {
  const names = Object.keys(options);
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name) => [name, plainScalar(options[name] ?? '')]));
}

/** Text as the YAML value that reads back as the same text. */
export function plainScalar(text: string): string | number | boolean {
  if (text === 'true') return true;
  if (text === 'false') return false;
  const number = Number(text);
  return text !== '' && String(number) === text && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : text;
}

/** An expression without the parentheses that the server prints around all of it: the slots write their own. */
export function bareExpression(sql: string): string {
  if (!sql.startsWith('(') || !sql.endsWith(')')) return sql;
  let depth = 0;
  for (let token = nextToken(sql, 0); token !== null; token = nextToken(sql, token.to)) {
    if (token.type !== 'punctuation') continue;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0) return token.to === sql.length ? sql.slice(1, -1) : sql;
  }
  return sql;
}

/** As bareExpression, of an attribute that may be absent. */
export function bareOrNone(sql: string | null): string | undefined {
  return sql === null ? undefined : bareExpression(sql);
}

/** A type as format_type() prints it, without the document's schema, unless it would be taken for one of PostgreSQL's own. */
export function localType(type: string, schema: string): string {
  const local = localName(type, schema);
  return local === type || isBuiltinType(local.replace(/(\([^()]*\))?(\[\])*$/, '')) ? type : local;
}

/** A list of texts as YAML has it: nothing where there is none. */
export function listOrNone(texts: readonly string[]): readonly string[] | undefined {
  return texts.length === 0 ? undefined : texts;
}

/** A flag as YAML has it: nothing where it is off. */
export function trueOrNone(value: boolean): true | undefined {
  return value ? true : undefined;
}

/** A qualified name without its schema where the document's schema would be found anyway: pg_catalog is searched first. */
export function localName(qualified: string, schema: string): string {
  const prefix = `${quoteIdent(schema)}.`;
  if (!qualified.startsWith(prefix)) return qualified;
  const rest = qualified.slice(prefix.length);
  return rest.startsWith('pg_') ? qualified : rest;
}
