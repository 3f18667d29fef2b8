/** Finds the cases below the folders that were named; knows the layout of a corpus and nothing of how a case is judged. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface CorpusCase {
  /** "pgschema/comment__add_table_comment". */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Run in every database of the case before anything else; null where there is none. */
  readonly setup: string | null;
  /** PostgreSQL that it needs at least, from min_pg.txt; null: any. */
  readonly minMajor: number | null;
}

/** @throws Error when one of the folders has no case: a mistyped path must not pass. */
export function findCases(folders: readonly string[], only: RegExp | null): readonly CorpusCase[] {
  const found = new Map<string, CorpusCase>();
  for (const folder of folders) {
    const cases = casesUnder(resolve(folder));
    if (cases.length === 0) throw new Error(`${folder} holds no case (a folder with before.sql and after.sql)`);
    for (const path of cases) found.set(path, readCase(path));
  }
  return [...found.values()].filter(({ name }) => only === null || only.test(name));
}

function casesUnder(folder: string): readonly string[] {
  if (existsSync(join(folder, 'before.sql')) && existsSync(join(folder, 'after.sql'))) return [folder];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => casesUnder(join(folder, entry.name)));
}

export function readCase(folder: string): CorpusCase {
  const text = (name: string): string | null => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null);
  const major = text('min_pg.txt');
  return {
    name: folder.split('/').slice(-2).join('/'),
    before: text('before.sql') ?? '',
    after: text('after.sql') ?? '',
    setup: text('setup.sql'),
    minMajor: major === null ? null : Number.parseInt(major, 10),
  };
}
