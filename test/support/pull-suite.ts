/** A database is changed, its files are pulled, and what became of the files is judged by others than pull: lines, comments, the next plan. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { splitSql } from '../../src/desired/sql/split.js';
import { planSchema } from '../../src/index.js';
import { exportSchema } from '../../src/plan/export.js';
import type { PullOutcome } from '../../src/pull/options.js';
import { pullSchema } from '../../src/pull/pull.js';
import { createDatabase, type TestDatabase, testServer, withClient } from './database.js';
import { CHANGES, numbersFrom, readThings, type Things } from './random-ddl.js';

export type Layout = 'sql dump' | 'sql by object' | 'sql by schema' | 'yaml by object' | 'yaml by schema';

const PAGILA = fileURLToPath(new URL('../../examples/pagila/schema.sql', import.meta.url));

/** A real schema in a database and in files full of comments. */
export interface PullScene {
  readonly folder: string;
  readonly template: TestDatabase;
  readonly files: ReadonlyMap<string, string>;
  /** Before comments were put in. */
  readonly exported: ReadonlyMap<string, string>;
  readonly things: Things;
  close(): Promise<void>;
}

const spec = (url: string) => ({ config: { connectionString: url }, label: 'test' });

export async function pullScene(layout: Layout): Promise<PullScene> {
  const template = await createDatabase();
  const text = await readFile(PAGILA, 'utf8');
  await withClient(template.url, (client) => client.query(text));
  const folder = await mkdtemp(join(tmpdir(), 'pull-'));
  const files = new Map<string, string>();
  if (layout === 'sql dump') files.set('schema.sql', text);
  else {
    const [format, , by] = layout.split(' ') as ['sql' | 'yaml', 'by', 'object' | 'schema'];
    const exported = await exportSchema({ target: spec(template.url), format, layout: by, manage: ['public'], ignore: [] });
    for (const file of exported.files) files.set(file.path, file.text);
  }
  const exported = new Map(files);
  for (const [path, own] of exported) {
    const commented = path.endsWith('.sql') ? commentedSql(path, own) : commentedYaml(path, own);
    files.set(path, commented);
    await write(join(folder, path), commented);
  }
  const things = await withClient(template.url, readThings);
  return {
    folder,
    template,
    files,
    exported,
    things,
    close: async () => {
      await rm(folder, { recursive: true });
      await template.drop();
    },
  };
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** A line above every statement, and one behind every line of a list. */
function commentedSql(path: string, text: string): string {
  let result = text;
  for (const unit of [...splitSql(text).units].reverse()) {
    if (unit.type !== 'statement') continue;
    const own = result.slice(unit.from, unit.to);
    const lines = /^create (unlogged )?table/i.test(own)
      ? own.replaceAll(/,$/gm, (comma, at: number) => `${comma} -- keep ${path} ${unit.from + at}`)
      : own;
    result = `${result.slice(0, unit.from)}-- note ${path} ${unit.from}\n${lines}${result.slice(unit.to)}`;
  }
  return result;
}

/** A line above every entry, and one behind every member that has a line to itself. */
function commentedYaml(path: string, text: string): string {
  let isText = '';
  return text
    .split('\n')
    .flatMap((line, index) => {
      const indent = /^ */.exec(line)?.[0] ?? '';
      if (isText !== '' && (indent.length >= isText.length || line === '')) return [line];
      isText = / [|>][-+\d]*$/.test(line) ? `${indent} ` : '';
      if (isText !== '' || line === '' || line.startsWith('#')) return [line];
      if (/^ {2}\S.*:$/.test(line)) return [`  # note ${path} ${index}`, line];
      return /^ {4,}[\w"-].*[^:]$/.test(line) ? [`${line} # keep ${path} ${index}`] : [line];
    })
    .join('\n');
}

export interface Pulled {
  readonly sql: string;
  readonly outcome: PullOutcome;
  /** What is wrong with the files; empty when nothing is. */
  readonly complaints: readonly string[];
  /** Lines that went and came. */
  readonly lines: { readonly gone: number; readonly come: number };
}

/** One change in a copy of the database, pulled into the files as they are in the folder, which stay as they were. */
export async function pulled(scene: PullScene, sql: string): Promise<Pulled> {
  const { url: server } = await testServer();
  const database = await createDatabase({ template: scene.template.name });
  try {
    await withClient(database.url, (client) => client.query(sql));
    const scratch = { kind: 'url', connection: spec(server) } as const;
    const target = spec(database.url);
    const common = { target, scratch, desired: [scene.folder], manage: ['public'], ignore: [] };
    const outcome = await pullSchema({ ...common, only: [] }, async () => null);
    const complaints = [...judged(scene, outcome, sql), ...(await planned(scene, outcome, common))];
    return { sql, outcome, complaints, lines: lineCounts(outcome) };
  } finally {
    await database.drop();
  }
}

/** The next plan is empty. */
async function planned(
  scene: PullScene,
  outcome: PullOutcome,
  common: Pick<Parameters<typeof planSchema>[0], 'target' | 'scratch' | 'manage' | 'ignore'>,
): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pulled-'));
  try {
    const texts = new Map(scene.files);
    for (const { path, after } of outcome.files) {
      if (after === null) texts.delete(relative(scene.folder, path));
      else texts.set(relative(scene.folder, path), after);
    }
    for (const [path, text] of texts) await write(join(folder, path), text);
    const plan = await planSchema({
      ...common,
      desired: [folder],
      allow: [],
      adopt: true,
      online: true,
      environment: null,
      policy: {},
      timeouts: { lock_ms: 2_000, statement_ms: 60_000 },
      tool: { name: 'schemactl', version: '0' },
      by: 'test',
      now: new Date(),
      not_after: null,
    });
    return plan.document.plan.changes.map(({ address, type }) => `the next plan has ${type} ${address}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The files may say no name of an index: then PostgreSQL's is nobody's, and there is nothing to write when it is another. */
const MAY_BE_NOBODYS = /^alter index \S+ rename to /;

function judged(scene: PullScene, { files, changes }: PullOutcome, sql: string): readonly string[] {
  if (changes.length === 0) return files.length === 0 && MAY_BE_NOBODYS.test(sql) ? [] : ['nothing was found to pull'];
  const names = new Set(
    changes.flatMap(({ address }) => [...address.matchAll(/[\w$]+/g)].map(([name]) => name)).filter((name) => name !== 'public'),
  );
  return files.flatMap((file) => {
    const path = relative(scene.folder, file.path);
    const [before, after] = [file.before ?? '', file.after ?? ''];
    const lost = lostComments(before, after).map((comment) => `${path} lost "${comment}"`);
    const isAtObject = (number: number): boolean => [...names].some((name) => aroundLine(path, before, number).includes(name));
    const [was, left] = [before.split('\n').map(bare), countOf(after.split('\n').map(bare))];
    // As often as such a line stood at other objects it must still be there. With a file goes its head.
    const elsewhere = goneLines(before, after).filter(({ text }) => {
      const others = was.filter((line, number) => line === bare(text) && !isAtObject(number)).length;
      return (left.get(bare(text)) ?? 0) < others && !(file.after === null && /^schema: /.test(text));
    });
    return [...lost, ...elsewhere.map(({ text }) => `${path} changed elsewhere: ${text}`)];
  });
}

/** Comments that went though what they stand at did not. */
function lostComments(before: string, after: string): readonly string[] {
  const kept = new Set(after.match(COMMENT) ?? []);
  const lines = before.split('\n');
  const codes = countOf(after.split('\n').map(code));
  const before_ = countOf(lines.map(code));
  return lines.flatMap((line, index) => {
    const [comment] = line.match(COMMENT) ?? [];
    if (comment === undefined || kept.has(comment)) return [];
    const own = code(line) === '' ? code(lines.slice(index + 1).find((next) => code(next) !== '') ?? '') : code(line);
    return (codes.get(own) ?? 0) < (before_.get(own) ?? 0) ? [] : [comment];
  });
}

const COMMENT = /(?:--|#) (?:note|keep) .*/g;

const code = (line: string): string =>
  line
    .replace(/\s*(--|# ).*$/, '')
    .replace(/,$/, '')
    .trim();

function countOf(lines: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

/** The last element of a list gets a comma when another one comes behind it. */
const bare = (line: string): string => line.replace(/,$/, '');

function goneLines(before: string, after: string): readonly { readonly text: string }[] {
  const left = new Map(countOf(after.split('\n').map(bare)));
  return before.split('\n').flatMap((text) => {
    const count = left.get(bare(text)) ?? 0;
    left.set(bare(text), count - 1);
    return count > 0 || text.trim() === '' || /^\s*(--|#)/.test(text) ? [] : [{ text }];
  });
}

/** The statement or the entry that a line is part of. */
function aroundLine(path: string, text: string, number: number): string {
  const lines = text.split('\n');
  if (path.endsWith('.sql')) {
    const offset = lines.slice(0, number).join('\n').length + (number === 0 ? 0 : 1);
    const end = offset + (lines[number]?.length ?? 0);
    const unit = splitSql(text).units.find(({ from, to }) => from <= end && offset <= to + 1);
    return unit === undefined ? '' : text.slice(unit.from, unit.to);
  }
  const isHead = (line: string): boolean => /^ {0,2}[^\s#]/.test(line);
  let from = number;
  while (from > 0 && !isHead(lines[from] ?? '')) from -= 1;
  let to = number + 1;
  while (to < lines.length && !isHead(lines[to] ?? '')) to += 1;
  return lines.slice(from, to).join('\n');
}

function lineCounts({ files }: PullOutcome): Pulled['lines'] {
  const gone = files.map(({ before, after }) => goneLines(before ?? '', after ?? '').length);
  const come = files.map(({ before, after }) => goneLines(after ?? '', before ?? '').length);
  const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  return { gone: sum(gone), come: sum(come) };
}

/** Changes that the database takes, from a seed: none that is refused there. */
export async function possibleChanges(scene: PullScene, count: number, seed: number): Promise<readonly string[]> {
  const next = numbersFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  return withClient(scene.template.url, async (client) => {
    const found: string[] = [];
    for (let n = 1; found.length < count; n += 1) {
      const sql = (CHANGES[(n + seed) % CHANGES.length] ?? pick(CHANGES))(scene.things, pick, n);
      const isTaken = await client.query(`begin; ${sql}`).then(
        () => true,
        () => false,
      );
      await client.query('rollback');
      if (isTaken && !found.includes(sql)) found.push(sql);
    }
    return found;
  });
}
