/** Holds one drawn pair of schemas to its promises, on real databases; knows drawing only by its result. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPast } from '../../src/apply/past.js';
import { DiagnosticError } from '../../src/core/diagnostic.js';
import type { PlanDocument } from '../../src/core/plan.js';
import { exportSchema } from '../../src/plan/export.js';
import { makePlan } from '../../src/plan/make.js';
import { type CaseWay, caseOptions, goCaseWay } from '../support/case-run.js';
import { createDatabase, type TestDatabase, testServer, withDatabase } from '../support/database.js';
import { dumpVersion } from '../support/dump-version.js';
import { schemaDump } from '../support/judge.js';
import { observe } from '../support/observer.js';
import { query } from '../support/sql-query.js';
import type { Model } from './model.js';
import { keptColumns, rowsSql } from './rows.js';
import { schemaSql } from './sql.js';

/** A pair between which PostgreSQL can go, both ways, with rows in the tables. */
export function possible({ before, after, shuffle }: Pair): Pair {
  const inBoth = (at: number): boolean => !!before.tables[at] && !!after.tables[at];
  const without = (model: Model): Model => ({
    ...model,
    // A table that comes has no rows: those of a table that was there cannot point to any.
    tables: model.tables.map((table, at) =>
      table?.reference && inBoth(at) && !inBoth(table.reference.to) ? { ...table, reference: null } : table,
    ) as Model['tables'],
  });
  return { before: without(before), after: without(after), shuffle };
}

export interface Pair {
  readonly before: Model;
  readonly after: Model;
  /** What puts the statements of a file in another order. */
  readonly shuffle: number;
}

/** Everything that does not hold; empty when all is well. The files of a pair that failed are left where the last line says. */
export async function problemsOf(pair: Pair, major: number): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'schemactl-random-'));
  const held = withDatabase((live) => withDatabase((goal) => hold(pair, major, folder, live, goal), { major }), { major });
  const problems = await held.catch((error: unknown) => [textOf(error)]);
  if (problems.length > 0) return [...problems, `the files: ${folder}`];
  rmSync(folder, { recursive: true, force: true });
  return problems;
}

function textOf(error: unknown): string {
  if (!(error instanceof DiagnosticError)) return (error as Error).stack ?? String(error);
  return error.diagnostics.map(({ code, summary, detail }) => `${code} ${summary}\n${detail ?? ''}`).join('\n');
}

async function hold(pair: Pair, major: number, folder: string, live: TestDatabase, goal: TestDatabase): Promise<readonly string[]> {
  const { before, after } = pair;
  const problems: string[] = [];
  const told = (where: string, found: readonly string[]): void => void problems.push(...found.map((text) => `${where}: ${text}`));
  await run(live.url, [...schemaSql(before), ...rowsSql(before)]);
  await run(goal.url, schemaSql(after));
  const file = (name: string, model: Model): string => write(folder, name, schemaSql(model), live.url);
  const files = { before: file('before', before), after: file('after', after) };
  const scratchUrl = (await testServer(major)).url;
  const databases = { newDatabase: () => createDatabase({ major }) };
  const start = await seen(live.url, major);
  const end = await seen(goal.url, major);
  const rows = await keptRows(live.url, pair);
  const way = { url: live.url, scratchUrl, databases, strictNames: mixesNames(pair) };

  const still = await makePlan(caseOptions({ ...way, desired: [files.before], expected: null }), readPast);
  told(
    'A -> A is not empty',
    still.document.plan.steps.flatMap((step) => step.statements.map(({ sql }) => sql)),
  );
  const mixed = await shuffledPlan(pair, way, folder);
  const there = await goCaseWay({ ...way, desired: [files.after], ...end });
  told('A -> B', there.problems);
  if (there.document !== null) told('shuffled', differenceOfPlans(there.document, mixed));
  if (problems.length > 0) return problems;
  told('rows after A -> B', difference(rows, await keptRows(live.url, pair)));
  told('export', await exported(live, way, folder));
  told('B -> A', (await goCaseWay({ ...way, desired: [files.before], ...start })).problems);
  return problems;
}

/** What a database holds, by pg_dump where one here can read the server, else by the second observer. */
async function seen(url: string, major: number): Promise<Pick<CaseWay, 'expected' | 'observed'>> {
  const isDumpable = (await dumpVersion().catch(() => 0)) >= major;
  return isDumpable ? { expected: await schemaDump(url) } : { expected: null, observed: await observe(url) };
}

