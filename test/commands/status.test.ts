/** What status says of a database, by the real executable; it changes nothing, and what others run is not shown. */
import { describe, expect, it, vi } from 'vitest';
import { query } from '../support/database.js';
import { pgDump } from '../support/postgres-programs.js';
import { applyNow, BEGINNING, holdLock, masked, type Scene, scene, session, stoppedScene, until } from './operations.js';

// Every run is a process of its own, several in each test.
vi.setConfig({ testTimeout: 120_000 });

const PLAIN = `${BEGINNING.replace(/insert.*/, '')} create view app.totals as select total from app.orders;`;

async function status(at: Scene): Promise<string> {
  const { code, stdout, stderr } = await at.run('status', '-e', 'test');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return masked(stdout, at);
}

async function json(at: Scene): Promise<Record<string, unknown>> {
  const { code, stdout } = await at.run('status', '-e', 'test', '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('status, as people read it', () => {
  it('of a database that was never applied to, which stays so', async () => {
    const at = await scene(PLAIN);
    const before = await pgDump(at.database.url);
    await expect(await status(at)).toMatchFileSnapshot('golden/status-never-applied.txt');
    expect(await pgDump(at.database.url)).toBe(before);
    expect(await json(at)).toMatchObject({ status: 'never-applied', exit_code: 0, open: [], last_applied: null, sessions: [] });
  });

  it('after an apply, and after somebody changed what it left', async () => {
    const at = await scene(PLAIN);
    const { id } = await applyNow(at);
    await expect(await status(at)).toMatchFileSnapshot('golden/status-applied.txt');
    expect(await json(at)).toMatchObject({ status: 'as-applied', last_applied: { id, environment: 'test' } });
    await query(at.database.url, 'create table public.unmanaged ()');
    expect(await json(at)).toMatchObject({ status: 'as-applied' });
    await query(at.database.url, 'alter table app.orders add sneaked text');
    await expect(await status(at)).toMatchFileSnapshot('golden/status-drift.txt');
    expect(await json(at)).toMatchObject({ status: 'drift', live: { is: 'drift' } });
    await query(at.database.url, 'alter table app.orders drop sneaked');
    expect(await json(at)).toMatchObject({ status: 'as-applied' });
  });

  it('with objects that are in no schema: what a plan made there is not taken for drift', async () => {
    const at = await scene(`${PLAIN} create function app.f(app.orders) returns bigint language sql return 1;
      create cast (app.orders as bigint) with function app.f(app.orders); create extension pgcrypto schema app;`);
    expect((await applyNow(at)).code).toBe(0);
    expect(await json(at)).toMatchObject({ status: 'as-applied' });
    await query(at.database.url, 'drop cast (app.orders as bigint)');
    expect(await json(at)).toMatchObject({ status: 'drift' });
  });

  it('of a plan that stopped in the middle, and of one that was given up', async () => {
    const at = await stoppedScene();
    await expect(await status(at)).toMatchFileSnapshot('golden/status-open.txt');
    await query(at.database.url, 'alter table app.other alter extra drop not null');
    expect(await json(at)).toMatchObject({
      status: 'open',
      open: [{ id: at.id, state: 'started', steps: { total: 3, done: 2, undone: 0 }, next: { id: '3', begun: true }, moved: null }],
    });
    await query(
      at.database.url,
      `update schemactl.steps set state = 'done', finished_at = now() where step = '3';
                                  delete from schemactl.steps where step = '3'`,
    );
    expect(await status(at)).toContain('changed by others since: column:app.other.extra');
    await query(at.database.url, 'alter table app.other alter extra set not null');
    expect((await at.run('abort', at.id, '-e', 'test', '--yes')).code).toBe(0);
    await expect(await status(at)).toMatchFileSnapshot('golden/status-aborted.txt');
  });

  it('with what stopped statements left over', async () => {
    const at = await scene(PLAIN);
    await query(
      at.database.url,
      `create table app.parts (id int) partition by range (id); create table app.part partition of app.parts for values from (1) to (2);
       create index parts_id on only app.parts (id)`,
    );
    await expect(query(at.database.url, 'create unique index concurrently orders_total on app.orders (total)')).rejects.toThrow('unique');
    await query(at.database.url, 'create index orders_total_ccnew on app.orders (total)');
    await query(at.database.url, `update pg_index set indisvalid = false where indexrelid = 'app.orders_total_ccnew'::regclass`);
    const reader = await session(at.database.url, 'reader');
    await reader.query('begin; select from app.parts');
    // Its first transaction is committed, and its second waits for the reader until it is cancelled.
    const detaching = await session(at.database.url, 'detacher');
    const detach = detaching.query('alter table app.parts detach partition app.part concurrently').catch((error: Error) => error);
    await until(async () => (await query(at.database.url, 'select from pg_inherits where inhdetachpending')).length === 1);
    await query(at.database.url, `select pg_cancel_backend(pid) from pg_stat_activity where application_name = 'detacher'`);
    expect(await detach).toBeInstanceOf(Error);
    await expect(await status(at)).toMatchFileSnapshot('golden/status-leftovers.txt');
  });
});

