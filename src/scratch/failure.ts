/** What PostgreSQL refused -> findings at the place in the file, with the one way out that is likeliest; knows no kind. */
import { nameOf } from '../core/address.js';
import type { Diagnostic, Span } from '../core/diagnostic.js';
import { nearest } from '../core/suggest.js';
import type { Declaration } from '../desired/declaration.js';
import { identifierParts } from '../desired/search-path.js';
import { offsetOfCharacter } from '../desired/source-text.js';
import { builtinTypeWords } from '../kinds/builtin-types.js';
import { quoteName } from '../kinds/quote.js';
import { tokensFrom } from '../kinds/tokens.js';

export interface ServerError {
  /** SQLSTATE. */
  readonly code: string;
  readonly message: string;
  readonly detail: string | null;
  readonly hint: string | null;
  /** Character in the statement, from 1. */
  readonly position: number | null;
}

export interface Failure {
  readonly declaration: Declaration;
  readonly error: ServerError;
}

/** The parts of a server's error; null when the thrown thing is none. */
export function serverError(error: unknown): ServerError | null {
  if (!(error instanceof Error)) return null;
  const fields = error as Error & { code?: unknown; severity?: unknown; detail?: unknown; hint?: unknown; position?: unknown };
  // A server that goes away (57P01 …) and broken connections end the work; their codes are no findings about a file.
  if (typeof fields.code !== 'string' || !/^[0-9A-Z]{5}$/.test(fields.code) || /^(08|57P|53)/.test(fields.code)) return null;
  if (typeof fields.severity !== 'string' || fields.severity === 'FATAL') return null;
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const position = Number(fields.position);
  return {
    code: fields.code,
    message: error.message,
    detail: text(fields.detail),
    hint: text(fields.hint),
    position: Number.isInteger(position) && position > 0 ? position : null,
  };
}

/** invalid_column_reference: no unique key has the columns after ON CONFLICT. */
const NO_ARBITER = '42P10';

/** foreign_key_violation: only superusers can have keys that do not ask. */
const FOREIGN_KEY = '23503';

/** SQLSTATEs that say that a name is not there. */
const MISSING = new Set(['42P01', '42883', '42704', '42703', '3F000']);

export function explainFailures(failures: readonly Failure[], declarations: readonly Declaration[]): readonly Diagnostic[] {
  if (failures.length === 0) return [];
  const known = knownNames(declarations);
  const failed = new Set(failures.map(({ declaration }) => declaration));
  return failures.map((failure) => explain(failure, known, failed)).sort((a, b) => compareSpans(a.span, b.span));
}

function compareSpans(a: Span | undefined, b: Span | undefined): number {
  if (!a || !b || a.file !== b.file) return (a?.file ?? '') < (b?.file ?? '') ? -1 : 1;
  return a.start.offset - b.start.offset;
}

interface Known {
  /** Last part of a name -> where it is declared. */
  readonly names: ReadonlyMap<string, readonly { readonly parts: readonly string[]; readonly declaration: Declaration }[]>;
}

function knownNames(declarations: readonly Declaration[]): Known {
  const names = new Map<string, { parts: readonly string[]; declaration: Declaration }[]>();
  const add = (parts: readonly string[], declaration: Declaration): void => {
    const last = parts.at(-1);
    if (last === undefined) return;
    const places = names.get(last);
    if (places) places.push({ parts, declaration });
    else names.set(last, [{ parts, declaration }]);
  };
  for (const declaration of declarations) {
    for (const ref of declaration.provides) add(ref.schema === null ? [ref.name] : [ref.schema, ref.name], declaration);
    for (const object of declaration.declares) add(identifierParts(nameOf(object.address)) ?? [], declaration);
  }
  return { names };
}

