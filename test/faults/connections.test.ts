/** Sessions that end while a plan is applied: whose, when and how; and interrupted runs. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { query, testServer } from '../support/database.js';
import { openWire, type Wire } from '../support/wire.js';
import { start } from './apply-process.js';
import { doneSteps, faultScene, firstStatement, looseStep, notWhole, onceAt, told } from './fault-scene.js';
import { lockSession, sessionName, workSession } from './kill-points.js';
import { apply, argumentsOf, standInTheWay, until } from './kill-run.js';
import type { Scene } from './scene.js';
import { openPooler } from './toy-pooler.js';

let scene: Scene;
let wire: Wire;

beforeAll(async () => {
  scene = await faultScene(await testServer(), 'connections');
  wire = await openWire(scene.server.url, sessionName);
});
beforeEach(async () => {
  wire.watch(() => undefined);
  wire.orphan(false);
  await scene.reset();
});
afterAll(async () => {
  await wire?.close();
  await scene?.drop();
});

const url = (): string => wire.url(scene.database);
const terminate = (session: string) =>
  query(scene.server.url, `select pg_terminate_backend(pid) from pg_stat_activity where application_name ~ '^${session}(@|$)'`);

describe('the connection that works is lost, and the run goes on by itself', () => {
  const DONE_ROW = /insert into schemactl\.steps[\s\S]*'done', pg_catalog/;
  it.each([
    ['when its ledger is made, between COMMIT and its acknowledgement', /^commit$/, 'answered', 'cut', 0],
    ['between COMMIT and its acknowledgement', /^commit$/, 'answered', 'cut', 1],
    ['before COMMIT', /^commit$/, 'before', 'cut', 1],
    ['in the middle of a transaction', DONE_ROW, 'before', 'cut', 0],
    ['in the middle of a transaction, ended by an administrator', DONE_ROW, 'before', 'terminate', 0],
    ['after a statement outside transactions', /^CREATE INDEX CONCURRENTLY/i, 'answered', 'cut', 0],
    ['before a statement outside transactions, ended by an administrator', /^CREATE INDEX CONCURRENTLY/i, 'before', 'terminate', 0],
  ] as const)('%s', async (_, sql, moment, how, after) => {
    wire.watch(
      onceAt(
        scene,
        sql,
        moment,
        async () => {
          if (how === 'cut') return 'cut';
          await terminate(workSession(scene.body));
          return undefined;
        },
        after,
      ),
    );
    const ended = await apply(scene, url(), []);
    expect(ended.code, told(ended)).toBe(0);
    expect(ended.stderr).toContain('connecting again');
    expect(await notWhole(scene)).toEqual([]);
  });

  it('while an index is built: the half that is left is cleared and built again', async () => {
    wire.watch(
      onceAt(scene, looseStep(scene).sql, 'before', async () => {
        const obstacle = await standInTheWay(scene.url);
        setTimeout(async () => {
          await terminate(workSession(scene.body));
          await obstacle.end();
        }, 500);
        return undefined;
      }),
    );
    const ended = await apply(scene, url(), []);
    expect(ended.code, told(ended)).toBe(0);
    expect(await notWhole(scene)).toEqual([]);
  });
});

describe('the connection that holds the lock is lost', () => {
  it('before a statement of a step: the step is rolled back, and the next run goes on there', async () => {
    const sql = firstStatement(scene, scene.body.steps.length - 1);
    wire.watch(
      onceAt(scene, sql, 'before', async () => {
        await terminate(lockSession(scene.body));
        return undefined;
      }),
    );
    const ended = await apply(scene, url(), []);
    expect(ended.code, told(ended)).toBe(5);
    expect(ended.stderr).toContain('the session that held the apply lock is gone');
    expect(await doneSteps(scene)).toBe(scene.body.steps.length - 1);
    const again = await apply(scene, scene.url, []);
    expect(again.code, told(again)).toBe(0);
    expect(await notWhole(scene)).toEqual([]);
  });

  it('with the one that works: the server is taken for gone, and the run goes on when it is back', async () => {
    wire.watch(
      onceAt(scene, looseStep(scene).sql, 'before', () => {
        wire.refuse(true);
        wire.cut(() => true);
        setTimeout(() => wire.refuse(false), 1500);
        return 'cut';
      }),
    );
    const ended = await apply(scene, url(), []);
    expect(ended.code, told(ended)).toBe(0);
    expect(await notWhole(scene)).toEqual([]);
  });
});

describe('the process that held the lock is dead', () => {
  it('while the server still builds its index: the next run waits for that, says so, and goes on', async () => {
    const running = start(scene.folder, argumentsOf(scene, url(), []));
    let obstacle: Awaited<ReturnType<typeof standInTheWay>> | null = null;
    wire.watch(async (exchange, moment) => {
      if (exchange.sql !== looseStep(scene).sql) return undefined;
      if (moment === 'before') obstacle = await standInTheWay(scene.url);
      if (moment !== 'sent') return undefined;
      // The server must not notice yet.
      wire.orphan(true);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await running.kill();
      wire.cut((session) => session === lockSession(scene.body));
      return undefined;
    });
    await running.ended;
    const next = start(scene.folder, argumentsOf(scene, scene.url, []));
    await until(async () => /another run: waiting .*blocked by pid \d+/.test(next.stderr()), 'the next run did not say whom it waits for');
    await (obstacle as unknown as { end(): Promise<void> }).end();
    const ended = await next.ended;
    wire.cut(() => true);
    expect(ended.code, told(ended)).toBe(0);
    expect(await notWhole(scene)).toEqual([]);
  });

  it('with its machine, so that the server holds its sessions for alive: exit 7 names the session; it goes on when that is ended', async () => {
    const running = start(scene.folder, argumentsOf(scene, url(), []));
    wire.watch(
      onceAt(scene, looseStep(scene).sql, 'before', async () => {
        wire.orphan(true);
        await running.kill();
        return undefined;
      }),
    );
    await running.ended;
    const blocked = await apply(scene, scene.url, []);
    expect(blocked.code, told(blocked)).toBe(7);
    expect(blocked.stderr).toMatch(/another schemactl is applying to this database\n.*pid \d+ .*schemactl\//);
    wire.cut(() => true);
    await terminate('schemactl/.*');
    const again = await apply(scene, scene.url, []);
    expect(again.code, told(again)).toBe(0);
    expect(await notWhole(scene)).toEqual([]);
  });
});

describe('interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s once: the step under way is finished, the next is not begun', async (signal, code) => {
    const running = start(scene.folder, argumentsOf(scene, url(), []));
    wire.watch(
      onceAt(scene, firstStatement(scene), 'before', async () => {
        running.child.kill(signal);
        await new Promise((resolve) => setTimeout(resolve, 500));
        return undefined;
      }),
    );
    const ended = await running.ended;
    expect(ended.code, told(ended)).toBe(code);
    expect(ended.stderr).toContain('run apply again: it goes on there');
    expect(await doneSteps(scene)).toBe(1);
    const again = await apply(scene, scene.url, []);
    expect(again.code, told(again)).toBe(0);
    expect(await notWhole(scene)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s twice: ended at once, the step under way is rolled back', async (signal) => {
    const running = start(scene.folder, argumentsOf(scene, url(), []));
    wire.watch(
      onceAt(scene, firstStatement(scene), 'answered', async () => {
        running.child.kill(signal);
        await new Promise((resolve) => setTimeout(resolve, 500));
        running.child.kill(signal);
        await running.ended;
        return undefined;
      }),
    );
    const ended = await running.ended;
    expect(ended.signal, told(ended)).toBe(signal);
    expect(await doneSteps(scene)).toBe(0);
    const again = await apply(scene, scene.url, []);
    expect(again.code, told(again)).toBe(0);
    expect(await notWhole(scene)).toEqual([]);
  });
});

describe('a pooler', () => {
  it('that shares server sessions between transactions is refused before anything is done', async () => {
    const pooler = await openPooler(scene.server.url, scene.database);
    try {
      const ended = await apply(scene, pooler.url(scene.database), []);
      expect(ended.code, told(ended)).toBe(1);
      expect(ended.stderr).toContain('SC5201');
      expect(ended.stderr).toContain('hint: give the direct address of the server');
      expect(await query(scene.url, `select from pg_namespace where nspname = 'schemactl'`)).toHaveLength(0);
    } finally {
      await pooler.close();
    }
  });
});
