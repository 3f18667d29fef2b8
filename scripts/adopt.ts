/**
 * Adopts schemas as YAML and as SQL by the command line: npm run test:adopt -- [--only PATTERN] DIR…
 * Exported, the plan is empty; exported again, no byte differs; applied to an empty database, pg_dump prints the same.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type CaseFiles, findCases } from '../test/support/case-files.js';
import { schemaDump } from '../test/support/judge.js';
import { psql } from '../test/support/postgres-programs.js';
import { commandLine } from './corpus/command-line.js';
import { type CaseDatabase, type Servers, servers } from './corpus/servers.js';
import { expectNothing, Failure, goOneWay, run, type WayContext } from './corpus/way.js';

// build/scripts/adopt.js -> the checkout.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const USAGE = `usage: npm run test:adopt -- [options] DIR…
  DIR             a folder with case folders at any depth: their after.sql is what is adopted
  --only PATTERN  regular expression over "source/case"
  --major N       PostgreSQL major of cases that do not ask for one (15)
  --bin FILE      the executable (dist/bin.js)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    major: { type: 'string', default: '15' },
    bin: { type: 'string', default: join(root, 'dist/bin.js') },
  },
});

type Format = 'yaml' | 'sql';

process.exitCode = await main();

async function main(): Promise<number> {
  if (positionals.length === 0 || !existsSync(values.bin)) {
    console.error(positionals.length === 0 ? USAGE : `${values.bin} is missing: run npm run build`);
    return 64;
  }
  const cases = findCases(positionals, values.only === undefined ? null : new RegExp(values.only));
  const shared = servers();
  const work = mkdtempSync(join(tmpdir(), 'schemactl-adopt-'));
  let [passed, failed] = [0, 0];
  try {
    for (const item of cases) {
      for (const format of ['yaml', 'sql'] as const) {
        const folder = join(work, `${passed + failed}`);
        mkdirSync(folder);
        try {
          console.log(`ok    ${item.name}  ${await adopt(item, format, folder, shared)}`);
          passed += 1;
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          console.log(`FAIL  ${item.name}  ${format}: ${error.line.replace(/\s+/g, ' ')}\n${error.detail.slice(0, 4000)}`);
          failed += 1;
        }
      }
    }
  } finally {
    await shared.stop();
    rmSync(work, { recursive: true, force: true });
  }
  console.log(`${cases.length} schemas, each as YAML and as SQL: ${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

/** @throws Failure */
async function adopt(item: CaseFiles, format: Format, folder: string, shared: Servers): Promise<string> {
  const major = Math.max(Number(values.major), item.minMajor ?? 0);
  const scratch = ['--scratch', await shared.serverUrl(major)];
  const context: WayContext = { servers: shared, schemactl: commandLine(resolve(values.bin)), folder, major, scratch };
  const databases: CaseDatabase[] = [];
  const database = async (script: string | null): Promise<string> => {
    const made = await shared.newDatabase(major);
    databases.push(made);
    if (item.setup !== null) await shared.setUp(made, item.setup);
    if (script !== null) await psql(made.url, script);
    return made.url;
  };
  try {
    const live = await database(item.after);
    const dump = await schemaDump(live);
    const files = await exported(context, live, format, 'first');
    await expectNothing(context, 'plan of what was exported', [
      'plan',
      '--url',
      live,
      '--desired',
      join(folder, 'first'),
      '--manage',
      '*',
      ...scratch,
    ]);
    same(files, await exported(context, live, format, 'second'), 'exported again');
    const empty = await database(null);
    await goOneWay(context, { url: empty, desired: [join(folder, 'first')], expected: dump, observed: null });
    same(files, await exported(context, empty, format, 'third'), 'exported from where it was applied');
    const beside = format === 'yaml' ? [...files.keys()].filter((path) => path.endsWith('.sql')) : [];
    const told = beside.length === 0 ? '' : `, ${beside.length} SQL files beside (${beside.join(', ')})`;
    return `${format}: ${lines([...files.values()].join(''))} lines in ${files.size} files${told}; pg_dump: ${lines(dump)} lines`;
  } finally {
    for (const made of databases) await made.drop();
  }
}

function lines(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}

async function exported(context: WayContext, url: string, format: Format, name: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(context.folder, name);
  mkdirSync(folder);
  await run(context, 'export', ['export', '--url', url, '--format', format, '--dir', folder]);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    paths
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );
}

/** @throws Failure */
function same(first: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>, what: string): void {
  const changed = [...new Set([...first.keys(), ...other.keys()])].filter((path) => first.get(path) !== other.get(path));
  const [path = ''] = changed;
  if (changed.length > 0)
    throw new Failure(`${what}: ${changed.length} files differ`, `${path}:\n${first.get(path)}\n----\n${other.get(path)}`);
}