function explain(failure: Failure, known: Known, failed: ReadonlySet<Declaration>): Diagnostic {
  const { declaration, error } = failure;
  const quoted = quotedNames(error.message);
  const span = placeOf(declaration, error, quoted);
  const base = {
    severity: 'error' as const,
    summary: error.message,
    detail: [`SQLSTATE ${error.code}`, error.detail].filter(Boolean).join('; '),
    span,
  };
  const extension = /extension "([^"]+)" is not available|extension control file .*\/([^/]+)\.control/.exec(error.message);
  if (extension) {
    const name = extension[1] ?? extension[2];
    return {
      ...base,
      code: 'SC8021',
      summary: `extension ${name} is not installed where the scratch database is`,
      detail: `SQLSTATE ${error.code}; ${error.message}`,
      hint: `give a server that has it: --scratch postgresql://… , or install the package that brings ${name}.control`,
    };
  }
  if (declaration.rows !== undefined && error.code === NO_ARBITER && error.message.includes('ON CONFLICT')) {
    const { schema, table, key } = declaration.rows.set;
    return {
      ...base,
      code: 'SC1204',
      summary: `no unique key of ${quoteName([schema, table])} is on just ${key.join(', ')}`,
      hint: 'declare a primary key or a unique constraint on these columns',
    };
  }
  if (declaration.rows !== undefined && error.code === FOREIGN_KEY) {
    const hint = 'declare the row that it refers to, or plan with --scratch embedded, where keys do not ask for rows of others';
    return { ...base, code: 'SC1201', hint };
  }
  if (MISSING.has(error.code)) return { ...base, code: 'SC1203', ...wayOut(quoted, declaration, known, failed, error) };
  return { ...base, code: 'SC1201', ...(error.hint === null ? {} : { hint: error.hint }) };
}

/** What the message names: "app.orders" in quotes, or f(integer, text) bare. */
function quotedNames(message: string): readonly (readonly string[])[] {
  const found = [...message.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '');
  const bare = /^(?:function|procedure|aggregate|column|operator class|text search configuration) ([^\s"(]+)/.exec(message)?.[1];
  return [...found, ...(bare === undefined ? [] : [bare])].flatMap((name) => identifierParts(name) ?? []).length === 0
    ? []
    : [...found, ...(bare === undefined ? [] : [bare])].map((name) => identifierParts(name) ?? [name]);
}

/** The server's position; without one, the first place in the statement of a name that the message speaks of. */
function placeOf(declaration: Declaration, error: ServerError, quoted: readonly (readonly string[])[]): Span {
  if (error.position !== null) return declaration.locate(offsetOfCharacter(declaration.sql, error.position - 1));
  for (const parts of quoted) {
    const name = parts.at(-1);
    for (const token of tokensFrom(declaration.sql)) {
      const text = token.type === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : token.type === 'word' ? token.text : null;
      if (text !== null && text === name) return declaration.locate(token.from);
    }
  }
  return declaration.span;
}

function wayOut(
  quoted: readonly (readonly string[])[],
  declaration: Declaration,
  known: Known,
  failed: ReadonlySet<Declaration>,
  error: ServerError,
): Pick<Diagnostic, 'hint' | 'related'> {
  const parts = quoted[0];
  const name = parts?.at(-1);
  if (parts === undefined || name === undefined) return error.hint === null ? {} : { hint: error.hint };
  const places = (known.names.get(name) ?? []).filter((place) => place.declaration !== declaration);
  const broken = places.find((place) => failed.has(place.declaration));
  if (broken) {
    return {
      hint: 'correct its declaration first: it failed too',
      related: [{ message: 'declared here', span: broken.declaration.span }],
    };
  }
  const elsewhere = places.find((place) => place.parts.length > 1 && parts.length === 1);
  if (elsewhere && error.code !== '42703') {
    return {
      hint: `write ${quoteName(elsewhere.parts)}, or set search_path at the top of the file`,
      related: [{ message: 'declared here', span: elsewhere.declaration.span }],
    };
  }
  const builtin = error.message.startsWith('type ') ? builtinTypeWords() : [];
  const meant = nearest(
    name,
    [...known.names.keys(), ...builtin].filter((other) => other !== name),
  );
  if (meant !== null) return { hint: `did you mean ${meant}?` };
  return { hint: error.hint ?? 'declare it, or correct its name' };
}