/** Where a constraint has a name on one side and none on the other: judges compare names, plans only when they are told to. */
function mixesNames({ before, after }: Pair): boolean {
  return before.tables.some((table, at) => table?.unique?.isNamed !== after.tables[at]?.unique?.isNamed);
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  await query(url, fileText(statements, url));
}

function write(folder: string, name: string, statements: readonly string[], url: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, 'schema.sql'), fileText(statements, url));
  return path;
}

/** With psql's word for the database read as psql reads it. */
function fileText(statements: readonly string[], url: string): string {
  return `${statements.join(';\n')};\n`.replaceAll(':"DBNAME"', new URL(url).pathname.slice(1));
}

/** Values of the columns that are in both schemas in the same form, by table. */
async function keptRows(url: string, { before, after }: Pair): Promise<readonly string[]> {
  const kept = keptColumns(before, after);
  const texts = await Promise.all(
    kept.map(async ({ table, columns }) => {
      const rows = await query<{ row: string }>(url, `select row(${columns.join(', ')})::text as row from ${table} order by id`);
      return rows.map(({ row }) => `${table} ${row}`);
    }),
  );
  return texts.flat();
}

function difference(before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...before.filter((row) => !after.includes(row)).map((row) => `lost ${row}`),
    ...after.filter((row) => !before.includes(row)).map((row) => `new ${row}`),
  ];
}

/** The plan for the same statements in other files and another order. */
async function shuffledPlan(pair: Pair, way: Omit<CaseWay, 'desired' | 'expected'>, folder: string): Promise<PlanDocument> {
  const path = join(folder, 'shuffled');
  mkdirSync(path);
  const straightOrder = schemaSql(pair.after);
  // What stands behind such a statement in its file comes out otherwise than what stands before it.
  const fixed = straightOrder.findIndex((sql) => sql.startsWith('alter default privileges')) + 1;
  const statements = [...straightOrder.slice(0, fixed), ...inOrder(straightOrder.slice(fixed), pair.shuffle)];
  const half = fixed > 0 ? 0 : Math.ceil(statements.length / 2);
  writeFileSync(join(path, 'a.sql'), fileText(statements.slice(half), way.url));
  writeFileSync(join(path, 'b.sql'), fileText(statements.slice(0, half), way.url));
  return (await makePlan(caseOptions({ ...way, desired: [path], expected: null }), readPast)).document;
}

/** They must be the same bytes, but for id, time and files. */
function differenceOfPlans(straight: PlanDocument, mixed: PlanDocument): readonly string[] {
  const [a = [], b = []] = [straight, mixed].map(({ plan: { id, created_at, not_after, desired, ...plan } }) => {
    void [id, created_at, not_after, desired];
    return JSON.stringify(plan, (key, value) => (key === 'source' ? undefined : value), 1).split('\n');
  });
  const at = a.findIndex((line, index) => line !== b[index]);
  if (at === -1 && a.length === b.length) return [];
  return [
    `the plans differ from line ${at}:\n${a.slice(Math.max(0, at - 2), at + 4).join('\n')}\n--- shuffled:\n${b.slice(Math.max(0, at - 2), at + 4).join('\n')}`,
  ];
}

/** Sorts by a hash of place and seed: any order, but the same one each time. Types with several statements keep theirs (ALTERs follow). */
function inOrder(statements: readonly string[], seed: number): readonly string[] {
  const weight = (index: number): number => ((index + 1) * 2654435761 + seed * 40503) % 4294967296;
  return statements
    .map((sql, index) => ({ sql, at: weight(index) }))
    .sort((x, y) => x.at - y.at)
    .map(({ sql }) => sql);
}

/** What export writes is the same schema, once an empty database is brought there. */
async function exported(live: TestDatabase, way: Omit<CaseWay, 'desired' | 'expected'>, folder: string): Promise<readonly string[]> {
  const found = await exportSchema({
    target: caseOptions({ ...way, desired: [], expected: null }).target,
    format: 'sql',
    layout: 'schema',
    manage: ['*'],
    ignore: [],
  });
  const path = join(folder, 'exported');
  mkdirSync(path);
  for (const file of found.files) writeFileSync(join(path, file.path), file.text);
  const copy = await createDatabase({ major: live.major });
  try {
    // That a second plan is empty there is told of B by A -> B already.
    return (await goCaseWay({ ...way, url: copy.url, desired: [path], planAgain: false, ...(await seen(live.url, live.major)) })).problems;
  } finally {
    await copy.drop();
  }
}
