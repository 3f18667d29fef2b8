/** How the names of declarations are looked up: along the search path that was in force; knows no kind. */
import type { NameRef } from '../kinds/kind.js';
import type { Declaration } from './declaration.js';
import { searchPathOf } from './search-path.js';

/** Spaces whose names live in a schema. */
const IN_SCHEMA: ReadonlySet<NameRef['space']> = new Set(['relation', 'type', 'routine', 'operator', 'collation']);

export function nameKey(space: NameRef['space'], schema: string | null, name: string): string {
  return `${space}\0${schema ?? ''}\0${name}`;
}

export function livesInSchema(ref: NameRef): boolean {
  return IN_SCHEMA.has(ref.space);
}

/** The key of a name that the declaration brings into being: without a schema it is in the first one of the search path. */
export function providedKey(ref: NameRef, declaration: Declaration): string {
  const schema = ref.schema ?? (IN_SCHEMA.has(ref.space) ? (searchPathOf(declaration.settings.search_path ?? '')[0] ?? null) : null);
  return nameKey(ref.space, schema, ref.name);
}

/** The keys under which a name that the declaration mentions may be found, in the order of search. */
export function candidateKeys(ref: NameRef, declaration: Declaration): readonly string[] {
  // A relation's row type has the relation's name.
  const spaces = ref.space === 'type' ? (['type', 'relation'] as const) : [ref.space];
  const inSchema = IN_SCHEMA.has(ref.space) || ref.space === 'other';
  const path = ref.schema !== null ? [ref.schema] : [null, ...(inSchema ? searchPathOf(declaration.settings.search_path ?? '') : [])];
  return path.flatMap((schema) => spaces.map((space) => nameKey(space, schema, ref.name)));
}

/** What a statement alters when it changes what later statements of its file mean, e.g. ALTER DEFAULT PRIVILEGES. */
export const LATER_STATEMENTS: NameRef = { space: 'other', schema: null, name: '*' };

export function changesLaterStatements(declaration: Declaration): boolean {
  return declaration.alters.some(
    (ref) => ref.space === LATER_STATEMENTS.space && ref.schema === null && ref.name === LATER_STATEMENTS.name,
  );
}
