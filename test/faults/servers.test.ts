/** Servers that crash, restart, follow, are full, or have settings of their own that would end or change what an apply does. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { query, testServer } from '../support/database.js';
import { type Answer, openWire, type Wire } from '../support/wire.js';
import { doneSteps, faultScene, looseStep, notWhole, onceAt, told } from './fault-scene.js';
import { sessionName, workSession } from './kill-points.js';
import { apply, isWaiting, standInTheWay } from './kill-run.js';
import { type OwnServer, openServer } from './own-server.js';
import type { Scene } from './scene.js';

describe('the server', () => {
  let server: OwnServer;
  let scene: Scene;
  let wire: Wire;
  beforeAll(async () => {
    server = await openServer({ max_connections: '8', superuser_reserved_connections: '0', max_wal_senders: '0' });
    scene = await faultScene(server, 'servers');
    wire = await openWire(server.url, sessionName);
  });
  beforeEach(async () => {
    wire.watch(() => undefined);
    await scene.reset();
  });
  afterAll(async () => {
    await wire?.close();
    await scene?.drop();
    await server?.remove();
  });
  const url = (): string => wire.url(scene.database);

  it('loses a process to kill -9 in the middle of a build: all sessions go, the run comes back and clears what is left', async () => {
    wire.watch(
      onceAt(scene, looseStep(scene).sql, 'before', async () => {
        const obstacle = await standInTheWay(scene.url);
        void isWaiting(scene).then(async () => {
          const sql = `select pid from pg_stat_activity where application_name like '${workSession(scene.body)}%' and state = 'active'`;
          const [row] = await query<{ pid: number }>(server.url, sql);
          process.kill(row?.pid as number, 'SIGKILL');
          await obstacle.end().catch(() => undefined);
        });
        return undefined;
      }),
    );
    const ended = await apply(scene, url(), []);
    expect(ended.code, told(ended)).toBe(0);
    expect(ended.stderr).toContain('connecting again');
    expect(await notWhole(scene)).toEqual([]);
  });

  it.each([
    ['in the middle of a transaction', /insert into schemactl\.steps/, 'before'],
    ['after a commit that nobody heard of', /^commit$/, 'answered'],
  ] as const)('is shut down at once and is back after a second, %s', async (_, sql, moment) => {
    wire.watch(
      onceAt(
        scene,
        sql,
        moment,
        async (): Promise<Answer> => {
          await server.stop('immediate');
          setTimeout(() => void server.start(), 1000);
          return 'cut';
        },
        moment === 'answered' ? 1 : 0,
      ),
    );
    const ended = await apply(scene, url(), []);
    expect(ended.code, told(ended)).toBe(0);
    expect(ended.stderr).toContain('connecting again');
    expect(await notWhole(scene)).toEqual([]);
  });

  it('has no connection left: nothing is changed, and it is said why', async () => {
    const taken = await takeAll(server.url);
    const ended = await apply(scene, scene.url, []);
    await Promise.all(taken.map((client) => client.end()));
    expect(ended.code, told(ended)).toBe(1);
    expect(ended.stderr).toContain('too many clients already');
    const again = await apply(scene, scene.url, []);
    expect(again.code, told(again)).toBe(0);
  });

  it('has no connection left when a lost one is to be made again: waited for', async () => {
    let taken: readonly pg.Client[] = [];
    wire.watch(
      onceAt(scene, looseStep(scene).sql, 'before', async (): Promise<Answer> => {
        wire.cut(() => true);
        taken = await takeAll(server.url);
        setTimeout(() => void Promise.all(taken.map((client) => client.end())), 2000);
        return 'cut';
      }),
    );
    const ended = await apply(scene, url(), []);
    expect(ended.code, told(ended)).toBe(0);
    expect(await notWhole(scene)).toEqual([]);
  });

  it('only follows another one: exit 4, nothing changed', async () => {
    const restart = async (isFollowing: boolean): Promise<void> => {
      await server.stop('fast');
      server.follow(isFollowing);
      await server.start();
    };
    await restart(true);
    const ended = await apply(scene, scene.url, []);
    await restart(false);
    expect(ended.code, told(ended)).toBe(4);
    expect(ended.stderr).toContain('the server is a standby in recovery');
    expect(ended.stderr).toContain('hint: connect to the primary');
    expect(await doneSteps(scene)).toBe(0);
  });
});

/** Every connection that the server gives. */
async function takeAll(url: string): Promise<readonly pg.Client[]> {
  const taken: pg.Client[] = [];
  for (let failed = 0; failed < 3; ) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect().then(
      () => taken.push(client),
      () => {
        failed += 1;
      },
    );
  }
  return taken;
}

