/** What would be lost is not planned by accident: the executable says how much, and the flag that it prints allows exactly that. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlanDocument } from '../src/core/plan.js';
import { type Ran, schemactl, write } from './commands/run-binary.js';
import { createDatabase, query, type TestDatabase, testServer } from './support/database.js';

vi.setConfig({ testTimeout: 120_000 });

const LIVE = `
  create schema app;
  create table app.orders (id bigint primary key, note text);
  create table app."Old Things" (id integer);
  insert into app.orders select n, 'note' from generate_series(1, 1500) n;
  insert into app."Old Things" select generate_series(1, 1234);
  analyze;
`;
const ORDERS = 'create schema app;\ncreate table app.orders (id bigint primary key, note text);\n';
const OLD_THINGS = 'create table app."Old Things" (id integer);\n';

/** The whole table goes, and a column with it. */
const LESS = 'create schema app;\ncreate table app.orders (id bigint primary key);\n';

let template: TestDatabase;
let database: TestDatabase;
let folder: string;
let scratch: string;

const run = (...args: string[]): Promise<Ran> => schemactl(folder, args, { SCHEMACTL_SCRATCH: scratch });
const plan = (...args: string[]): Promise<Ran> => run('plan', '--url', database.url, '--desired', 'app.sql', '--out', 'plan.json', ...args);
const apply = (): Promise<Ran> => run('apply', 'plan.json', '--url', database.url, '--yes');
const saved = (): PlanDocument => JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as PlanDocument;
const rows = async (table: string): Promise<number> =>
  Number((await query<{ n: string }>(database.url, `select count(*) as n from ${table}`))[0]?.n);

/** The flags that a blocked plan prints, as a shell reads them. */
const flagsIn = (text: string): readonly string[] =>
  [...text.matchAll(/--allow (?:'([^']*)'|(\S+))/g)].flatMap((match) => ['--allow', (match[1] ?? match[2]) as string]);

beforeAll(async () => {
  scratch = (await testServer()).url;
  template = await createDatabase();
  await query(template.url, LIVE);
  folder = mkdtempSync(join(tmpdir(), 'schemactl-destruction-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await template.drop();
});

beforeEach(async () => {
  database = await createDatabase({ template: template.name });
  rmSync(join(folder, 'plan.json'), { force: true });
  return () => database.drop();
});

/** By its first plan, which changes something harmless. */
async function adopted(): Promise<void> {
  write(folder, { 'app.sql': `${ORDERS}${OLD_THINGS}comment on table app.orders is 'ours';\n` });
  expect((await plan()).code).toBe(0);
  expect((await apply()).code).toBe(0);
}

describe('a plan that drops a table and a column', () => {
  it('is blocked until the flags that it prints are given, then does exactly that', async () => {
    await adopted();
    write(folder, { 'app.sql': `${LESS}comment on table app.orders is 'ours';\n` });
    rmSync(join(folder, 'plan.json'));
    const blocked = await plan();
    expect(blocked.code).toBe(3);
    expect(blocked.stdout).toContain('about 1,234 rows');
    expect(blocked.stdout).toContain('about 1,500 rows');
    expect(blocked.stdout).toContain(`--allow 'drop-table:app."Old Things"'`);
    expect(blocked.stdout).toContain('--allow drop-column:app.orders.note');
    expect(existsSync(join(folder, 'plan.json')), 'a blocked plan is not saved').toBe(false);

    const flags = flagsIn(blocked.stdout);
    expect([...new Set(flags)]).toEqual(expect.arrayContaining(['drop-table:app."Old Things"', 'drop-column:app.orders.note']));
    const one = await plan('--allow', 'drop-column:app.orders.note');
    expect(one.code, 'the other is still blocked').toBe(3);
    expect(flagsIn(one.stdout)).not.toContain('drop-column:app.orders.note');

    expect((await plan(...flags)).code).toBe(0);
    expect(saved().plan.policy.decisions.filter(({ decision }) => decision === 'blocked')).toEqual([]);
    expect((await apply()).code).toBe(0);
    expect(await rows('app.orders')).toBe(1500);
    expect(await query(database.url, `select relname from pg_class where relname = 'Old Things'`)).toEqual([]);
    expect(
      await query(
        database.url,
        `select attname from pg_attribute where attrelid = 'app.orders'::regclass and attnum > 0 and not attisdropped`,
      ),
    ).toEqual([{ attname: 'id' }]);
  });

  it('with --allow of every hazard is planned, and the plan says who allowed it', async () => {
    await adopted();
    write(folder, { 'app.sql': LESS });
    expect((await plan('--allow', '*')).code).toBe(0);
    const { policy } = saved().plan;
    expect(policy.allowed).toEqual([{ hazard: '*', address: null, by: expect.stringMatching(/\S/), reason: null }]);
    expect(policy.decisions.map(({ hazard, decision }) => `${hazard} ${decision}`).sort()).toEqual([
      'drop-column allowed',
      'drop-table allowed',
    ]);
    expect((await run('verify', 'plan.json', '--url', database.url)).stdout).toContain('Accepted hazards: *');
  });

  it('is refused by apply when it was saved in spite of being blocked', async () => {
    await adopted();
    write(folder, { 'app.sql': LESS });
    const { stdout, code } = await plan('--format', 'json');
    expect(code).toBe(3);
    write(folder, { 'plan.json': stdout });
    const applied = await apply();
    expect(applied.stderr).toContain('error[SC3001] the plan is blocked: drop-');
    expect(applied.code).toBe(3);
    expect(await rows('app."Old Things"')).toBe(1234);
  });
});

describe('a database that schemactl never applied to', () => {
  it('refuses drops that are allowed, until it is adopted', async () => {
    write(folder, { 'app.sql': LESS });
    const allowed = ['--allow', 'drop-column:app.orders.note', '--allow', 'drop-table:app."Old Things"'];
    const refused = await plan(...allowed);
    expect(refused.stdout).toContain('schemactl never applied a plan to this database: --adopt says that it manages it now');
    expect(refused.code).toBe(3);
    expect(existsSync(join(folder, 'plan.json'))).toBe(false);
    expect((await plan('--adopt')).code, 'adopting allows no hazard').toBe(3);
    expect((await plan(...allowed, '--adopt')).code).toBe(0);
    expect((await apply()).code).toBe(0);
    expect(await rows('app.orders')).toBe(1500);
  });

  it('takes what only adds without being asked', async () => {
    write(folder, { 'app.sql': `${ORDERS}${OLD_THINGS}create table app.more (id integer);\n` });
    expect((await plan()).code).toBe(0);
    expect((await apply()).code).toBe(0);
    expect(await rows('app.more')).toBe(0);
  });
});

describe('a policy of the environment', () => {
  it('denies what no flag can allow', async () => {
    await adopted();
    write(folder, {
      'app.sql': `${ORDERS}comment on table app.orders is 'ours';\n`,
      'strict.yaml': `version: 1\nenvironments:\n  prod: { url: ${JSON.stringify(database.url)}, policy: strict }\npolicies:\n  strict: { drop-table: deny }\n`,
    });
    const denied = await run('plan', '--config', 'strict.yaml', '--env', 'prod', '--desired', 'app.sql', '--allow', '*');
    expect(denied.code).toBe(3);
    expect(await rows('app."Old Things"')).toBe(1234);
  });
});
