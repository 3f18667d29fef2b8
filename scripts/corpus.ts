/**
 * Measures the command line on schemas and pairs of schemas: npm run test:corpus -- [--only PATTERN] [--jobs N] DIR…
 * Knows how to run cases beside one another and to add up; what is measured is in corpus/check.ts.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findCases } from '../test/support/case-files.js';
import { dumpVersion } from '../test/support/dump-version.js';
import { psql } from '../test/support/postgres-programs.js';
import { type CaseReport, checkCase } from './corpus/check.js';
import { commandLine } from './corpus/command-line.js';
import { type Servers, servers } from './corpus/servers.js';

// build/scripts/corpus.js -> the checkout.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const USAGE = `usage: npm run test:corpus -- [options] DIR…
  DIR             a folder with case folders at any depth
  --only PATTERN  regular expression over "source/case"
  --jobs N        cases at a time (2)
  --major N       PostgreSQL major of cases that do not ask for one (15)
  --scratch HOW   where desired statements are run: shared (a server of this run), or embedded (each command starts its own)
  --results DIR   where details of failures go (corpus-results)
  --bin FILE      the executable (dist/bin.js)
  --verbose       one line for every case`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    major: { type: 'string', default: '15' },
    scratch: { type: 'string', default: 'shared' },
    results: { type: 'string', default: join(root, 'corpus-results') },
    bin: { type: 'string', default: join(root, 'dist/bin.js') },
    verbose: { type: 'boolean', default: false },
  },
});

process.exitCode = await main();

async function main(): Promise<number> {
  if (positionals.length === 0 || !['shared', 'embedded'].includes(values.scratch)) return fail(USAGE, 64);
  if (!existsSync(values.bin)) return fail(`${values.bin} is missing: run npm run build`);
  try {
    console.log(`judged by pg_dump ${await dumpVersion()}`);
    await programs();
  } catch (error) {
    return fail((error as Error).message);
  }
  const cases = findCases(positionals, values.only === undefined ? null : new RegExp(values.only));
  if (cases.length === 0) return fail(`no case matches ${values.only}`);
  const results = resolve(values.results);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const shared = servers();
  const work = mkdtempSync(join(tmpdir(), 'schemactl-corpus-'));
  const reports: CaseReport[] = [];
  const waiting = cases.entries();
  const worker = async (): Promise<void> => {
    for (const [place, item] of waiting) {
      const folder = join(work, String(place));
      mkdirSync(folder);
      const major = Math.max(Number(values.major), item.minMajor ?? 0);
      const scratch = values.scratch === 'shared' ? ['--scratch', await shared.serverUrl(major)] : [];
      const report = await checkCase(item, { servers: shared, schemactl: commandLine(resolve(values.bin)), folder, major, scratch });
      reports.push(report);
      tell(report, results);
      rmSync(folder, { recursive: true, force: true });
    }
  };
  try {
    await Promise.all(Array.from({ length: Number(values.jobs) }, worker));
  } finally {
    await stop(shared);
    rmSync(work, { recursive: true, force: true });
  }
  return sum(reports, results);
}

/** Also fails where psql is missing. */
async function programs(): Promise<void> {
  const one = servers();
  try {
    await psql(await one.serverUrl(Number(values.major)), 'select 1');
  } finally {
    await one.stop();
  }
}

async function stop(shared: Servers): Promise<void> {
  await shared.stop();
}

function tell(report: CaseReport, results: string): void {
  const { name } = report.case;
  if (report.unloadable !== null) {
    console.log(`NOT LOADABLE by PostgreSQL itself  ${name}: ${report.unloadable.replace(/\s+/g, ' ').slice(0, 300)}`);
    return;
  }
  for (const { way, failure, ms } of report.ways) {
    if (failure === null) {
      if (values.verbose) console.log(`ok    ${name}  ${way}  ${ms} ms`);
      continue;
    }
    const file = join(results, `${name.replaceAll('/', '__')}__${way.replace(/\W+/g, '_')}.txt`);
    writeFileSync(file, `${failure.line}\n\n${failure.detail}\n`);
    console.log(`FAIL  ${name}  ${way}: ${failure.line.replace(/\s+/g, ' ')}`);
  }
}

function sum(reports: readonly CaseReport[], results: string): number {
  const ways = reports.flatMap((report) => report.ways);
  const verdicts = ways.flatMap(({ result }) => (result?.verdict ? [result.verdict] : []));
  const columns = verdicts.flatMap(({ movedColumns }) => movedColumns);
  const unloadable = reports.filter((report) => report.unloadable !== null).length;
  const passed = ways.filter(({ failure }) => failure === null).length;
  const unproven = ways.reduce((total, { result }) => total + (result?.unprovenSteps ?? 0), 0);
  const judgedBy = (judge: string): number => ways.filter(({ result }) => result?.verdict && result.judge === judge).length;
  const judgedByPlan = ways.filter(({ result }) => result !== null && result.verdict === null).length;
  const total = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
  console.log(
    `${reports.length} cases, ${ways.length} ways; ${judgedBy('pg_dump')} ways judged by pg_dump, ${judgedBy('observer')} by the second observer`,
  );
  console.log(
    `put aside: the place of ${total(verdicts.map(({ movedStatements }) => movedStatements))} statements, the place of ${total(
      columns.map((table) => table.columns),
    )} columns in ${columns.length} tables that were there before, the order of storage parameters of ${verdicts.flatMap(({ movedParameters }) => movedParameters).length} relations that were`,
  );
  console.log(
    `equal after one reload of both: ${verdicts.filter(({ afterReload }) => afterReload).length}; steps that were not proven: ${unproven}`,
  );
  const refused = reports.flatMap(({ case: { name }, ways: all }) =>
    all.flatMap(({ way, result }) => (result?.refusal ? [`  ${name} (${way}): ${result.refusal}`] : [])),
  );
  if (refused.length > 0)
    console.log(
      `refused as a desired state, so that their dump was taken, because the file holds what is no declaration:\n${refused.join('\n')}`,
    );
  const strict = ways.filter(({ result }) => result?.strictNames).length;
  if (strict > 0)
    console.log(`equal only with names: strict, because the desired state leaves a name open that another one had: ${strict}`);
  if (judgedByPlan > 0) console.log(`only a second plan judged ${judgedByPlan} ways (the export of a database, planned against it)`);
  if (unloadable > 0) console.log(`${unloadable} cases not loadable by PostgreSQL itself (neither passed nor failed)`);
  const failed = ways.length - passed;
  if (failed > 0) console.log(`details: ${results}`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

function fail(message: string, code = 1): number {
  console.error(message);
  return code;
}
