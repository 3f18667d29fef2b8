/** Passwords, wherever they are given or declared, are in nothing that schemactl writes: output, errors, plans, reports, exports, ledger. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '../../src/scratch/embedded.js';
import { type Ran, schemactl, write } from '../commands/run-binary.js';
import { query } from '../support/database.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Every secret of this file has it, so finding one is finding this. */
const CANARY = /c4nary/i;
const PASSWORD = 'c4nary/p@ss:w%rd';
const ENCODED = encodeURIComponent(PASSWORD);

let server: EmbeddedServer;
let folder: string;
let at: { readonly host: string; readonly port: string };
/** What was written by hand and may hold secrets. */
let inputs: ReadonlySet<string>;

const uri = (database: string, password = ENCODED, host = `${at.host}:${at.port}`) =>
  `postgresql://deployer:${password}@${host}/${database}`;
const pairs = (password = PASSWORD) => `host=${at.host} port=${at.port} user=deployer dbname=shop password='${password}'`;

const DESIRED = `CREATE SCHEMA app;
CREATE TABLE app.orders (id bigint PRIMARY KEY);
CREATE FOREIGN DATA WRAPPER elsewhere;
CREATE SERVER warehouse FOREIGN DATA WRAPPER elsewhere;
CREATE SUBSCRIPTION feed CONNECTION 'host=/nowhere user=reader password=c4nary-feed' PUBLICATION p WITH (connect = false);
CREATE USER MAPPING FOR deployer SERVER warehouse OPTIONS (user 'reader', password 'c4nary-mapping');
`;

