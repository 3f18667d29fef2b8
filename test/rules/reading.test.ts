/** Rules of reading a catalog, by their sentences: one moment is read or none, and only what is schema is part of a hash. */
import type pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { readDatabase } from '../../src/catalog/read.js';
import { pinSession } from '../../src/catalog/session.js';
import { kinds } from '../../src/kinds/registry.js';
import { query, withClient, withDatabase } from '../support/database.js';
import { planOf, planRefusal, statementsOf } from '../support/made-plan.js';

// Several plans each, and a server may be busy.
vi.setConfig({ testTimeout: 120_000 });

const LIVE = 'create schema app; create table app.t (a int); create view app.v as select a from app.t;';

describe('A catalog that moves during the read is read again, bounded, then it is an error', () => {
  it('a session that does DDL in a loop: SC4001 with exit code 1, and no plan', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      let isOver = false;
      const loop = withClient(url, async (client) => {
        let rounds = 0;
        for (; !isOver; rounds += 1) await client.query(`comment on table app.t is 'round ${rounds}'`);
        return rounds;
      });
      try {
        expect(await planRefusal(url, LIVE)).toMatchObject([{ code: 'SC4001', severity: 'error', hint: expect.any(String) }]);
      } finally {
        isOver = true;
      }
      expect(await loop).toBeGreaterThan(5);
      expect(statementsOf((await planOf(url, LIVE)).document), 'once it is quiet').toEqual(['COMMENT ON TABLE app.t IS NULL']);
    }));

  /** A client that lets another session run something right before and right after each of its own reads of everything. */
  const disturbed = (
    client: pg.Client,
    others: { readonly before?: (read: number) => Promise<unknown>; readonly after?: (read: number) => Promise<unknown> },
  ): { readonly client: pg.ClientBase; reads: () => number } => {
    let reads = 0;
    const proxy = new Proxy(client, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (name !== 'query') return typeof value === 'function' ? value.bind(target) : value;
        return async (given: string | { readonly text: string }, values?: unknown[]) => {
          const isRead = (typeof given === 'string' ? given : given.text).includes('repeatable read');
          if (isRead) reads += 1;
          if (isRead) await others.before?.(reads);
          const answer = await target.query(given as string, values);
          if (isRead) await others.after?.(reads);
          return answer;
        };
      },
    });
    return { client: proxy, reads: () => reads };
  };

  it.each([
    ['a table is made', 'create table app.late (a int)', 'table:app.late', true],
    ['a view is replaced', 'create or replace view app.v as select a + 1 as a from app.t', 'view:app.v', true],
    ['a column is dropped', 'alter table app.t add b int; alter table app.t drop b', 'column:app.t.b', false],
    ['a comment is made', `comment on table app.t is 'late'`, 'comment:table:app.t', true],
    ['a privilege is granted', 'grant select on app.t to public', 'privilege:table:app.t@"PUBLIC"', true],
  ])('a single change in between is seen: %s', (_, change, address, isThere) =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      await withClient(url, async (client) => {
        await pinSession(client);
        const between = disturbed(client, { after: async (read) => read === 1 && query(url, change) });
        const { state } = await readDatabase(between.client, { major: 15, kinds });
        expect(state.has(address)).toBe(isThere);
        if (address === 'view:app.v') expect(JSON.stringify(state.get(address)?.attributes)).toContain('+ 1');
        expect(between.reads()).toBe(2);
      });
    }),
  );

  it('what was made and is gone again before the end of the read is no part of it', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      await withClient(url, async (client) => {
        await pinSession(client);
        // The snapshot of the first read holds a view that is not there when its text is asked for, nor when the read is over.
        const reading = disturbed(client, {
          before: async (read) => read === 1 && query(url, 'create view app.brief as select 1 as a'),
          after: async (read) => read === 1 && query(url, 'drop view app.brief'),
        });
        const { state } = await readDatabase(reading.client, { major: 15, kinds });
        expect([...state.keys()].filter((address) => address.includes('brief'))).toEqual([]);
        expect(reading.reads()).toBe(2);
      });
    }));

  it('is tried five times', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      await withClient(url, async (client) => {
        await pinSession(client);
        const between = disturbed(client, { after: (read) => query(url, `comment on table app.t is '${read}'`) });
        await expect(readDatabase(between.client, { major: 15, kinds })).rejects.toMatchObject({
          exitCode: 1,
          diagnostics: [{ code: 'SC4001' }],
        });
        expect(between.reads()).toBe(5);
      });
    }));
});

describe('What is no schema is in no hash', () => {
  const WITH_ROWS = `${LIVE}
    create sequence app.numbers; create materialized view app.m as select a from app.t with no data;
    create table app.counted (id bigint generated always as identity primary key, n int);
    create index counted_n on app.counted (n);
    create function app.f() returns int language sql as 'select 1';`;

  it.each([
    ['sequence values', `select nextval('app.numbers'), setval('app.numbers', 77)`],
    [
      'rows, and the values of identities',
      'insert into app.counted (n) select generate_series(1, 500); delete from app.counted where n > 400',
    ],
    ['statistics of the planner', 'insert into app.counted (n) select generate_series(1, 500); analyze'],
    ['whether a materialized view is populated', 'refresh materialized view app.m'],
    [
      'file nodes',
      'reindex table app.counted; cluster app.counted using counted_pkey; alter table app.counted set without cluster; truncate app.counted',
    ],
    ['values of rows older than a column', 'insert into app.t select 1; alter table app.t add x int default 5; alter table app.t drop x'],
    ['OIDs', `drop function app.f(); create function app.f() returns int language sql as 'select 1'`],
    ['temporary objects', 'create temp table t (a int); create temp view v as select 1'],
    ['hints that once there was an index', 'create index gone on app.t (a); drop index app.gone'],
    ['that a rule or trigger was there', 'create rule r as on insert to app.t do nothing; drop rule r on app.t'],
    [
      'places of columns',
      'drop view app.v; drop materialized view app.m; alter table app.t add z int; alter table app.t drop a; alter table app.t add a int; alter table app.t drop z; create view app.v as select a from app.t; create materialized view app.m as select a from app.t with no data',
    ],
  ])('%s', (_, change) =>
    withDatabase(async ({ url }) => {
      await query(url, WITH_ROWS);
      const before = await planOf(url, WITH_ROWS);
      expect(before.isEmpty).toBe(true);
      await withClient(url, async (client) => {
        for (const statement of change.split('; ')) await client.query(statement);
        const after = await planOf(url, WITH_ROWS);
        expect(after.isEmpty).toBe(true);
        expect(after.document.plan.before).toEqual(before.document.plan.before);
      });
    }),
  );
});
