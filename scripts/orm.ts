/**
 * `npm run test:orm`: the examples of ORMs, with real ones from the registries: model -> plan -> apply -> plan empty, twice. Two at a time.
 * What lacks its surroundings (Python, a registry that answers) is not tried, and named with the reason.
 */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbedded } from '../src/scratch/embedded.js';

/** Scripts are compiled to build/scripts. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const executable = join(root, 'dist/bin.js');
const AT_ONCE = 2;
/** For one command. */
const TIMEOUT_MS = 300_000;

interface Example {
  readonly folder: string;
  /** Why it cannot be tried here; null: it can. */
  readonly lacks: () => string | null;
  /** Commands that install what it needs. */
  readonly install: readonly (readonly string[])[];
  /** The second version of each file. */
  readonly next: Readonly<Record<string, string>>;
}

const NPM = { lacks: () => null, install: [['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error']] };
const PYTHON = {
  lacks: () => (spawnSync('python3', ['-c', 'import ensurepip, venv']).status === 0 ? null : 'there is no python3 with its venv'),
  install: [
    ['python3', '-m', 'venv', 'venv'],
    ['venv/bin/pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'requirements.txt'],
  ],
};

const EXAMPLES: readonly Example[] = [
  { folder: 'drizzle', ...NPM, next: { 'schema.ts': 'schema.next.ts', 'hints.yaml': 'hints.next.yaml' } },
  { folder: 'mikro-orm', ...NPM, next: { 'entities.js': 'entities.next.js' } },
  { folder: 'sequelize', ...NPM, next: { 'models.js': 'models.next.js' } },
  { folder: 'sqlalchemy', ...PYTHON, next: { 'models.py': 'models.next.py' } },
  { folder: 'django', ...PYTHON, next: { 'shop/models.py': 'shop/models.next.py' } },
];

class Failed extends Error {}
class NotTried extends Error {}

/** What npm and pip say when no registry answers. One that answers and lacks the package is a failure. */
const NO_REGISTRY = /E(NOTFOUND|CONNREFUSED|CONNRESET|TIMEDOUT)|EAI_AGAIN|NewConnectionError|(Connect|Read)TimeoutError/;

/** Standard output of a program that must end with one of these codes. */
function run(folder: string, [program = '', ...args]: readonly string[], codes: readonly number[] = [0]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: TIMEOUT_MS });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (error) => reject(new Failed(`${program} cannot be run: ${error.message}`)));
    child.on('close', (code) => {
      if (codes.includes(code ?? -1)) resolve(stdout);
      else reject(new Failed(`${[program, ...args].join(' ')} ended with ${code}\n${stdout}${stderr}`));
    });
  });
}

async function install(folder: string, command: readonly string[]): Promise<void> {
  try {
    await run(folder, command);
  } catch (error) {
    const found = error instanceof Failed ? NO_REGISTRY.exec(error.message) : null;
    throw found === null ? error : new NotTried(`${command[0]} reaches no registry (${found[0]})`);
  }
}

/** Plans, applies, and plans again, which must find nothing left. */
async function settle(folder: string, url: string): Promise<string> {
  const schemactl = (args: readonly string[], codes?: readonly number[]): Promise<string> =>
    run(folder, [process.execPath, executable, ...args, '--url', url], codes);
  const planned = await schemactl(['plan', '--adopt', '--out', 'plan.json', '--detailed-exitcode'], [2]);
  const applied = await schemactl(['apply', 'plan.json', '--yes']);
  const again = await schemactl(['plan', '--detailed-exitcode']);
  const line = (pattern: RegExp, text: string): string => pattern.exec(text)?.[0] ?? '';
  return [line(/^Plan: .*$/m, planned), line(/^Applied \d+ steps?/m, applied), line(/^No changes/m, again)].join(' | ');
}

async function work({ folder: name, lacks, install: commands, next }: Example, url: string): Promise<readonly string[]> {
  const reason = lacks();
  if (reason !== null) throw new NotTried(reason);
  const folder = mkdtempSync(join(tmpdir(), `schemactl-orm-${name}-`));
  try {
    cpSync(join(root, 'examples/orm', name), folder, { recursive: true });
    for (const command of commands) await install(folder, command);
    const first = await settle(folder, url);
    for (const [file, from] of Object.entries(next)) copyFileSync(join(folder, from), join(folder, file));
    return [first, await settle(folder, url)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function newDatabase(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${pg.escapeIdentifier(name)}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

const counts = { passed: 0, failed: 0, notTried: 0 };

async function judge(example: Example, server: string): Promise<void> {
  const started = Date.now();
  const seconds = (): string => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  try {
    const lines = await work(example, await newDatabase(server, example.folder));
    counts.passed += 1;
    console.log([`ok         ${example.folder}  ${seconds()}`, ...lines].join('\n             '));
  } catch (error) {
    if (error instanceof NotTried) {
      counts.notTried += 1;
      console.log(`NOT TRIED  ${example.folder}: ${error.message}`);
    } else if (error instanceof Failed) {
      counts.failed += 1;
      console.log(`failed     ${example.folder}  ${seconds()}\n${error.message}`);
    } else throw error;
  }
}

if (!existsSync(executable)) throw new Error('dist/bin.js is missing: run npm run build');
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !EXAMPLES.some(({ folder }) => folder === name));
if (unknown.length > 0) throw new Error(`there is no example ${unknown.join(', ')}`);
const queue = EXAMPLES.filter(({ folder }) => asked.length === 0 || asked.includes(folder));
const server = await startEmbedded({ major: 17 });
try {
  const worker = async (): Promise<void> => {
    for (let example = queue.shift(); example !== undefined; example = queue.shift()) await judge(example, server.url);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
} finally {
  await server.stop();
}
const { passed, failed, notTried } = counts;
console.log(`examples of ORMs: ${passed} passed, ${failed} failed, ${notTried} not tried`);
process.exitCode = failed === 0 ? 0 : 1;
