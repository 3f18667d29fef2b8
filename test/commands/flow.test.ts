/** Plan, show, verify, apply with the real executable against a real database. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PlanDocument } from '../../src/core/plan.js';
import { createDatabase, query, type TestDatabase } from '../support/database.js';
import { type Ran, schemactl, write } from './run-binary.js';

// Every run is a process of its own, several in each test.
vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
let folder: string;

const DESIRED = 'create schema app;\ncreate table app.orders (id bigint primary key, total bigint not null);\n';
const config = (url: string) => `version: 1
desired: [schemas]
environments:
  test:
    url: ${url}
  signed:
    url: ${url}
    require_signature: true
    trusted_keys: [{ name: release, file: release.pub }]
`;

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'schemactl-flow-'));
  write(folder, { 'schemactl.yaml': config(database.url), 'schemas/app.sql': DESIRED });
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

const run = (...args: string[]): Promise<Ran> => schemactl(folder, args);

describe.sequential('from an empty database to an applied plan', () => {
  it('plans, saves, and tells with --detailed-exitcode that there are changes', async () => {
    const { code, stdout, stderr } = await run(
      'plan',
      '-e',
      'test',
      '--out',
      'plan.json',
      '--detailed-exitcode',
      '--report',
      'markdown=plan.md',
      '--report',
      'html=plan.html',
    );
    expect(stderr).not.toContain('error');
    expect(stdout).toContain('+ app.orders  table  schemas/app.sql:2');
    expect(stdout).toMatch(/^Plan: \d+ to add, 0 to change, 0 to rename, 0 to replace, 0 to drop\.$/m);
    expect(stdout).toMatch(/Saved plan\.json\. Apply it: {2}schemactl apply plan\.json --env test\n$/);
    expect(code).toBe(2);
    expect(readFileSync(join(folder, 'plan.md'), 'utf8')).toMatch(/^<!-- schemactl plan env=test -->\n/);
    expect(readFileSync(join(folder, 'plan.html'), 'utf8')).toMatch(/^<!DOCTYPE html>/);
    expect(await query(database.url, `select from pg_namespace where nspname in ('app', 'schemactl')`)).toHaveLength(0);
  });

  it('prints with --format json exactly what --out saves, and holds no path of this machine', async () => {
    const { code, stdout } = await run('plan', '-e', 'test', '--format', 'json', '--out', 'again.json');
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(join(folder, 'again.json'), 'utf8'));
    expect(stdout).not.toContain(folder);
  });

  it('shows the saved plan in every form without a database', async () => {
    for (const format of ['text', 'html', 'sarif', 'dsse']) {
      const { code, stdout } = await run('show', 'plan.json', '--format', format);
      expect([format, code]).toEqual([format, 0]);
      expect(stdout.length, format).toBeGreaterThan(50);
    }
    expect((await run('show', 'plan.json', '--format', 'json')).stdout).toBe(readFileSync(join(folder, 'plan.json'), 'utf8'));
  });

  it('verifies it, with its database and without', async () => {
    expect(await run('verify', 'plan.json', '-e', 'test')).toMatchObject({ code: 0, stdout: expect.stringContaining('not started yet') });
    expect(await run('verify', 'plan.json', '--offline')).toMatchObject({ code: 0, stdout: expect.stringContaining('database not asked') });
  });

  it('does not apply without approval: 6, and nothing is changed', async () => {
    const { code, stderr } = await run('apply', 'plan.json', '-e', 'test');
    expect(code).toBe(6);
    expect(stderr).toContain('hint: approve it with --yes');
    expect(await query(database.url, `select from pg_namespace where nspname = 'app'`)).toHaveLength(0);
  });

  it('refuses it for another environment (4), unsigned where signatures are required (8), and changed by hand (8)', async () => {
    expect((await run('apply', 'plan.json', '--url', database.url, '--yes')).code).toBe(4);
    expect((await run('apply', 'plan.json', '-e', 'signed', '--yes')).code).toBe(1);
    await run('keygen', '--out', 'release');
    expect((await run('apply', 'plan.json', '-e', 'signed', '--yes')).code).toBe(8);
    writeFileSync(join(folder, 'changed.json'), readFileSync(join(folder, 'plan.json'), 'utf8').replace('"plan"', ' "plan"'));
    expect((await run('apply', 'changed.json', '-e', 'test', '--yes')).code).toBe(8);
    expect(await query(database.url, `select from pg_namespace where nspname = 'app'`)).toHaveLength(0);
  });

  it('applies with --yes, one line per event on standard error, the result on standard output', async () => {
    const { code, stdout, stderr } = await run('apply', 'plan.json', '-e', 'test', '--yes');
    expect(stdout).toMatch(/^Applied \d+ steps? to .*\.\n$/);
    expect(stderr).toMatch(/^\d\d:\d\d:\d\d step 1 of \d+ .* done in /m);
    expect(code).toBe(0);
    expect(await query(database.url, `select from pg_class where oid = 'app.orders'::regclass`)).toHaveLength(1);
  });

  it('says when it is applied again that it was, with 0', async () => {
    const { code, stdout } = await run('apply', 'plan.json', '-e', 'test', '--yes', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'schemactl-result', status: 'already-applied', steps_run: 0, exit_code: 0 });
  });

  it('finds nothing to do afterwards', async () => {
    const { code, stdout } = await run('plan', '-e', 'test', '--detailed-exitcode');
    expect(stdout).toMatch(/^No changes\. test matches the desired state \(\d+ objects\)\.\n$/);
    expect(code).toBe(0);
  });
});

describe.sequential('a plan that policy blocks', () => {
  beforeAll(async () => {
    await query(
      database.url,
      `create table app.legacy (id int); insert into app.legacy select generate_series(1, 1234); analyze app.legacy`,
    );
  });

  it('exits with 3, says what is at stake and what allows exactly it, and saves nothing', async () => {
    const { code, stdout, stderr } = await run('plan', '-e', 'test', '--out', 'blocked.json', '--report', 'markdown=blocked.md');
    expect(code).toBe(3);
    expect(stdout).toContain('about 1,234 rows');
    expect(stdout).toContain('--allow drop-table:app.legacy');
    expect(stderr).toContain('not saved to blocked.json');
    expect((await run('show', 'blocked.json')).code).toBe(1);
    expect(readFileSync(join(folder, 'blocked.md'), 'utf8')).toContain('[!CAUTION]');
  });

  it('is allowed with that flag, signed, and applied where signatures are required', async () => {
    const planned = await run('plan', '-e', 'signed', '--out', 'drop.json', '--sign', 'release', '--allow', 'drop-table:app.legacy');
    expect(planned).toMatchObject({ code: 0 });
    expect(await run('verify', 'drop.json', '-e', 'signed')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('signed by release'),
    });
    expect((await run('apply', 'drop.json', '-e', 'signed', '--yes')).code).toBe(0);
    expect(await query(database.url, `select from pg_class where relname = 'legacy'`)).toHaveLength(0);
  });

  it('is stale when the database changed since: 4, and nothing is changed', async () => {
    write(folder, { 'schemas/more.sql': 'create table app.more (id int);\n' });
    expect((await run('plan', '-e', 'test', '--out', 'more.json')).code).toBe(0);
    await query(database.url, 'alter table app.orders add column sneaked text');
    const { code, stderr } = await run('apply', 'more.json', '-e', 'test', '--yes');
    expect(stderr).toContain('app.orders.sneaked');
    expect(code).toBe(4);
    const verified = await run('verify', 'more.json', '-e', 'test');
    expect(verified).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining('app.orders.sneaked') });
    expect(await query(database.url, `select from pg_class where relname = 'more'`)).toHaveLength(0);
  });
});

describe('how long a plan may be started', () => {
  const hours = ({ plan }: PlanDocument, until: 'not_after' | 'contract_not_after'): number | null => {
    const date = plan[until];
    return date === null ? null : (Date.parse(date) - Date.parse(plan.created_at)) / 3_600_000;
  };
  const planned = async (): Promise<PlanDocument> => {
    const args = ['-e', 'test', '--config', 'expiry.yaml', '--allow', '*', '--adopt', '--out', 'expiry.json'];
    expect(await run('plan', ...args)).toMatchObject({ code: 0 });
    return JSON.parse(readFileSync(join(folder, 'expiry.json'), 'utf8')) as PlanDocument;
  };

  it('is a week, without a limit for its contract phase, and what the configuration says', async () => {
    write(folder, { 'expiry.yaml': config(database.url), 'schemas/more.sql': 'create table app.more (id int);\n' });
    const usual = await planned();
    expect([hours(usual, 'not_after'), hours(usual, 'contract_not_after')]).toEqual([168, null]);
    write(folder, { 'expiry.yaml': `${config(database.url)}expiry: { start: 36h, contract: 30d }\n` });
    const own = await planned();
    expect(own.plan.steps.map(({ phase }) => phase)).toContain('contract');
    expect([hours(own, 'not_after'), hours(own, 'contract_not_after')]).toEqual([36, 720]);
    const { stdout } = await run('show', 'expiry.json');
    expect(stdout).toMatch(
      /^plan {5}[0-9a-f-]{36}, made .* UTC\nexpires {2}may be started until .* UTC, its contract phase until .* UTC\nsigned {3}no$/m,
    );
  });
});

describe('desired files with faults', () => {
  it('are reported with the line and a caret, with 1', async () => {
    write(folder, { 'bad/a.sql': 'create table public.x (\n  id int,\n  id2 intt\n);\n' });
    const { code, stderr } = await run('validate', '--desired', 'bad');
    expect(stderr).toMatch(/^error\[SC\d{4}\] .*\n {2}bad\/a\.sql:3:/m);
    expect(stderr).toMatch(/\n {5}\| +\^+\n/);
    expect(code).toBe(1);
  });
});

describe('export', () => {
  it('writes files that plan to nothing', async () => {
    const exported = await run('export', '-e', 'test', '--dir', 'out', '--manage', 'app');
    expect(exported).toMatchObject({ code: 0 });
    expect(await run('plan', '-e', 'test', '--desired', 'out')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No changes\./) });
  });
});
