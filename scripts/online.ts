/**
 * Runs changes of tables in use and says what the application met: npm run test:online -- [options]
 * Knows how to go through strategies and to add up; what is done and judged is in test/support/online.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEmbedded } from '../src/scratch/embedded.js';
import { STRATEGIES } from '../test/online/strategies.js';
import { dumpVersion } from '../test/support/dump-version.js';
import { abortRun } from '../test/support/online/abort-run.js';
import { type Bench, type BenchOptions, openBench } from '../test/support/online/bench.js';
import { type DirectReport, directRun } from '../test/support/online/direct-run.js';
import { judgedRun, type OnlineReport } from '../test/support/online/judged-run.js';
import { killing } from '../test/support/online/killing.js';
import type { Strategy } from '../test/support/online/strategy.js';
import { columns, heading, row } from './online/table.js';

// build/scripts/online.js -> the checkout.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const USAGE = `usage: npm run test:online -- [options]
  --rows N        rows of the table (1000000)
  --major N       PostgreSQL major (15)
  --only PATTERN  regular expression over names of strategies
  --kill          apply is killed at every step boundary, inside every statement outside a transaction and inside every backfill
  --abort         every number of steps of the expand phase is done and aborted
  --no-direct     without the naive form beside it
  --rate N        transactions per second of every writer and reader (20)
  --alone N       seconds of the load without us (10)
  --both N        seconds of both forms of the application (5)
  --seed N        of what the application does (1)
  --bin FILE      the executable (dist/bin.js)`;

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    major: { type: 'string', default: '15' },
    only: { type: 'string' },
    kill: { type: 'boolean', default: false },
    abort: { type: 'boolean', default: false },
    'no-direct': { type: 'boolean', default: false },
    rate: { type: 'string', default: '20' },
    alone: { type: 'string', default: '10' },
    both: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    bin: { type: 'string', default: join(root, 'dist/bin.js') },
    help: { type: 'boolean', default: false },
  },
});

/** As a server in production has it, where it matters: WAL of everything, autovacuum, room for the load's sessions. */
const SETTINGS = {
  autovacuum: 'on',
  autovacuum_naptime: '10s',
  shared_buffers: '256MB',
  wal_level: 'replica',
  full_page_writes: 'on',
  max_wal_size: '4GB',
  max_connections: '60',
};

process.exitCode = await main();

async function main(): Promise<number> {
  if (values.help) return fail(USAGE, 0);
  const numbers = [values.rows, values.major, values.rate, values.alone, values.both, values.seed].map(Number);
  if (numbers.some((number) => !Number.isFinite(number) || number < 0)) return fail(USAGE, 64);
  const major = Number(values.major);
  const only = values.only === undefined ? null : new RegExp(values.only);
  const strategies = STRATEGIES.filter(({ name, minMajor }) => (only === null || only.test(name)) && major >= (minMajor ?? 0));
  if (strategies.length === 0) return fail(`no strategy matches ${values.only}`);
  if (!existsSync(values.bin)) return fail(`${values.bin} is missing: run npm run build`);
  process.env.SCHEMACTL_TEST_BINARY = resolve(values.bin);
  console.log(
    `PostgreSQL ${major}, ${values.rows} rows, judged by ${(await dumpVersion()) >= major ? `pg_dump ${await dumpVersion()}` : 'the second observer'}`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'schemactl-online-'));
  const server = await startEmbedded({ major, settings: SETTINGS });
  const scratch = await startEmbedded({ major });
  const options: BenchOptions = {
    server: server.url,
    scratch: scratch.url,
    strategies: join(root, 'test/online'),
    folder,
    rows: Number(values.rows),
    rate: Number(values.rate),
    seed: Number(values.seed),
    aloneMs: Number(values.alone) * 1000,
    bothMs: Number(values.both) * 1000,
  };
  const failed: string[] = [];
  try {
    console.log(heading());
    for (const strategy of strategies) if (!(await oneStrategy(options, strategy))) failed.push(strategy.name);
  } finally {
    await Promise.all([server.stop(), scratch.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
  if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
  console.log(`${strategies.length - failed.length} passed, ${failed.length} failed`);
  return failed.length > 0 ? 1 : 0;
}

async function oneStrategy(options: BenchOptions, strategy: Strategy): Promise<boolean> {
  let bench: Bench | null = null;
  try {
    bench = await openBench(options, strategy);
    const problems: string[] = [];
    if (values.abort) {
      const { tries, steps, statements, problems: found } = await abortRun(bench);
      console.log(`${strategy.name}: aborted after each of ${tries} of its ${steps} steps, ${statements} client statements`);
      problems.push(...found);
    } else {
      const kills = values.kill ? killing(bench) : null;
      const report: OnlineReport = await judgedRun(bench, kills?.apply);
      const direct: DirectReport | null = values['no-direct'] || kills ? null : await directRun(bench);
      console.log(row(columns(strategy, options.rows, report, direct)));
      if (direct !== null && direct.failure !== null) console.log(`  direct (!): ${direct.failure}`);
      if (kills) console.log(`  killed ${kills.kills.length} times: ${kills.kills.join('; ')}`);
      problems.push(...report.longWaits, ...report.problems);
    }
    for (const problem of problems) console.log(`  FAIL ${problem}`);
    return problems.length === 0;
  } catch (error) {
    console.log(`${strategy.name}\n  FAIL ${(error as Error).message}`);
    return false;
  } finally {
    await bench?.drop();
  }
}

function fail(message: string, code = 1): number {
  console.error(message);
  return code;
}