/** A setting that is changed after planning makes a plan stale where settings are managed. */
const SETTINGS_ASIDE = { planArguments: ['--ignore', 'database_setting:*'] } as const;

describe('the database or the role has a setting', () => {
  let scene: Scene;
  let wire: Wire;
  beforeAll(async () => {
    scene = await faultScene(await testServer(), 'settings', SETTINGS_ASIDE);
    wire = await openWire(scene.server.url, sessionName);
  });
  beforeEach(async () => {
    wire.watch(() => undefined);
    await scene.reset();
  });
  afterAll(async () => {
    await wire?.close();
    await scene?.drop();
  });
  const set = (setting: string) => query(scene.server.url, `alter database ${scene.database} set ${setting}`);

  it('default_transaction_read_only: said by name and source, nothing changed, exit 1', async () => {
    await set('default_transaction_read_only = on');
    const ended = await apply(scene, scene.url, []);
    expect(ended.code, told(ended)).toBe(1);
    expect(ended.stderr).toContain('default_transaction_read_only is on (database)');
    expect(await query(scene.url, `select from pg_namespace where nspname = 'schemactl'`)).toHaveLength(0);
  });

  it.each([
    ['statement_timeout', '300ms', 1000],
    ['lock_timeout', '300ms', 1000],
    ['idle_in_transaction_session_timeout', '500ms', 1500],
    ['idle_session_timeout', '500ms', 1500],
  ])('%s = %s does not end a step that takes longer', async (name, value, ms) => {
    await set(`${name} = '${value}'`);
    // The first step waits for a lock, the build for a snapshot, and between two statements nothing comes for a while.
    const holder = new pg.Client({ connectionString: scene.url });
    await holder.connect();
    await holder.query(`set ${name} = 0; begin; lock table app.orders in access share mode`);
    setTimeout(() => void holder.end(), ms + 2000);
    const pause = new Set([looseStep(scene).sql, scene.body.steps[0]?.statements.at(-1)?.sql]);
    wire.watch(async (exchange, moment) => {
      if (moment === 'before' && pause.has(exchange.sql)) await new Promise((resolve) => setTimeout(resolve, ms));
      return undefined;
    });
    const ended = await apply(scene, wire.url(scene.database), []);
    expect(ended.code, told(ended)).toBe(0);
    expect(ended.stderr).not.toContain('connecting again');
    expect(await notWhole(scene)).toEqual([]);
  });

  it('temp_file_limit (a full disk): the build fails, leaves nothing, and goes on when there is room', async () => {
    await query(scene.url, `insert into app.orders select i, 1, md5(i::text) from generate_series(1000, 60000) i`);
    await set(`maintenance_work_mem = '1MB'`);
    await set(`temp_file_limit = '512kB'`);
    const ended = await apply(scene, scene.url, []);
    expect(ended.code, told(ended)).toBe(5);
    expect(ended.stderr).toContain('temporary file size exceeds');
    expect(await query(scene.url, 'select from pg_index where not indisvalid')).toHaveLength(0);
    expect(await doneSteps(scene)).toBe(Number(looseStep(scene).id) - 1);
    await set('temp_file_limit = -1');
    const again = await apply(scene, scene.url, []);
    expect(again.code, told(again)).toBe(0);
    expect(await notWhole(scene)).toEqual([]);
  });
});

describe('PostgreSQL 17 and later', () => {
  it('transaction_timeout does not end a step that takes longer', async () => {
    const scene = await faultScene(await testServer(17), 'transaction_timeout', SETTINGS_ASIDE);
    const wire = await openWire(scene.server.url, sessionName);
    try {
      await query(scene.server.url, `alter database ${scene.database} set transaction_timeout = '500ms'`);
      wire.watch(
        onceAt(scene, /insert into schemactl\.steps/, 'before', async () => {
          await new Promise((resolve) => setTimeout(resolve, 1500));
          return undefined;
        }),
      );
      const ended = await apply(scene, wire.url(scene.database), []);
      expect(ended.code, told(ended)).toBe(0);
      expect(ended.stderr).not.toContain('connecting again');
      expect(await notWhole(scene)).toEqual([]);
    } finally {
      await wire.close();
      await scene.drop();
    }
  });
});
