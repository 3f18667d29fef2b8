/** unlock ends what is provably ours and dead and nothing else, with real sessions and real processes that are killed. */
import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { clientMark, isRunning, processOfMark } from '../../src/apply/client-mark.js';
import { query } from '../support/database.js';
import { BEGINNING, holdLock, masked, type Scene, scene, session, until } from './operations.js';
import { start } from './run-binary.js';

// Every run is a process of its own, several in each test.
vi.setConfig({ testTimeout: 120_000 });

const PLAN = '11111111-2222-4333-8444-555555555555';

/** A mark like this machine's, of a process with that number. */
function markOf(pid: number): string {
  return clientMark().slice(0, 7) + pid.toString(36).padStart(5, '0');
}

/** The number of a process that was there and is gone. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  const pid = child.pid as number;
  await new Promise((resolve) => child.once('exit', resolve));
  return pid;
}

async function holders(at: Scene): Promise<number> {
  const sql = `select from pg_locks where locktype = 'advisory' and classid = ${0x7363686d}
                and database = (select oid from pg_database where datname = current_database())`;
  return (await query(at.database.url, sql)).length;
}

async function sessionsOf(at: Scene, like: string): Promise<number> {
  return (
    await query(at.database.url, `select from pg_stat_activity where datname = current_database() and application_name like '${like}'`)
  ).length;
}

describe('the mark of a client', () => {
  it('names this process, fits into the 63 bytes of an application name, and is nothing to another machine', () => {
    expect(processOfMark(clientMark())).toBe(process.pid);
    expect(`schemactl/${PLAN}/lock${markOf(4_194_303)}`).toHaveLength(63);
    expect(processOfMark(`@zzzzzz${clientMark().slice(7)}`)).toBeNull();
  });

  it('tells a running process from one that is gone, and from one that only its parent has not buried', async () => {
    expect(isRunning(process.pid)).toBe(true);
    expect(isRunning(await deadProcess())).toBe(false);
    // The shell that started it is stopped, and cannot ask how it ended.
    const shell = spawn('sh', ['-c', 'sleep 0.2 & echo $!; kill -STOP $$']);
    onTestFinished(() => void shell.kill('SIGKILL'));
    const pid = await new Promise<number>((resolve) =>
      shell.stdout.once('data', (text: Buffer) => resolve(Number(text.toString().trim()))),
    );
    await until(async () => !isRunning(pid));
    expect(() => process.kill(pid, 0)).not.toThrow();
  });
});

describe('unlock', () => {
  it('has nothing to do where nothing is held: 0', async () => {
    const at = await scene('');
    expect(await at.run('unlock', '-e', 'test')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Nothing is held in /),
      stderr: '',
    });
  });

  it('leaves a running apply alone, ends what stays when it was killed, and the apply goes on afterwards', async () => {
    const at = await scene(`${BEGINNING.replace(/insert.*/, '')} create index orders_total on app.orders (total);`);
    expect((await at.run('plan', '-e', 'test', '--out', 'plan.json')).code).toBe(0);
    // The build waits for this one.
    const writer = await session(at.database.url, 'writer');
    await writer.query('begin; lock table app.orders in row exclusive mode');
    const apply = start(at.folder, ['apply', 'plan.json', '-e', 'test', '--yes']);
    await until(
      async () =>
        (await query(at.database.url, 'select from pg_stat_progress_create_index where datname = current_database()')).length > 0 ||
        apply.child.exitCode !== null,
    );
    const alive = await at.run('unlock', '-e', 'test', '--yes');
    expect(alive).toMatchObject({ code: 7, stdout: expect.stringMatching(/^Nothing was ended in /) });
    expect(alive.stderr).toContain(`its client, process ${apply.child.pid} of this machine, is running`);
    expect(alive.stderr).not.toContain('pg_terminate_backend');
    await apply.kill();
    // The server has noticed, since the sessions ask it to; one that did not notice is left to be cleared away.
    const stays = await session(at.database.url, `schemactl/${PLAN}/lock${markOf(apply.child.pid as number)}`);
    await until(async () => (await holders(at)) === 0);
    await holdLock(stays);
    const asked = await at.run('unlock', '-e', 'test');
    expect(asked).toMatchObject({ code: 6, stderr: expect.stringContaining('hint: approve it with --yes') });
    expect(await holders(at)).toBe(1);
    const ended = await at.run('unlock', '-e', 'test', '--yes');
    expect(ended.stderr).toBe('');
    expect(ended.stdout).toContain(`its client, process ${apply.child.pid} of this machine, is gone`);
    expect(ended.code).toBe(0);
    expect(await sessionsOf(at, 'schemactl/%')).toBe(0);
    await writer.query('commit');
    expect(await at.run('apply', 'plan.json', '-e', 'test', '--yes')).toMatchObject({ code: 0 });
  });

  it('ends a build that goes on for a dead client, and leaves the build of somebody else alone', async () => {
    const at = await scene('');
    const writer = await session(at.database.url, 'writer');
    await writer.query('begin; lock table app.orders in row exclusive mode');
    const dead = await deadProcess();
    const build = async (application: string, name: string) => {
      const client = await session(at.database.url, application);
      return client.query(`create index concurrently ${name} on app.orders (total)`).then(
        () => 'built',
        (error: { code: string }) => error.code,
      );
    };
    // Two builds on one relation wait for each other, so one of them is on another.
    const ours = build(`schemactl/${PLAN}${markOf(dead)}`, 'ours');
    await until(
      async () =>
        (await query(at.database.url, 'select from pg_stat_progress_create_index where datname = current_database()')).length === 1,
    );
    const theirs = build('psql', 'theirs');
    await until(async () => (await sessionsOf(at, 'psql')) === 1);
    const ended = await at.run('unlock', '-e', 'test', '--yes', '--json');
    expect(JSON.parse(ended.stdout)).toMatchObject({ status: 'ended', sessions: [{ part: 'work', verdict: 'dead', ended: true }] });
    expect(await ours).toBe('57P01');
    expect(await sessionsOf(at, 'psql')).toBe(1);
    await writer.query('commit');
    expect(await theirs).toBe('built');
  });

  it('ends a lock whose working session is gone, wherever its client is', async () => {
    const at = await scene('');
    const lock = await session(at.database.url, `schemactl/${PLAN}/lock@zzzzzz00001`);
    const work = await session(at.database.url, `schemactl/${PLAN}@zzzzzz00001`);
    await holdLock(lock);
    const unproven = await at.run('unlock', '-e', 'test', '--yes');
    expect(unproven).toMatchObject({ code: 7 });
    await expect(
      masked(unproven.stderr, at)
        .replaceAll(/backend\(\d+\)/g, 'backend(<pid>)')
        .replaceAll(/\((127\.0\.0\.1|local socket)\)/g, '(<client>)'),
    ).toMatchFileSnapshot('golden/unlock-unknown.txt');
    await work.end();
    await until(async () => (await sessionsOf(at, `schemactl/${PLAN}@%`)) === 0);
    const ended = await at.run('unlock', '-e', 'test', '--yes');
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('the session that worked beside it is gone') });
    expect(await holders(at)).toBe(0);
  });

  it('does not touch one that waits for its turn, nor a stranger with the same lock', async () => {
    const at = await scene('');
    await holdLock(await session(at.database.url, 'some tool'));
    await session(at.database.url, `schemactl/${PLAN}/lock@zzzzzz00001`);
    await session(at.database.url, `schemactl/${PLAN}@zzzzzz00001`);
    const { code, stdout } = await at.run('unlock', '-e', 'test', '--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'held',
      sessions: [{ application: 'some tool', verdict: 'not-ours', ended: false }],
      diagnostics: [{ code: 'SC5601' }],
    });
    expect(code).toBe(7);
    expect(await sessionsOf(at, 'some tool')).toBe(1);
    expect(await sessionsOf(at, 'schemactl/%@%')).toBe(2);
  });

  it('says what a role needs that may not end the session: 1, and nothing is ended', async () => {
    const at = await scene('', BEGINNING);
    const role = `${at.database.name}_other`;
    await query(at.database.url, `create role ${role} login`);
    onTestFinished(() => query(at.database.url, `drop owned by ${role}; drop role ${role}`).then(() => undefined));
    await holdLock(await session(at.database.url, `schemactl/${PLAN}/lock${markOf(await deadProcess())}`));
    const url = new URL(at.database.url);
    url.username = role;
    const { code, stderr } = await at.run('unlock', '--url', url.href, '--yes');
    expect(stderr).toContain('error[SC5602]');
    expect(stderr).toContain('grant pg_signal_backend to this role');
    expect(code).toBe(1);
    expect(await holders(at)).toBe(1);
  });
});
