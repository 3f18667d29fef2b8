/** --json, by the real executable: one document on standard output that keeps to its published schema, whatever a command comes to. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { COMMAND_NAMES } from '../../src/commands/names.js';
import { schemactl, start, write } from '../commands/run-binary.js';
import { createDatabase, query, type TestDatabase } from '../support/database.js';

vi.setConfig({ testTimeout: 120_000 });

const published = (name: string): object =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../schemas/${name}.schema.json`, import.meta.url)), 'utf8')) as object;
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
const resultSchema = ajv.compile(published('result'));
const planSchema = ajv.compile(published('plan'));

interface Result {
  readonly command: string | null;
  readonly exit_code: number;
  readonly status: string;
  readonly diagnostics: readonly { readonly code: string; readonly severity: string; readonly hint?: string }[];
  readonly plan?: object | null;
}

interface Row {
  readonly args: readonly string[];
  readonly code: number;
  readonly status: string;
  /** Codes of the errors. */
  readonly errors?: readonly string[];
  /** A folder of its own inside the project. */
  readonly inside?: string;
  readonly before?: () => Promise<unknown>;
  /** What else the document must hold. */
  readonly holds?: object;
}

let database: TestDatabase;
let folder: string;
const seen: Result[] = [];

/** Where scratch databases may be made. */
function server(): string {
  const url = new URL(database.url);
  url.pathname = '/postgres';
  return url.href;
}

const CONFIG = `version: 1
desired: [schemas]
environments:
  test:
    url: { env: TEST_URL }
  nowhere:
    url: postgresql://nobody@127.0.0.1:1/none
`;

const ORDERS = 'CREATE SCHEMA app;\nCREATE TABLE app.orders (id bigint PRIMARY KEY, note text);\n';

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'schemactl-results-'));
  write(folder, {
    'schemactl.yaml': CONFIG,
    'schemas/app.sql': ORDERS,
    'broken/app.sql': 'CREATE TABEL t ();\nCREATE VIEW v AS SELECT * FROM missing;\n',
    'empty/nothing.txt': '',
    'fresh/nothing.txt': '',
    'copied/nothing.txt': '',
  });
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const TEST = ['-e', 'test'];
const changed = async (): Promise<void> =>
  write(folder, { 'changed.json': readFileSync(join(folder, 'plan.json'), 'utf8').replace('"plan"', ' "plan"') });

/** The constraint that comes before the NOT NULL can be added, and fails when it meets the row. */
async function forbidNulls(): Promise<void> {
  await query(database.url, 'insert into app.orders values (1, null)');
  write(folder, { 'schemas/app.sql': ORDERS.replace('note text', 'note text NOT NULL') });
}

