/** Cases as files: finds them, reads them, and writes what is desired in them; knows nothing of how a case is judged. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { statementRanges } from './dump-statements.js';
import { isEmptyDump } from './judge.js';

export interface CaseFiles {
  /** "pgschema/comment__add_table_comment". */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Run in every database of the case before anything else; null where there is none. */
  readonly setup: string | null;
  /** PostgreSQL that it needs at least, from min_pg.txt; null: any. */
  readonly minMajor: number | null;
  /** Words of the error that planning the way back must end with, from way_back.txt, where PostgreSQL has no such way; else null. */
  readonly noWayBack: string | null;
}

/** @throws Error when one of the folders has no case: a mistyped path must not pass. */
export function findCases(folders: readonly string[], only: RegExp | null): readonly CaseFiles[] {
  const found = new Map<string, CaseFiles>();
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

export function readCase(folder: string): CaseFiles {
  const text = (name: string): string | null => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null);
  const major = text('min_pg.txt');
  return {
    name: folder.split('/').slice(-2).join('/'),
    before: text('before.sql') ?? '',
    after: text('after.sql') ?? '',
    setup: text('setup.sql'),
    minMajor: major === null ? null : Number.parseInt(major, 10),
    noWayBack: text('way_back.txt')?.trim() ?? null,
  };
}

/** Files that declare nothing at all are an error, because a mistyped path must not empty a database: this says "nothing in it". */
export const NOTHING = 'create schema if not exists public;\n';

/**
 * Writes one side of a case as desired files and gives their paths. With the whole database in scope, what the setup makes is part of the
 * desired state too, or the plan would drop it: `setup` is the dump of a database that only has that, since a setup also holds statements that
 * are no declarations (DO, DROP … IF EXISTS).
 */
export function desiredFiles(folder: string, name: string, text: string, setup: string | null): readonly string[] {
  mkdirSync(folder, { recursive: true });
  // psql knows what the database is called: to a desired state any name will do.
  const named = (sql: string): string => sql.replaceAll(':"DBNAME"', 'the_database');
  const parts: (readonly [string, string])[] = [[name, named(withoutRows(text))]];
  if (setup !== null && !isEmptyDump(setup)) parts.push([`${name}-setup`, named(setup)]);
  if (!/^\s*(?:create|alter|comment|grant|revoke)\b/im.test(text)) parts.push([`${name}-nothing`, NOTHING]);
  return parts.map(([part, content]) => {
    const path = join(folder, `${part}.sql`);
    writeFileSync(path, content);
    return path;
  });
}

/** A side of a case may put rows into its tables, which are no part of a schema. What is left keeps its place, for messages and hints. */
function withoutRows(text: string): string {
  let left = text;
  for (const { from, to } of [...statementRanges(text)].reverse()) {
    if (!/^insert\b/i.test(text.slice(from, to))) continue;
    left = `${left.slice(0, from)}${left.slice(from, to + 1).replace(/[^\n]/g, ' ')}${left.slice(to + 1)}`;
  }
  return left;
}

/** What a setup declares, for servers that no pg_dump here can read: its own statements but those that are no declarations. */
export function setupDeclarations(script: string): string {
  return statementRanges(script)
    .map(({ from, to }) => script.slice(from, to))
    .filter((statement) => /^(?:create(?!\s+(?:role|user|group))|alter|comment|grant|revoke)\b/i.test(statement))
    .map((statement) => `${statement};\n`)
    .join('');
}
