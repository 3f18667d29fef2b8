/** Others hold what a plan needs: traffic, old transactions, prepared ones, autovacuum, another apply. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { query, testServer } from '../support/database.js';
import { openWire, type Wire } from '../support/wire.js';
import { start } from './apply-process.js';
import { doneSteps, faultScene, looseStep, notWhole, onceAt, told } from './fault-scene.js';
import { sessionName } from './kill-points.js';
import { apply, argumentsOf, ownSessions, standInTheWay, until } from './kill-run.js';
import { type OwnServer, openServer } from './own-server.js';
import type { Scene } from './scene.js';

/** Tries of 400 ms each for what a person would wait for a while. */
const config = (retries: number, lock = '400ms'): string => `version: 1\ntimeouts: { lock: ${lock}, lock_retries: ${retries} }\n`;

const others: pg.Client[] = [];

afterEach(async () => {
  await Promise.allSettled(others.splice(0).map((client) => client.end()));
});

/** Another session, which ends with the test. */
async function other(url: string, name: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: name });
  client.on('error', () => undefined);
  await client.connect();
  others.push(client);
  return client;
}

/** The two tables that the first step locks before it looks at anything. */
function lockedInOrder(scene: Scene): readonly string[] {
  const tables = (scene.body.steps[0]?.pins ?? []).flatMap((sql) => sql.match(/app\.\w+/g) ?? []);
  expect(tables.length).toBeGreaterThan(1);
  return tables;
}

describe('a table is in use', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await faultScene(await testServer(), 'locks', { config: config(20) });
  });
  beforeEach(() => scene.reset());
  afterAll(() => scene?.drop());

  it('for a while: tried again with pauses, blockers named, and others never wait longer than one try', async () => {
    const holder = await other(scene.url, 'long report');
    await holder.query('begin; select count(*) from app.orders');
    const reader = await other(scene.url, 'traffic');
    let [slowest, reads, isOver] = [0, 0, false];
    const traffic = (async () => {
      while (!isOver) {
        const since = performance.now();
        await reader.query('select * from app.orders where id = 1');
        slowest = Math.max(slowest, performance.now() - since);
        reads += 1;
        await sleep(5);
      }
    })();
    const running = start(scene.folder, argumentsOf(scene, scene.url, []));
    await until(async () => /try [2-9] of 21/.test(running.stderr()), 'it did not try again');
    await holder.query('commit');
    const ended = await running.ended;
    isOver = true;
    await traffic;
    expect(ended.code, told(ended)).toBe(0);
    expect(ended.stderr).toMatch(/waiting for a lock, try \d+ of 21: blocked by pid \d+ \(long report, idle in transaction/);
    expect(await notWhole(scene)).toEqual([]);
    expect(reads).toBeGreaterThan(50);
    // A try holds up those who come after it for the 400 ms of its lock_timeout; the rest is what this machine may be busy with.
    expect(slowest).toBeLessThan(2000);
  });

  it('by somebody who waits for us: the deadlock ends our try, and the step is tried again', async () => {
    const patient = await faultScene(scene.server, 'deadlock', { config: config(20, '20s') });
    try {
      // The server looks for a circle once, after this time: ours must be closed by then, and the rival's must not be what finds it.
      const url = `${patient.url}&options=${encodeURIComponent('-c deadlock_timeout=4s')}`;
      const rival = await other(patient.url, 'rival');
      await rival.query(`set deadlock_timeout = '60s'`);
      const [first, second] = lockedInOrder(patient);
      await rival.query(`begin; lock table ${second} in access share mode`);
      const running = start(patient.folder, argumentsOf(patient, url, []));
      await until(async () => (await ownSessions(patient)).some(({ waits }) => waits), 'apply did not come to wait');
      const started = Date.now();
      await rival.query(`lock table ${first} in access share mode`);
      expect(Date.now() - started).toBeLessThan(20_000);
      await rival.query('commit');
      const ended = await running.ended;
      expect(ended.code, told(ended)).toBe(0);
      expect(await notWhole(patient)).toEqual([]);
    } finally {
      await patient.drop();
    }
  });

  it('for ever: exit 7, nothing changed, blockers named', async () => {
    const impatient = await faultScene(scene.server, 'never', { config: config(2) });
    try {
      const holder = await other(impatient.url, 'long report');
      await holder.query('begin; select count(*) from app.orders');
      const ended = await apply(impatient, impatient.url, []);
      expect(ended.code, told(ended)).toBe(7);
      expect(ended.stderr).toContain('did not get its lock in 3 tries');
      expect(ended.stderr).toMatch(/blocked by pid \d+ \(long report, idle in transaction/);
      expect(await doneSteps(impatient)).toBe(0);
    } finally {
      await impatient.drop();
    }
  });
});