/** In this order: what one makes, the next one uses. */
const ROWS: readonly Row[] = [
  { args: ['explain', 'SC1013'], code: 0, status: 'done', holds: { entries: [{ name: 'SC1013', about: 'diagnostic' }] } },
  { args: ['explain'], code: 0, status: 'done' },
  { args: ['explain', 'SC0000'], code: 64, status: 'failed', errors: ['SC7020'] },
  { args: ['keygen', '--out', 'release'], code: 0, status: 'done', holds: { private_key_file: 'release', public_key_file: 'release.pub' } },
  { args: ['keygen', '--out', 'release'], code: 1, status: 'failed', errors: ['SC6121'] },
  { args: ['keygen'], code: 64, status: 'failed', errors: ['SC7020'] },
  { args: ['init'], code: 0, status: 'done', inside: 'fresh', holds: { files: ['schemactl.yaml'], plan: null } },
  { args: ['init'], code: 1, status: 'failed', errors: ['SC7023'] },
  { args: ['validate'], code: 0, status: 'valid', holds: { files: ['schemas/app.sql'] } },
  { args: ['validate', '--desired', 'broken'], code: 1, status: 'invalid', errors: ['SC1013', 'SC1203'] },
  { args: ['validate', '--desired', 'broken', '--format', 'sarif'], code: 1, status: 'invalid', errors: ['SC1013', 'SC1203'] },
  { args: ['validate', '--config', 'none.yaml'], code: 1, status: 'failed', errors: ['SC7001'] },
  { args: ['plan', ...TEST, '--out', 'plan.json'], code: 0, status: 'changes', holds: { saved: 'plan.json' } },
  { args: ['plan', ...TEST, '--detailed-exitcode', '--format', 'sql'], code: 2, status: 'changes', holds: { saved: null } },
  { args: ['plan', ...TEST, '--report', 'sql=schemactl.yaml/plan.sql'], code: 1, status: 'failed', errors: ['SC7022'] },
  { args: ['plan', ...TEST, '--desired', 'broken'], code: 1, status: 'failed', errors: ['SC1013', 'SC1203'] },
  { args: ['plan', '-e', 'nowhere'], code: 1, status: 'failed', errors: ['SC7016'] },
  { args: ['plan', ...TEST, '--online', '--direct'], code: 64, status: 'failed', errors: ['SC7020'] },
  { args: ['show', 'plan.json'], code: 0, status: 'done' },
  { args: ['show', 'none.json'], code: 1, status: 'failed', errors: ['SC6001'] },
  { args: ['verify', 'plan.json', ...TEST], code: 0, status: 'in-order', holds: { standing: 'fresh', signers: [] } },
  { args: ['verify', 'plan.json', '--offline'], code: 0, status: 'in-order', holds: { standing: null } },
  { args: ['verify', 'changed.json', ...TEST], before: changed, code: 8, status: 'failed', errors: ['SC6005'] },
  { args: ['status', ...TEST], code: 0, status: 'never-applied', holds: { open: [] } },
  { args: ['status', '-e', 'nowhere'], code: 1, status: 'failed', errors: ['SC7016'] },
  { args: ['unlock', ...TEST], code: 0, status: 'free', holds: { sessions: [] } },
  { args: ['unlock', '-e', 'nowhere'], code: 1, status: 'failed', errors: ['SC7016'] },
  { args: ['abort', 'plan.json', ...TEST, '--yes'], code: 1, status: 'failed' },
  { args: ['apply', 'plan.json', ...TEST], code: 6, status: 'failed', errors: ['SC5501'] },
  { args: ['apply', 'changed.json', ...TEST, '--yes'], code: 8, status: 'failed', errors: ['SC6005'] },
  { args: ['apply', 'plan.json', ...TEST, '--yes'], code: 0, status: 'done' },
  { args: ['apply', 'plan.json', ...TEST, '--yes'], code: 0, status: 'already-applied', holds: { steps_run: 0 } },
  { args: ['status', ...TEST], code: 0, status: 'as-applied' },
  { args: ['plan', ...TEST], code: 0, status: 'no-changes' },
  { args: ['diff', 'table:app.orders', ...TEST], code: 0, status: 'same', holds: { address: 'table:app.orders', changes: [] } },
  { args: ['diff', 'table:app.order', ...TEST], code: 64, status: 'failed', errors: ['SC7020'] },
  { args: ['plan', ...TEST, '--out', 'strict.json'], before: () => forbidNulls(), code: 0, status: 'changes' },
  { args: ['apply', 'strict.json', ...TEST, '--yes'], code: 5, status: 'failed', errors: ['SC5209', 'SC5303'], holds: { steps_run: 1 } },
  { args: ['status', ...TEST], code: 0, status: 'open' },
  { args: ['pause', '$OPEN', ...TEST], code: 0, status: 'paused' },
  { args: ['resume', '$OPEN', ...TEST], code: 0, status: 'resumed' },
  { args: ['pause', 'none', ...TEST], code: 1, status: 'failed' },
  { args: ['resume', 'none', ...TEST], code: 1, status: 'failed' },
  { args: ['abort', 'strict.json', ...TEST], code: 6, status: 'failed', errors: ['SC5503'] },
  { args: ['abort', 'strict.json', ...TEST, '--yes'], code: 0, status: 'aborted', holds: { steps_undone: 1, steps_kept: 0 } },
  { args: ['abort', 'strict.json', ...TEST, '--yes'], code: 0, status: 'already-aborted' },
  {
    args: ['plan', ...TEST],
    before: async () => write(folder, { 'schemas/app.sql': ORDERS.replace(', note text', '') }),
    code: 3,
    status: 'blocked',
    holds: { saved: null },
  },
  { args: ['export', ...TEST], code: 0, status: 'done', holds: { dir: null } },
  { args: ['export', ...TEST, '--dir', 'out'], code: 0, status: 'done', holds: { dir: 'out' } },
  { args: ['export', '-e', 'tset'], code: 1, status: 'failed', errors: ['SC7006'] },
  { args: ['init', '--url', '$DATABASE'], code: 0, status: 'done', inside: 'copied' },
  { args: ['graph'], code: 0, status: 'done', holds: { nodes: ['schema:app', 'table:app.orders'] } },
  { args: ['graph', '--format', 'svg'], code: 0, status: 'done' },
  { args: ['graph', 'table:app.order'], code: 64, status: 'failed', errors: ['SC7020'] },
  { args: ['snapshot', ...TEST], code: 0, status: 'done', holds: { out: null } },
  { args: ['snapshot', ...TEST, '--out', 'shop.snapshot.json'], code: 0, status: 'done', holds: { out: 'shop.snapshot.json' } },
  { args: ['snapshot', '-e', 'nowhere'], code: 1, status: 'failed', errors: ['SC7016'] },
  { args: ['validate', '--desired', 'snapshot:shop.snapshot.json'], code: 0, status: 'valid' },
  { args: ['plan', '--from', 'snapshot:shop.snapshot.json', '--to', '$SOURCE'], code: 0, status: 'no-changes', holds: { saved: null } },
  { args: ['completion', 'bash'], code: 0, status: 'done' },
  { args: ['completion', 'csh'], code: 64, status: 'failed', errors: ['SC7020'] },
  { args: ['fmt'], code: 0, status: 'nothing', holds: { files: [] } },
  { args: ['fmt', '--desired', 'none.yaml'], code: 1, status: 'failed' },
  { args: ['pull', ...TEST, '--check'], code: 2, status: 'changes', holds: { addresses: ['column:app.orders.note'] } },
  { args: ['pull', ...TEST], code: 0, status: 'done', holds: { files: [{ path: 'schemas/app.sql', is: 'changed' }] } },
  { args: ['pull', '-e', 'nowhere'], code: 1, status: 'failed', errors: ['SC7016'] },
  { args: ['plam'], code: 64, status: 'failed', errors: ['SC7020'] },
];

