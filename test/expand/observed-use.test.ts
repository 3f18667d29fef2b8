/** The contract phase waits until nothing uses what it takes away: seen by the server's own counters. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { namesInStatement } from '../../src/apply/statement-use.js';
import { useCounts } from '../../src/apply/use-counts.js';
import { type EmbeddedServer, startEmbedded } from '../../src/scratch/embedded.js';
import { query, withClient, withDatabase } from '../support/database.js';
import { applyTo, planOf } from '../support/made-plan.js';

vi.setConfig({ testTimeout: 60_000 });

const HOUR_MS = 3_600_000;
const allowed = { allow: [{ hazard: '*', address: null }], adopt: true, contract_after_unused_ms: HOUR_MS } as const;
const later = (url: string): Promise<unknown> => query(url, `update schemactl.uses set since = since - interval '1 hour'`);

describe('A query names a column', () => {
  const status = { address: 'column:app.orders.status', schema: 'app', relation: 'orders', column: 'status' };
  const table = { ...status, column: null };
  it.each([
    ['select status from app.orders where id = $1', true],
    ['select o.status from orders o', true],
    ['select count(*) from app.orders where status is null', true],
    ['insert into app.orders (id, status) values ($1, $2)', true],
    ['update app.orders set status = $1', true],
    ['insert into app.orders (id) values ($1) on conflict (status) do nothing', true],
    ['insert into app.orders (id) values ($1) on conflict (id) do update set status = $2', true],
    ['copy app.orders (id, status) from stdin', true],
    ['with n as (select status from app.orders) select * from n', true],
    ['delete from app.jobs using app.orders where orders.status = $1', true],
    ['select id from app.orders where made < now() - interval $1 and status = $2', true],
    ['select * from app.orders', false],
    ['insert into app.orders values ($1, $2)', false],
    ['select id as status from app.orders', false],
    ['select j.status from app.jobs j join app.orders o on o.id = j.id', false],
    ['select status from elsewhere.orders', false],
    ['select status from app.jobs', false],
    ['select id from app.orders where made < now() - interval $1 and statuses = $2', false],
  ])('%s: %s', async (text, names) => {
    expect((await namesInStatement(text))(status)).toBe(names);
    expect((await namesInStatement(text))(table)).toBe(!/elsewhere|from app.jobs$/.test(text));
  });
});

describe('A table that goes', () => {
  const BEFORE = 'create schema app; create table app.t (id integer primary key); create table app.old (id integer primary key);';
  const AFTER = 'create schema app; create table app.t (id integer primary key);';

  it('is kept as long as it is read or written, and dropped once it was not for long enough', () =>
    withDatabase(async ({ url }) => {
      await query(url, BEFORE);
      const { document } = await planOf(url, AFTER, allowed);
      expect(document.plan).toMatchObject({ contract_after_unused_ms: HOUR_MS, uses: [{ address: 'table:app.old', column: null }] });
      const held = async (): Promise<string> => {
        const { exitCode, diagnostics } = await applyTo(url, document, { phase: 'contract' });
        expect({ exitCode, diagnostics }).toMatchObject({ exitCode: 3, diagnostics: [{ code: 'SC5304', severity: 'error' }] });
        return diagnostics[0]?.summary ?? '';
      };
      expect(await held()).toMatch(/table:app\.old is watched since /);
      await later(url);
      // The session that used it has ended, so the server has its counts.
      await query(url, 'select from app.old');
      await query(url, 'insert into app.old values (1)');
      expect(await held()).toMatch(/table:app\.old was used 2 times since /);
      expect(await held(), 'nothing new').toMatch(/is watched since /);
      await later(url);
      expect(await applyTo(url, document, { phase: 'contract' })).toMatchObject({ exitCode: 0 });
      expect(await query(url, `select to_regclass('app.old') as there`)).toEqual([{ there: null }]);
    }));

  it('is not watched by a plan that says nothing of it', () =>
    withDatabase(async ({ url }) => {
      await query(url, BEFORE);
      const { document } = await planOf(url, AFTER, { ...allowed, contract_after_unused_ms: null });
      expect(document.plan).not.toHaveProperty('uses');
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    }));
});

it('What is not counted is not taken for unused: tables of a server that counts nothing', () =>
  withDatabase(async ({ url }) => {
    await query(url, 'create schema app; create table app.old (id integer primary key)');
    const uses = [{ address: 'table:app.old', schema: 'app', relation: 'old', column: null }];
    await withClient(url, async (client) => {
      expect((await useCounts(client, uses)).blind).toBeNull();
      await client.query('set track_counts = off');
      expect((await useCounts(client, uses)).blind).toMatchObject({ reason: 'track_counts is off' });
    });
  }));

describe('A column that goes', () => {
  const BEFORE = 'create schema app; create table app.t (id integer primary key, old text, n text);';
  const RENAMED = 'create schema app; create table app.t (id integer primary key, now text, -- schemactl: renamed_from old\n n text);';
  let server: EmbeddedServer;
  let made = 0;
  /** On a server that counts statements. */
  const withStatements = async (work: (url: string) => Promise<void>): Promise<void> => {
    made += 1;
    await query(server.url, `create database counted_${made}`);
    const url = new URL(server.url);
    url.pathname = `/counted_${made}`;
    await query(url.href, `create extension pg_stat_statements; ${BEFORE} insert into app.t values (1, 'a')`);
    await work(url.href);
  };
  beforeAll(async () => {
    server = await startEmbedded({ major: 15, settings: { shared_preload_libraries: 'pg_stat_statements' } });
  }, 60_000);
  afterAll(() => server.stop());

  it('is known by both names as long as a statement has the old one', () =>
    withStatements(async (url) => {
      const ignore = ['extension:*'];
      const { document } = await planOf(url, RENAMED, { ...allowed, bothNames: true, ignore });
      expect(document.plan.uses).toEqual([{ address: 'column:app.t.old', schema: 'app', relation: 't', column: 'old' }]);
      expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
      await later(url);
      await query(url, 'select now from app.t');
      await query(url, 'select old from app.t');
      const held = await applyTo(url, document, { phase: 'contract' });
      expect(held).toMatchObject({ exitCode: 3, diagnostics: [{ code: 'SC5304' }] });
      expect(held.diagnostics[0]?.summary).toMatch(/column:app\.t\.old was used once since /);
      await later(url);
      await query(url, 'select now from app.t');
      expect(await applyTo(url, document, { phase: 'contract' })).toMatchObject({ exitCode: 0 });
      expect(await query(url, 'select now from app.t')).toEqual([{ now: 'a' }]);
    }));

  it('is not dropped once the statistics were reset: what was forgotten may have been a use', () =>
    withStatements(async (url) => {
      const { document } = await planOf(url, 'create schema app; create table app.t (id integer primary key, n text);', {
        ...allowed,
        ignore: ['extension:*'],
      });
      await applyTo(url, document);
      await later(url);
      await query(url, 'select pg_stat_statements_reset()');
      const held = await applyTo(url, document, { phase: 'contract' });
      expect(held.diagnostics[0]?.summary).toMatch(/has begun to count the use of column:app\.t\.old anew/);
    }));

  it('is not taken for unused by who may not see the statements of others, or where none are kept', () =>
    withStatements(async (url) => {
      await query(url, 'select old from app.t');
      const uses = [{ address: 'column:app.t.old', schema: 'app', relation: 't', column: 'old' }];
      const blind = (first: string): Promise<unknown> =>
        withClient(url, async (client) => {
          await client.query(first);
          return (await useCounts(client, uses)).blind;
        });
      expect(await blind('select')).toBeNull();
      expect(await blind('create role nobody; grant usage on schema app to nobody; set role nobody')).toMatchObject({
        reason: 'the statements of other roles are hidden from this one',
        hint: expect.stringContaining('pg_read_all_stats'),
      });
      expect(await blind(`set pg_stat_statements.track = 'none'`)).toMatchObject({ reason: 'pg_stat_statements.track is none' });
    }));

  it('stops the plan before its first step where the server does not count statements', () =>
    withDatabase(async ({ url }) => {
      await query(url, BEFORE);
      const { document } = await planOf(url, 'create schema app; create table app.t (id integer primary key, n text, more text);', allowed);
      expect(await applyTo(url, document)).toMatchObject({
        exitCode: 1,
        steps_run: 0,
        diagnostics: [{ code: 'SC5305', summary: expect.stringContaining('the extension pg_stat_statements is not installed') }],
      });
      expect(await query(url, `select to_regclass('schemactl.plans') as there`), 'no ledger').toEqual([{ there: null }]);
    }));
});
