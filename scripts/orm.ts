/** `npm run test:orm`: the examples of ORMs, with real ones from the registries: model -> plan -> apply -> plan empty, twice. Slow, needs a network. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '../src/scratch/embedded.js';

/** Scripts are compiled to build/scripts. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const executable = join(root, 'dist/bin.js');

interface Example {
  readonly folder: string;
  /** Commands that install what it needs. */
  readonly install: readonly (readonly string[])[];
  /** The second version of each file. */
  readonly next: Readonly<Record<string, string>>;
}

const PYTHON = [
  ['python3', '-m', 'venv', 'venv'],
  ['venv/bin/pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'requirements.txt'],
];

const EXAMPLES: readonly Example[] = [
  {
    folder: 'drizzle',
    install: [['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error']],
    next: { 'schema.ts': 'schema.next.ts', 'hints.yaml': 'hints.next.yaml' },
  },
  { folder: 'sqlalchemy', install: PYTHON, next: { 'models.py': 'models.next.py' } },
  { folder: 'django', install: PYTHON, next: { 'shop/models.py': 'shop/models.next.py' } },
];

class Failed extends Error {}

/** Standard output of a program that must end with one of these codes. */
function run(folder: string, [program = '', ...args]: readonly string[], codes: readonly number[] = [0]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error) throw new Failed(`${program} cannot be run: ${error.message}`);
  if (codes.includes(status ?? -1)) return stdout;
  throw new Failed(`${[program, ...args].join(' ')} ended with ${status}\n${stdout}${stderr}`);
}

/** Plans, applies, and plans again, which must find nothing left. */
function settle(folder: string, url: string): string {
  const schemactl = (args: readonly string[], codes?: readonly number[]): string =>
    run(folder, [process.execPath, executable, ...args, '--url', url], codes);
  const planned = schemactl(['plan', '--adopt', '--out', 'plan.json', '--detailed-exitcode'], [2]);
  schemactl(['apply', 'plan.json', '--yes']);
  schemactl(['plan', '--detailed-exitcode']);
  return /^Plan: .*$/m.exec(planned)?.[0] ?? '';
}

function work({ folder: name, install, next }: Example, url: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), `schemactl-orm-${name}-`));
  try {
    cpSync(join(root, 'examples/orm', name), folder, { recursive: true });
    for (const command of install) run(folder, command);
    const first = settle(folder, url);
    for (const [file, from] of Object.entries(next)) copyFileSync(join(folder, from), join(folder, file));
    return [first, settle(folder, url)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (!existsSync(executable)) throw new Error('dist/bin.js is missing: run npm run build');
const asked = process.argv.slice(2);
const server = await startEmbedded({ major: 17 });
let [passed, failed] = [0, 0];
try {
  for (const example of EXAMPLES.filter(({ folder }) => asked.length === 0 || asked.includes(folder))) {
    run(root, ['psql', '-X', '-q', '-d', server.url, '-c', `create database ${example.folder}`]);
    const url = new URL(server.url);
    url.pathname = `/${example.folder}`;
    try {
      const lines = work(example, url.href);
      passed += 1;
      console.log([`ok      ${example.folder}`, ...lines].join('\n          '));
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      failed += 1;
      console.log(`failed  ${example.folder}\n${error.message}`);
    }
  }
} finally {
  await server.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
