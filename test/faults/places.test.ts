/** The plan meets another database than it was made for, or the same one changed: before, during and after it is applied. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { query, testServer } from '../support/database.js';
import { openWire } from '../support/wire.js';
import { schemactl } from './apply-process.js';
import { doneSteps, faultScene, notWhole, onceAt, told } from './fault-scene.js';
import { sessionName } from './kill-points.js';
import { apply } from './kill-run.js';
import { openServer } from './own-server.js';
import type { Scene } from './scene.js';

let scene: Scene;
beforeAll(async () => {
  const environments = 'environments: { staging: { url: "$url" }, production: { url: "$url" } }';
  const config = `version: 1\n${environments}\n`;
  // Only the schema that the desired state names: what else is in the database is nobody's business.
  scene = await faultScene(await testServer(), 'places', { config, manage: [], planArguments: ['--env', 'staging'] });
});
beforeEach(() => scene.reset());
afterAll(() => scene?.drop());

const inStaging = () => schemactl(scene.folder, ['apply', scene.plan, '--env', 'staging', '--yes']);
const at = (server: string, database: string): string => {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
};
const hasLedger = async (url: string): Promise<boolean> =>
  (await query(url, `select from pg_namespace where nspname = 'schemactl'`)).length > 0;

describe('another place: exit 4, nothing changed', () => {
  it('a database of another name with the same schema', async () => {
    const plain = await faultScene(scene.server, 'named');
    const other = `${plain.database}_other`;
    try {
      await query(scene.server.url, `create database ${other} template ${plain.database}`);
      const ended = await apply(plain, at(scene.server.url, other), []);
      expect(ended.code, told(ended)).toBe(4);
      expect(ended.stderr).toContain(`the plan is for database "${plain.database}", and this is "${other}"`);
      expect(await hasLedger(at(scene.server.url, other))).toBe(false);
    } finally {
      await query(scene.server.url, `drop database if exists ${other}`);
      await plain.drop();
    }
  });

  it('a database of the same name on another server', async () => {
    const plain = await faultScene(scene.server, 'cluster');
    const server = await openServer();
    try {
      await query(server.url, `create database ${plain.database}`);
      const ended = await apply(plain, at(server.url, plain.database), []);
      expect(ended.code, told(ended)).toBe(4);
      expect(ended.stderr).toMatch(/the plan is for the server with system identifier \d+, and this is \d+/);
      expect(await hasLedger(at(server.url, plain.database))).toBe(false);
    } finally {
      await server.remove();
      await plain.drop();
    }
  });

  it('another environment', async () => {
    const ended = await schemactl(scene.folder, ['apply', scene.plan, '--env', 'production', '--yes']);
    expect(ended.code, told(ended)).toBe(4);
    expect(ended.stderr).toContain('the plan is for environment "staging", and this is "production"');
    expect(await hasLedger(scene.url)).toBe(false);
  });

  it.each([
    [
      'a clone that has gone its own way since',
      'update schemactl.meta set database = gen_random_uuid()',
      /ledger identity \S+, and this is \S+/,
    ],
    ['a copy that was restored without its ledger', 'drop schema schemactl cascade', /it has none now/],
  ])('%s', async (_, sql, words) => {
    expect((await inStaging()).code).toBe(0);
    const planned = await schemactl(scene.folder, [
      ...['plan', '--env', 'staging', '--desired', 'after.sql', '--scratch', scene.server.url, '--out', 'second.json'],
    ]);
    expect(planned.code, told(planned)).toBe(0);
    await query(scene.url, sql);
    const ended = await schemactl(scene.folder, ['apply', 'second.json', '--env', 'staging', '--yes']);
    expect(ended.code, told(ended)).toBe(4);
    expect(ended.stderr).toMatch(words);
  });
});

describe('the database was changed', () => {
  it('before the plan was started: exit 4, what moved is named, nothing changed', async () => {
    await query(scene.url, 'alter table app.orders alter column code set default 0');
    const ended = await inStaging();
    expect(ended.code, told(ended)).toBe(4);
    expect(ended.stderr).toContain('default:app.orders.code was added');
    expect(await hasLedger(scene.url)).toBe(false);
  });

  it.each([
    ['a column beside what the steps make', 'alter table app.orders add column surprise int', 'column:app.orders.surprise was added'],
    ['the index that the next step would make', 'create index orders_code on app.orders (id)', 'index:app.orders.orders_code was added'],
    ['what the step before made', 'alter table app.orders drop column note', 'column:app.orders.note was dropped'],
  ] as const)('between two steps, by %s: exit 5, what moved is named, the steps before stay', async (_, sql, moved) => {
    const plain = await faultScene(scene.server, 'during');
    const wire = await openWire(plain.server.url, sessionName);
    try {
      const change = async (): Promise<undefined> => {
        await query(plain.url, sql);
        return undefined;
      };
      // The ledger has a commit of its own first.
      wire.watch(onceAt(plain, /^commit$/, 'answered', change, 1));
      const ended = await apply(plain, wire.url(plain.database), []);
      expect(ended.code, told(ended)).toBe(5);
      expect(ended.stderr).toContain(moved);
      expect(await doneSteps(plain)).toBe(1);
    } finally {
      await wire.close();
      await plain.drop();
    }
  });

  it('in what does not concern the plan: applied all the same', async () => {
    await query(
      scene.url,
      `create schema other; create table other.log (id int); insert into other.log values (1);
       insert into app.orders values (1000, 1, 'late'); analyze; create sequence other.numbers; comment on schema other is 'new'`,
    );
    const ended = await inStaging();
    expect(ended.code, told(ended)).toBe(0);
    expect(await notWhole(scene)).toEqual([]);
  });
});

describe('the plan was applied before', () => {
  it('and the database is as it left it, or not: exit 0 says since when, nothing changed', async () => {
    expect((await inStaging()).code).toBe(0);
    for (const sql of ['select 1', 'alter table app.orders add column later int']) {
      await query(scene.url, sql);
      const ended = await inStaging();
      expect(ended.code, told(ended)).toBe(0);
      expect(ended.stdout).toContain('Already applied');
      expect(ended.stderr).toMatch(/was already applied at 20\d\d-/);
    }
    expect(await notWhole(scene)).toEqual([]);
  });

  it('and the database was made anew since: exit 4, nothing changed', async () => {
    expect((await inStaging()).code).toBe(0);
    await query(scene.server.url, `drop database ${scene.database} with (force)`);
    await query(scene.server.url, `create database ${scene.database} template template0`);
    const ended = await inStaging();
    expect(ended.code, told(ended)).toBe(4);
    expect(await hasLedger(scene.url)).toBe(false);
  });
});

describe('the ledger is lost while the plan is applied', () => {
  it('the step under way is rolled back, exit 5 says what is missing; nothing goes on without it', async () => {
    const plain = await faultScene(scene.server, 'ledger');
    const wire = await openWire(plain.server.url, sessionName);
    try {
      const lose = async (): Promise<undefined> => {
        await query(plain.url, 'drop schema schemactl cascade');
        return undefined;
      };
      wire.watch(onceAt(plain, plain.body.steps.at(-1)?.statements[0]?.sql as string, 'before', lose));
      const ended = await apply(plain, wire.url(plain.database), []);
      expect(ended.code, told(ended)).toBe(5);
      expect(ended.stderr).toContain('the ledger');
      const again = await apply(plain, plain.url, []);
      expect(again.code, told(again)).toBe(4);
    } finally {
      await wire.close();
      await plain.drop();
    }
  });
});