describe('who applies', () => {
  const PLAN = '11111111-2222-4333-8444-555555555555';

  it('is named with what runs, and not with its words', async () => {
    const at = await scene(PLAIN);
    const lock = await session(at.database.url, `schemactl/${PLAN}/lock`);
    const work = await session(at.database.url, `schemactl/${PLAN}`);
    const pid = await holdLock(lock);
    const sleeping = work.query(`select pg_sleep(60), 's3cret-word'`).catch(() => undefined);
    const text = await status(at);
    await expect(text).toMatchFileSnapshot('golden/status-applying.txt');
    const { stdout } = await at.run('status', '-e', 'test', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      sessions: [
        { pid, plan: PLAN, part: 'lock', holds_lock: true, state: 'idle' },
        { plan: PLAN, part: 'work', holds_lock: false, state: 'active' },
      ],
    });
    expect(text + stdout).not.toMatch(/s3cret|pg_sleep/);
    await query(at.database.url, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'schemactl/${PLAN}'`);
    await sleeping;
  });

  it('is shown with the progress of an index that is built, and whom that waits for', async () => {
    const at = await scene(PLAIN);
    const writer = await session(at.database.url, 'writer');
    await writer.query('begin; insert into app.orders values (1000, 1)');
    const work = await session(at.database.url, `schemactl/${PLAN}`);
    const building = work.query('create index concurrently slow on app.orders (note)');
    const waits = `select from pg_stat_progress_create_index where datname = current_database() and phase ~ 'waiting'`;
    await until(async () => (await query(at.database.url, waits)).length > 0);
    expect(await status(at)).toMatch(
      /runs CREATE INDEX CONCURRENTLY: waiting for writers before build.*\n +waits for pid <pid> \(writer\)/,
    );
    expect(await json(at)).toMatchObject({
      leftovers: { indexes: [{ name: 'app.slow', is_copy: false, built_by: expect.any(Number) }] },
      sessions: [{ progress: { command: 'CREATE INDEX CONCURRENTLY' } }],
    });
    await writer.query('commit');
    await building;
    expect(await json(at)).toMatchObject({ leftovers: { indexes: [] } });
  });

  it('is told apart from a stranger with the same lock', async () => {
    const at = await scene(PLAIN);
    await holdLock(await session(at.database.url, 'some tool'));
    expect(await status(at)).toContain('that is not a session of schemactl');
    expect(await json(at)).toMatchObject({ sessions: [{ plan: null, part: null, application: 'some tool', holds_lock: true }] });
  });
});

it('a role that may not read the ledger is told so, with whom to ask', async () => {
  const at = await scene(PLAIN);
  await applyNow(at);
  const role = `${at.database.name}_reader`;
  await query(at.database.url, `create role ${role} login`);
  try {
    const url = new URL(at.database.url);
    url.username = role;
    const { code, stdout, stderr } = await at.run('status', '--url', url.href);
    expect(stderr).toContain('error[SC5102]');
    expect(stdout).toBe('');
    expect(code).toBe(1);
  } finally {
    await query(at.database.url, `drop owned by ${role}; drop role ${role}`);
  }
});