beforeAll(async () => {
  server = await startEmbedded({ major: 15, port: 'free' });
  const { hostname, port } = new URL(server.url);
  at = { host: hostname, port };
  await query(server.url, `create role deployer superuser login password '${PASSWORD}'`);
  await query(server.url, 'create database shop owner deployer');
  await query(server.url, 'create database legacy owner deployer');
  const legacy = new URL(server.url);
  legacy.pathname = '/legacy';
  await query(legacy.href, DESIRED);
  folder = mkdtempSync(join(tmpdir(), 'schemactl-secrets-'));
  const config = `version: 1
desired: [schemas]
scratch: { env: SCRATCH_URL }
environments:
  literal: { url: '${uri('shop')}' }
  variable: { url: { env: SHOP_URL } }
  file: { url: { file: shop.url } }
  command: { url: { command: [cat, shop.url] } }
  wrong: { url: '${uri('shop', 'c4nary-wrong')}' }
  failing: { url: { command: [sh, -c, 'echo postgresql://u:c4nary-output@x/y; exit 3'] } }
`;
  const files = {
    'schemactl.yaml': config,
    'shop.url': `${uri('shop')}\n`,
    pgpass: `*:*:*:deployer:${PASSWORD.replaceAll(/[\\:]/g, '\\$&')}\n`,
    'schemas/app.sql': DESIRED,
    'broken/mapping.sql': `${DESIRED.slice(0, -3)} 'reader');\nCREATE SUBSCRIPTION s CONNECTION 'host=x password=c4nary-subscription' PUBLICATION p;\n`,
    'broken/syntax.sql': `CREATE USER MAPPING FOR PUBLIC SERVER nowhere OPTIONS (password 'c4nary-syntax',);\n`,
    'broken/role.sql': `CREATE ROLE r LOGIN PASSWORD 'c4nary-role';\nALTER ROLE r PASSWORD 'c4nary-role';\n`,
    'broken.yaml': `version: 1\nenvironments:\n  typo: { ulr: '${uri('shop')}' }\n  both: { url: '${uri('shop')}', service: shop }\n`,
    'empty/.keep': '',
  };
  write(folder, files);
  // libpq passes over a password file that others may read.
  chmodSync(join(folder, 'pgpass'), 0o600);
  inputs = new Set(Object.keys(files));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

interface Run {
  readonly args: readonly string[];
  readonly code: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly inside?: string;
}

function expectClean(where: string, text: string): void {
  const found = CANARY.exec(text);
  expect(found && `${where}: …${text.slice(Math.max(0, found.index - 80), found.index + 40)}…`).toBeNull();
}

async function run({ args, env, inside }: Run): Promise<Ran> {
  const ran = await schemactl(inside === undefined ? folder : join(folder, inside), args, {
    SCRATCH_URL: uri('postgres'),
    SCHEMACTL_SCRATCH: uri('postgres'),
    SHOP_URL: uri('shop'),
    ...env,
  });
  expectClean('standard output', ran.stdout);
  expectClean('standard error', ran.stderr);
  return ran;
}

/** In this order: what one makes, the next one uses. */
const RUNS = (): readonly Run[] => [
  { args: ['plan', '-v', '--url', uri('shop'), '--sql'], code: 0 },
  { args: ['plan', '-v', '--url', pairs()], code: 0 },
  { args: ['plan', '-v'], env: { SCHEMACTL_URL: uri('shop') }, code: 0 },
  { args: ['plan', '-v'], env: { DATABASE_URL: pairs() }, code: 0 },
  { args: ['plan'], env: { PGHOST: at.host, PGPORT: at.port, PGUSER: 'deployer', PGDATABASE: 'shop', PGPASSWORD: PASSWORD }, code: 0 },
  { args: ['plan', '--url', uri('shop').replace(`:${ENCODED}`, '')], env: { PGPASSFILE: join(folder, 'pgpass') }, code: 0 },
  ...['variable', 'file', 'command'].map((name) => ({ args: ['plan', '-v', '-e', name, '--json'], code: 0 })),
  {
    args: 'plan -e literal --out plan.json --report markdown=plan.md --report html=plan.html --report sarif=plan.sarif --report sql=plan.sql'.split(
      ' ',
    ),
    code: 0,
  },
  ...['text', 'json', 'sql', 'markdown', 'html', 'junit', 'github'].map((form) => ({
    args: ['show', 'plan.json', '--format', form],
    code: 0,
  })),
  { args: ['verify', 'plan.json', '-e', 'literal', '--json'], code: 0 },
  { args: ['apply', 'plan.json', '-e', 'literal'], code: 6 },
  { args: ['apply', 'plan.json', '-e', 'literal', '--yes', '-v'], code: 0 },
  { args: ['apply', 'plan.json', '-e', 'literal', '--yes', '--json'], code: 0 },
  { args: ['status', '-e', 'literal', '-v'], code: 0 },
  { args: ['status', '-e', 'literal', '--json'], code: 0 },
  { args: ['unlock', '-e', 'literal', '--json'], code: 0 },
  { args: ['plan', '-e', 'literal', '-v', '--json'], code: 0 },
  ...['sql', 'yaml'].map((form) => ({ args: ['export', '--url', uri('legacy'), '--manage', '*', '--format', form], code: 0 })),
  { args: ['export', '--url', uri('legacy'), '--manage', '*', '--dir', 'exported', '--json'], code: 0 },
  { args: ['init', '--url', uri('legacy'), '--manage', '*'], inside: 'empty', code: 0 },
  { args: ['snapshot', '--url', uri('legacy'), '--manage', '*'], code: 0 },
  { args: ['snapshot', '--url', uri('legacy'), '--manage', '*', '--out', 'legacy.snapshot.json', '--json'], code: 0 },
  { args: ['plan', '--from', `url:${uri('legacy')}`, '--to', 'snapshot:legacy.snapshot.json', '--json'], code: 0 },
  { args: ['validate', '--desired', `exec:cat schemas/app.sql /dev/null/${uri('x')}`, '--json'], code: 1 },
  { args: ['validate', '--json'], code: 0 },
  ...[['validate'], ['validate', '--json'], ['validate', '--format', 'sarif'], ['plan', '-e', 'literal']].map((args) => ({
    args: [...args, '--desired', 'broken'],
    code: 1,
  })),
  ...['status', 'plan', 'export', 'unlock'].map((name) => ({ args: [name, '-v', '-e', 'wrong', '--json'], code: 1 })),
  { args: ['status', '-e', 'failing'], code: 1 },
  { args: ['plan', '--config', 'broken.yaml', '-e', 'typo'], code: 1 },
  { args: ['status', '-v', '--url', uri('nowhere')], code: 1 },
  { args: ['status', '-v', '--url', uri('shop', ENCODED, '127.0.0.1:1'), '--json'], code: 1 },
  { args: ['status', '--url', uri('shop', PASSWORD)], code: 1 },
  { args: ['status', '--url', `postgresqll://deployer:${PASSWORD}@x/y`], code: 1 },
  { args: ['status', '--url', `${pairs()} prot=1`], code: 1 },
  { args: ['status', '--url', `pasword=c4nary-typo host=x`], code: 1 },
  { args: ['status', '--url', `host=x password='c4nary-open`], code: 1 },
  { args: ['status', uri('shop')], code: 64 },
  { args: [`--url=${uri('shop')}`], code: 64 },
  { args: [uri('shop')], code: 64 },
  { args: ['status', `--ulr=${uri('shop')}`, '--json'], code: 64 },
  { args: ['plan', '-e', 'literal', '--scratch', uri('postgres', 'c4nary-wrong')], code: 1 },
];

describe.sequential('a password is in nothing that is written', () => {
  it('to standard output and standard error, whatever comes out', { timeout: 600_000 }, async () => {
    for (const given of RUNS()) {
      const ran = await run(given);
      expect([given.args.join(' '), ran.code, ran.code === given.code ? '' : ran.stderr]).toEqual([given.args.join(' '), given.code, '']);
    }
  });

  it('to plans, reports, exports and a new project', () => {
    const written = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (path) => !inputs.has(path) && statSync(join(folder, path)).isFile(),
    );
    expect(written).toEqual(
      expect.arrayContaining(['plan.json', 'plan.md', 'plan.html', 'plan.sarif', 'plan.sql', 'empty/schemactl.yaml']),
    );
    expect(written.filter((path) => path.startsWith('exported/')).length).toBeGreaterThan(3);
    for (const path of written) expectClean(path, readFileSync(join(folder, path), 'utf8'));
  });

  it('to the ledger', async () => {
    const shop = new URL(server.url);
    shop.pathname = '/shop';
    const tables = await query<{ name: string }>(
      shop.href,
      `select relname as name from pg_class where relnamespace = 'schemactl'::regnamespace and relkind = 'r'`,
    );
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['plans', 'steps']));
    for (const { name } of tables) expectClean(name, JSON.stringify(await query(shop.href, `select t::text from schemactl.${name} t`)));
  });

  it('and user mappings and subscriptions are made without theirs, which is said', async () => {
    expect(readFileSync(join(folder, 'plan.md'), 'utf8')).toContain('user-mapping-options');
    expect(readFileSync(join(folder, 'plan.md'), 'utf8')).toContain('subscription-secrets');
    const shop = new URL(server.url);
    shop.pathname = '/shop';
    expect(await query(shop.href, 'select umoptions from pg_user_mapping')).toEqual([{ umoptions: null }]);
    const conninfo = `select subconninfo from pg_subscription where subdbid = (select oid from pg_database where datname = 'shop')`;
    expect(await query(shop.href, conninfo)).toEqual([{ subconninfo: 'host=/nowhere user=reader' }]);
  });
});