describe('by nobody who could be asked', () => {
  let server: OwnServer;
  let scene: Scene;
  beforeAll(async () => {
    server = await openServer({ max_prepared_transactions: '2', autovacuum: 'on', autovacuum_naptime: '1s' });
    scene = await faultScene(server, 'nobody', { config: config(2) });
  });
  beforeEach(() => scene.reset());
  afterAll(async () => {
    await scene?.drop();
    await server?.remove();
  });

  it('a prepared transaction: exit 7 names it', async () => {
    const holder = await other(scene.url, 'two-phase');
    await holder.query(`begin; select count(*) from app.orders; prepare transaction 'order 66'`);
    try {
      const ended = await apply(scene, scene.url, []);
      expect(ended.code, told(ended)).toBe(7);
      expect(ended.stderr).toContain(`prepared transaction 'order 66'`);
    } finally {
      await holder.query(`rollback prepared 'order 66'`);
    }
    const again = await apply(scene, scene.url, []);
    expect(again.code, told(again)).toBe(0);
    expect(await notWhole(scene)).toEqual([]);
  });

  it('autovacuum against wraparound, which does not give way: exit 7 says so', async () => {
    const table = (columns: string): string => `create schema app; create table app.old (id bigint primary key, text text${columns})
      with (autovacuum_freeze_max_age = 100000, autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1);`;
    const rows = `insert into app.old select i, repeat('x', 500) from generate_series(1, 20000) i;`;
    const old = await faultScene(server, 'wraparound', { before: table('') + rows, after: table(', note text'), config: config(2) });
    try {
      await query(old.url, `do $$ begin for i in 1..101000 loop perform pg_current_xact_id(); commit; end loop; end $$`);
      const isVacuumed = async (): Promise<boolean> =>
        (await query(old.url, `select from pg_stat_activity where query like 'autovacuum: VACUUM app.old (to prevent wraparound)'`))
          .length > 0;
      await until(isVacuumed, 'autovacuum did not come');
      const ended = await apply(old, old.url, []);
      expect(ended.code, told(ended)).toBe(7);
      expect(ended.stderr).toContain('autovacuum: VACUUM app.old (to prevent wraparound)');
      expect(await isVacuumed()).toBe(true);
    } finally {
      await old.drop();
    }
  });
});

describe('an index is built concurrently', () => {
  let scene: Scene;
  let wire: Wire;
  beforeAll(async () => {
    scene = await faultScene(await testServer(), 'builds', { config: config(0) });
    wire = await openWire(scene.server.url, sessionName);
  });
  beforeEach(() => scene.reset());
  afterAll(async () => {
    await wire?.close();
    await scene?.drop();
  });

  it('beside an old snapshot: it waits as long as it takes, and says for whom', async () => {
    wire.watch(
      onceAt(scene, looseStep(scene).sql, 'before', async () => {
        const obstacle = await standInTheWay(scene.url);
        setTimeout(() => void obstacle.end(), 2500);
        return undefined;
      }),
    );
    const ended = await apply(scene, wire.url(scene.database), []);
    expect(ended.code, told(ended)).toBe(0);
    expect(ended.stderr).toMatch(/waiting for a lock, try 1 of 1: blocked by pid \d+ \(obstacle, idle in transaction/);
    expect(await notWhole(scene)).toEqual([]);
  });

  it('while another apply waits for its turn: neither stands in the other’s way', async () => {
    const waiting: { second: ReturnType<typeof start> | null } = { second: null };
    wire.watch(
      onceAt(scene, looseStep(scene).sql, 'before', async () => {
        const obstacle = await standInTheWay(scene.url);
        waiting.second = start(scene.folder, argumentsOf(scene, scene.url, []));
        const second = waiting.second;
        void until(async () => /another run: waiting/.test(second.stderr()), 'the second did not wait')
          .catch(() => undefined)
          .then(() => sleep(1000))
          .then(() => obstacle.end());
        return undefined;
      }),
    );
    const first = await apply(scene, wire.url(scene.database), []);
    expect(first.code, told(first)).toBe(0);
    const second = await (waiting.second as ReturnType<typeof start>).ended;
    expect(second.code, told(second)).toBe(0);
    expect(second.stderr).toMatch(/another run: waiting .*blocked by pid \d+ \(schemactl\//);
    expect(second.stdout).toContain('Already applied');
    expect(await notWhole(scene)).toEqual([]);
  });
});

describe('the same plan from many places at once', () => {
  const N = 20;
  it(`${N} runs: one applies, the others find it applied`, async () => {
    const scene = await faultScene(await testServer(), 'many');
    try {
      const runs = await Promise.all(
        Array.from({ length: N }, async () => {
          await sleep(Math.random() * 3000);
          return apply(scene, scene.url, []);
        }),
      );
      const words = runs.map(({ code, stdout }) => `${code} ${/^(Applied|Already applied)/m.exec(stdout)?.[0] ?? 'neither'}`);
      expect(words.filter((word) => word === '0 Applied')).toHaveLength(1);
      expect(
        words.filter((word) => word === '0 Already applied'),
        runs.map(told).join('\n'),
      ).toHaveLength(N - 1);
      expect(await notWhole(scene)).toEqual([]);
    } finally {
      await scene.drop();
    }
  });
});
