/** abort takes an open plan back: the schema is what it was, whatever stopped it; what cannot be undone is told before anything is. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { applyNow, BEGINNING, holdLock, type Scene, STOPPED, scene, session, stoppedScene, until } from '../commands/operations.js';
import { start, write } from '../commands/run-binary.js';
import { query } from '../support/database.js';
import { pgDump } from '../support/postgres-programs.js';

// Every run is a process of its own, several in each test.
vi.setConfig({ testTimeout: 180_000 });

const dump = ({ database }: Scene): Promise<string> => pgDump(database.url, ['--schema-only', '--exclude-schema=schemactl']);

async function ledger(at: Scene): Promise<readonly string[]> {
  const rows = await query<{ line: string }>(
    at.database.url,
    `select format('%s %s', step, state) as line from schemactl.steps union all select state from schemactl.plans order by 1`,
  );
  return rows.map(({ line }) => line);
}

/** As `stoppedScene`, with the dump of before. */
async function stopped(): Promise<Scene & { readonly id: string; readonly before: string }> {
  const at = await scene(STOPPED);
  const before = await dump(at);
  const { id, code } = await applyNow(at);
  expect(code).toBe(5);
  expect(await dump(at)).not.toBe(before);
  return { ...at, id, before };
}

describe('abort of a plan that stopped in the middle', () => {
  it('asks first, undoes its steps in reverse, and leads back to the very dump of before; its id is spent', async () => {
    const at = await stopped();
    const asked = await at.run('abort', at.id, '-e', 'test');
    expect(asked).toMatchObject({ code: 6, stderr: expect.stringContaining('hint: approve it with --yes') });
    expect(await ledger(at)).toEqual(['1 done', '2 done', '3 intent', 'started']);
    const { code, stdout, stderr } = await at.run('abort', at.id, '-e', 'test', '--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'aborted', plan_id: at.id, steps_undone: 2, steps_kept: 0 });
    expect(stderr.indexOf('undo create index:app.orders.orders_customer')).toBeLessThan(stderr.indexOf('undo create table:app.fresh'));
    expect(code).toBe(0);
    expect(await dump(at)).toBe(at.before);
    expect(await ledger(at)).toEqual(['1 undone', '2 undone', '3 intent', 'aborted']);
    expect(await at.run('apply', 'plan.json', '-e', 'test', '--yes')).toMatchObject({ code: 8, stderr: expect.stringContaining('SC6212') });
    expect(await at.run('abort', 'plan.json', '-e', 'test', '--yes')).toMatchObject({ code: 0, stderr: expect.stringContaining('SC5707') });
    expect(await dump(at)).toBe(at.before);
  });

  it('clears an index that is half built, and one that was built without anybody writing it down', async () => {
    const at = await stopped();
    await expect(query(at.database.url, 'create unique index concurrently orders_total on app.orders (total)')).rejects.toThrow('unique');
    await query(at.database.url, `update schemactl.steps set state = 'intent', finished_at = null where step = '2'`);
    await query(at.database.url, `delete from schemactl.steps where step = '3'; drop index app.orders_total`);
    expect(await at.run('abort', at.id, '-e', 'test', '--yes')).toMatchObject({ code: 0 });
    expect(await dump(at)).toBe(at.before);

    const again = await stopped();
    await expect(query(again.database.url, 'create unique index concurrently orders_total on app.orders (total)')).rejects.toThrow(
      'unique',
    );
    expect(await again.run('abort', again.id, '-e', 'test', '--yes')).toMatchObject({ code: 0 });
    expect(await dump(again)).toBe(again.before);
  });

  it('takes a plan of which no step was done, without undoing anything', async () => {
    const at = await scene(STOPPED.replace('create table app.fresh', 'create table app.taken'));
    const before = await dump(at);
    expect((await at.run('plan', '-e', 'test', '--out', 'plan.json')).code).toBe(0);
    const reader = await session(at.database.url, 'reader');
    await reader.query('begin; select from app.orders');
    expect((await at.run('apply', 'plan.json', '-e', 'test', '--yes')).code).not.toBe(0);
    await reader.query('commit');
    expect(await ledger(at)).toEqual(['started']);
    expect(await at.run('abort', 'plan.json', '-e', 'test', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('0 steps undone'),
    });
    expect(await ledger(at)).toEqual(['aborted']);
    expect(await dump(at)).toBe(before);
  });

  it('goes on where it was killed, wherever that was', async () => {
    const at = await stopped();
    // Step 2 is undone outside a transaction, and waits for this one; step 1 waits for its lock.
    const sessions = `select from pg_stat_activity where datname = current_database() and application_name like 'schemactl/%'`;
    for (const what of ['lock table app.orders in row exclusive mode', 'lock table app.fresh in access share mode']) {
      const other = await session(at.database.url, 'other');
      await other.query(`begin; ${what}`);
      const abort = start(at.folder, ['abort', at.id, '-e', 'test', '--yes']);
      await until(async () => (await query(at.database.url, `${sessions} and wait_event_type = 'Lock'`)).length > 0);
      await abort.kill();
      await until(async () => (await query(at.database.url, sessions)).length === 0);
      expect((await ledger(at)).at(-1)).toBe('aborting');
      expect(await at.run('apply', 'plan.json', '-e', 'test', '--yes')).toMatchObject({
        code: 8,
        stderr: expect.stringContaining('SC6214'),
      });
      await other.query('commit');
    }
    expect(await at.run('status', '-e', 'test')).toMatchObject({ stdout: expect.stringMatching(/being taken back: \d step/) });
    expect(await at.run('abort', at.id, '-e', 'test', '--yes')).toMatchObject({ code: 0 });
    expect(await dump(at)).toBe(at.before);
    expect(await ledger(at)).toEqual(['1 undone', '2 undone', '3 intent', 'aborted']);
  });

  it('is stopped part way by a lock (5), and goes on when it is free', async () => {
    const at = await stopped();
    const other = await session(at.database.url, 'other');
    await other.query('begin; lock table app.fresh in access share mode');
    const { code, stderr, stdout } = await at.run('abort', at.id, '-e', 'test', '--yes');
    expect(stderr).toContain('error[SC5208]');
    expect(stderr).toMatch(/blocked by pid \d+ \(other/);
    expect(stdout).toContain('Not finished: 1 step undone');
    expect(code).toBe(5);
    expect(await ledger(at)).toEqual(['1 done', '2 undone', '3 intent', 'aborting']);
    await other.query('commit');
    expect(await at.run('abort', at.id, '-e', 'test', '--yes')).toMatchObject({ code: 0 });
    expect(await dump(at)).toBe(at.before);
  });

  it('waits for its turn: 7 while another session holds the lock', async () => {
    const at = await stopped();
    const holder = await session(at.database.url, 'holder');
    await holdLock(holder);
    expect(await at.run('abort', at.id, '-e', 'test', '--yes')).toMatchObject({ code: 7, stderr: expect.stringContaining('SC5202') });
    expect(await ledger(at)).toEqual(['1 done', '2 done', '3 intent', 'started']);
  });

  it('refuses when others changed what the plan touches (4), and lists it; elsewhere they may', async () => {
    const at = await stopped();
    await query(at.database.url, 'create table app.elsewhere (); alter table app.other alter extra drop not null');
    const { code, stderr } = await at.run('abort', at.id, '-e', 'test', '--yes');
    expect(stderr).toContain('error[SC5706]');
    expect(stderr).toContain('column:app.other.extra was changed');
    expect(stderr).not.toContain('elsewhere');
    expect(code).toBe(4);
    expect(await ledger(at)).toEqual(['1 done', '2 done', '3 intent', 'started']);
    await query(at.database.url, 'alter table app.other alter extra set not null');
    expect(await at.run('abort', at.id, '-e', 'test', '--yes')).toMatchObject({ code: 0 });
    await query(at.database.url, 'drop table app.elsewhere');
    expect(await dump(at)).toBe(at.before);
  });

  it('rolls a step back that does not lead back, and says what is still there', async () => {
    const at = await stopped();
    await query(at.database.url, 'create view public.late as select extra from app.other');
    const { code, stderr } = await at.run('abort', at.id, '-e', 'test', '--yes');
    expect(stderr).toContain('error[SC5704] undoing step 1 of 3 failed: cannot drop column extra');
    expect(stderr).toContain('state: step 1 is still done');
    expect(code).toBe(5);
    expect(await query(at.database.url, `select from pg_class where oid = 'app.fresh'::regclass`)).toHaveLength(1);
    await query(at.database.url, 'drop view public.late');
    expect(await at.run('abort', at.id, '-e', 'test', '--yes')).toMatchObject({ code: 0 });
    expect(await dump(at)).toBe(at.before);
  });
});

describe('what cannot be undone', () => {
  const WITH_ENUM = `${BEGINNING} create type app.mood as enum ('good');`;
  const LOSING = `${STOPPED} create type app.mood as enum ('good', 'bad');`;

  it('is listed with its reason before anything is undone, and --keep leaves all as it is; the next plan starts from there', async () => {
    const at = await scene(LOSING, WITH_ENUM);
    const { id, code } = await applyNow(at);
    expect(code).toBe(5);
    const half = await dump(at);
    const refused = await at.run('abort', id, '-e', 'test', '--yes');
    expect(refused.stderr).toMatch(/error\[SC5703\] step \d \(.*\) is done and cannot be undone\n {2}/);
    expect(refused.stderr).toContain(`schemactl abort ${id} --keep`);
    expect(refused.code).toBe(1);
    expect(await dump(at)).toBe(half);
    expect(await ledger(at)).toContain('started');
    const kept = await at.run('abort', id, '-e', 'test', '--yes', '--keep', '--json');
    expect(JSON.parse(kept.stdout)).toMatchObject({ status: 'aborted', steps_undone: 0, steps_kept: expect.any(Number) });
    expect(kept.stderr).toContain('make a new plan: it starts from there');
    expect(kept.code).toBe(0);
    expect(await dump(at)).toBe(half);
    await query(at.database.url, 'truncate app.orders');
    expect(await applyNow(at, 'next.json')).toMatchObject({ code: 0 });
    expect(await at.run('plan', '-e', 'test', '--detailed-exitcode')).toMatchObject({ code: 0 });
  });
});

describe('which plan', () => {
  it('must be one that was started here and is open', async () => {
    const at = await scene(BEGINNING.replace(/insert.*/, ''));
    const nobody = '11111111-2222-4333-8444-555555555555';
    expect(await at.run('abort', nobody, '-e', 'test', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('SC5701') });
    expect(await query(at.database.url, `select from pg_namespace where nspname = 'schemactl'`)).toEqual([]);
    write(at.folder, { 'schemas/app.sql': `${BEGINNING.replace(/insert.*/, '')} create table app.more (id int);` });
    const { id, code } = await applyNow(at);
    expect(code).toBe(0);
    expect(await at.run('abort', id, '-e', 'test', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('SC5702') });
    expect(await at.run('abort', nobody, '-e', 'test', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('SC5701') });
    expect(await at.run('abort', 'missing.json', '-e', 'test', '--yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('SC6001'),
    });
  });

  it('must be for this environment, with --keep too', async () => {
    const at = await stoppedScene();
    for (const keep of [[], ['--keep']]) {
      const { code, stderr } = await at.run('abort', at.id, '--url', at.database.url, '--yes', ...keep);
      expect(stderr).toContain('error[SC6201]');
      expect(code).toBe(4);
    }
  });

  it('is not taken from a ledger that somebody wrote to: 8, and none of its statements is run', async () => {
    const at = await stoppedScene();
    await query(at.database.url, `update schemactl.plans set document = replace(document, 'DROP TABLE app.fresh', 'DROP TABLE app.other')`);
    expect(await at.run('abort', at.id, '-e', 'test', '--yes')).toMatchObject({ code: 8, stderr: expect.stringContaining('SC6211') });
    await query(at.database.url, `update schemactl.plans set document = 'x' || document`);
    expect(await at.run('abort', at.id, '-e', 'test', '--yes')).toMatchObject({ code: 8 });
    expect(await query(at.database.url, `select from pg_class where oid in ('app.fresh'::regclass, 'app.other'::regclass)`)).toHaveLength(
      2,
    );
    expect(await at.run('abort', at.id, '-e', 'test', '--yes', '--keep')).toMatchObject({ code: 0 });
  });

  it('may be of an owner whom the connected role can act as', async () => {
    const at = await scene(STOPPED);
    const [owner, deploy] = [`${at.database.name}_owner`, `${at.database.name}_deploy`];
    await query(
      at.database.url,
      `create role ${owner}; create role ${deploy} login in role ${owner} noinherit; alter schema app owner to ${owner};
       alter table app.orders owner to ${owner}; alter table app.other owner to ${owner};
       grant create on database ${at.database.name} to ${owner}; alter role ${deploy} in database ${at.database.name} set role ${owner}`,
    );
    onTestFinished(() => query(at.database.url, `drop owned by ${owner}, ${deploy}; drop role ${deploy}, ${owner}`).then(() => undefined));
    const url = new URL(at.database.url);
    url.username = deploy;
    write(at.folder, { 'schemactl.yaml': `version: 1\ndesired: [schemas]\nenvironments:\n  test: { url: '${url.href}', adopt: true }\n` });
    const before = await dump(at);
    expect(await at.run('plan', '-e', 'test', '--out', 'plan.json')).toMatchObject({ code: 0 });
    expect(await at.run('apply', 'plan.json', '-e', 'test', '--yes')).toMatchObject({ code: 5 });
    await query(at.database.url, `alter role ${deploy} in database ${at.database.name} reset role`);
    const { code, stderr } = await at.run('abort', 'plan.json', '-e', 'test', '--yes');
    expect([code, stderr]).toEqual([1, expect.stringContaining('SC5102')]);
    await query(at.database.url, `alter role ${deploy} inherit; grant ${owner} to ${deploy}`);
    expect(await at.run('abort', 'plan.json', '-e', 'test', '--yes')).toMatchObject({ code: 0 });
    expect(await dump(at)).toBe(before);
  });
});