describe.sequential('with --json', () => {
  it.each(ROWS.map((row) => [`schemactl ${row.args.join(' ')}`, row] as const))('%s', async (_, row) => {
    await row.before?.();
    const args = row.args.map((arg) => {
      if (arg === '$OPEN') return (JSON.parse(readFileSync(join(folder, 'strict.json'), 'utf8')) as { plan: { id: string } }).plan.id;
      return arg === '$DATABASE' ? database.url : arg === '$SOURCE' ? `url:${database.url}` : arg;
    });
    const here = row.inside === undefined ? folder : join(folder, row.inside);
    const ran = await schemactl(here, [...args, '--json'], { TEST_URL: database.url, SCHEMACTL_SCRATCH: server() });
    const result = JSON.parse(ran.stdout) as Result;
    expect(resultSchema(result) || resultSchema.errors).toBe(true);
    expect(result).toMatchObject({ status: row.status, exit_code: row.code, ...row.holds });
    expect(ran.code).toBe(row.code);
    expect(result.command).toBe(COMMAND_NAMES.find((name) => name === row.args[0]) ?? null);
    const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
    if (row.errors) expect(errors.map(({ code }) => code)).toEqual(row.errors);
    expect(errors.filter(({ hint }) => !hint)).toEqual([]);
    if (result.plan) expect(planSchema(result.plan) || planSchema.errors).toBe(true);
    seen.push(result);
  });

  it('every command was seen to succeed and to fail', () => {
    const commands = (good: boolean): readonly string[] =>
      COMMAND_NAMES.filter((name) => !seen.some((result) => result.command === name && (result.exit_code === 0) === good));
    expect({ succeeded: commands(true), failed: commands(false) }).toEqual({ succeeded: [], failed: [] });
  });

  it('nothing but what the plan said was changed', async () => {
    expect(await query(database.url, `select relname from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r'`)).toEqual([
      { relname: 'orders' },
    ]);
  });
});

it('a command that is interrupted says so, with the exit code of its signal', async () => {
  // Takes connections, and never answers.
  const silent = createServer();
  const connected = new Promise<void>((resolve) => silent.once('connection', () => resolve()));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = silent.address() as AddressInfo;
    const url = `postgresql://me@127.0.0.1:${port}/shop?sslmode=disable&connect_timeout=5`;
    const running = start(folder, ['plan', '--json', '--url', url]);
    await connected;
    running.child.kill('SIGTERM');
    const ran = await running.ended;
    const result = JSON.parse(ran.stdout) as Result;
    expect(resultSchema(result) || resultSchema.errors).toBe(true);
    expect(result).toMatchObject({ command: 'plan', exit_code: 143, status: 'interrupted' });
    expect(ran.code).toBe(143);
  } finally {
    silent.close();
  }
});

it('the schema refuses what no command says', () => {
  const good = { format: 'schemactl-result', format_version: '1.0', command: null, exit_code: 64, status: 'failed', diagnostics: [] };
  expect(resultSchema(good)).toBe(true);
  const wrong = [
    { ...good, format: 'schemactl-plan' },
    { ...good, command: 'plam' },
    { ...good, exit_code: 0 },
    { ...good, exit_code: 9 },
    { ...good, status: 'changes' },
    { ...good, command: 'plan', exit_code: 0, status: 'changes' },
    { ...good, diagnostics: [{ code: 'SC1013', severity: 'fatal', summary: 'x' }] },
  ];
  for (const result of wrong) expect(resultSchema(result), JSON.stringify(result)).toBe(false);
});
