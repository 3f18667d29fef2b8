/** Another type for a column by way of a second one beside it: what happens to rows, what stops it, and what is left at the end. */
import { describe, expect, it, vi } from 'vitest';
import type { PlanDocument } from '../../src/core/plan.js';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf, statementsOf } from '../support/made-plan.js';
import { expectSchema } from './expect-schema.js';

vi.setConfig({ testTimeout: 120_000 });

const everything = { allow: [{ hazard: '*', address: null }], adopt: true } as const;
/** However small the table is. */
const beside = { ...everything, rewrite_bytes: 0 } as const;

const ORDERS = `
  create schema app;
  create table app.orders (
    id bigint generated always as identity primary key,
    total integer not null default 7,
    note text,
    constraint total_positive check (total >= 0)
  );
  create index orders_total on app.orders (total, note);
  create unique index orders_both on app.orders (id) include (total);
  comment on column app.orders.total is 'in cents';
  comment on index app.orders_total is 'by total';
  create view app.totals as select id, total from app.orders;
`;
const WIDER = ORDERS.replace('total integer', 'total bigint');
const ROWS = `insert into app.orders (total, note) select n, 'n' || n from generate_series(1, 5000) n`;

const phasesOf = ({ plan }: PlanDocument): readonly string[] => plan.steps.map(({ phase }) => phase);
const sums = (url: string): Promise<readonly { n: number; sum: number }[]> =>
  query(url, 'select count(*)::int as n, sum(total)::int as sum from app.orders');

describe('A column of a large table gets another type by way of a second one', () => {
  it('which is kept in step and filled in the expand phase, and takes its name in the contract phase', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${ORDERS} ${ROWS}`);
      const { document } = await planOf(url, WIDER, beside);
      expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
      expect(phasesOf(document)).toEqual([...phasesOf(document)].sort().reverse());
      expect(document.plan.steps.filter(({ backfill }) => backfill !== undefined)).toMatchObject([{ backfill: { key: ['id'] } }]);
      expect(statementsOf(document).filter((sql) => / TYPE /.test(sql))).toEqual([]);

      expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
      await query(url, 'insert into app.orders (total) values (99), (default)');
      await query(url, 'update app.orders set total = total + 1 where id <= 10');
      expect(await applyTo(url, document, { phase: 'contract' })).toMatchObject({ exitCode: 0 });
      expect(await sums(url)).toEqual([{ n: 5002, sum: 12_502_500 + 99 + 7 + 10 }]);
      await expectSchema(url, WIDER);
      expect(statementsOf((await planOf(url, WIDER, beside)).document)).toEqual([]);
    }));

  it('but in place where it is small, or with --direct', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${ORDERS} ${ROWS}`);
      const small = await planOf(url, WIDER, everything);
      const direct = await planOf(url, WIDER, { ...beside, online: false });
      for (const { document } of [small, direct]) {
        expect(statementsOf(document).filter((sql) => / TYPE bigint/.test(sql))).toHaveLength(1);
        expect(document.plan.steps.flatMap(({ hazards }) => hazards.map(({ code }) => code))).toContain('change-type-rewrite');
      }
    }));

  it.each([
    ['a stored column is computed from it', 'n integer, twice integer generated always as (n * 2) stored', '', 'twice is computed from it'],
    [
      'an index is over an expression of it',
      'n integer, twice integer',
      'create index e on app.t ((n + 1));',
      'index:app.t.e cannot be built beside itself',
    ],
    ['its table has children', 'n integer, twice integer', 'create table app.c () inherits (app.t);', 'its table has children'],
    [
      'a partition has an index over it',
      'n integer, id integer default 1 primary key) partition by range (id',
      'create table app.c partition of app.t default; create index i on app.c (n);',
      'its table has partitions, and index:app.c.i leans on it',
    ],
    [
      'its table is partitioned and has no key',
      'n integer, id integer) partition by range (id',
      'create table app.c partition of app.t default;',
      'its table has partitions and no key by which all rows are gone through',
    ],
  ])('but in place, with the reason, where %s', (_what, columns, more, reason) =>
    withDatabase(async ({ url }) => {
      const before = `create schema app; create table app.t (${columns}); ${more}`;
      await query(url, `${before} insert into app.t (n) values (1)`);
      const { document } = await planOf(url, before.replace('n integer', 'n bigint').replace('* 2', '* 2::bigint'), beside);
      const hazards = document.plan.steps.flatMap((step) => step.hazards);
      expect(hazards).toContainEqual(expect.objectContaining({ code: 'change-type-rewrite', message: expect.stringContaining(reason) }));
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    }),
  );

  it('by blocks where the table has no key, nulls among its values', () =>
    withDatabase(async ({ url }) => {
      const before = 'create schema app; create table app.log (at integer, what text);';
      const after = before.replace('at integer', 'at timestamptz -- schemactl: using to_timestamp(at)\n');
      await query(url, `${before} insert into app.log select nullif(n % 7, 0), 'n' from generate_series(1, 20000) n`);
      const { document } = await planOf(url, after, beside);
      expect(document.plan.steps.filter(({ backfill }) => backfill !== undefined)).toMatchObject([{ backfill: { key: [] } }]);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      const wrong = `select count(*)::int as n from app.log where (at is null) <> (extract(epoch from at) is null)`;
      expect(await query(url, wrong)).toEqual([{ n: 0 }]);
      expect(await query(url, 'select count(*)::int as n, count(at)::int as filled from app.log')).toEqual([{ n: 20_000, filled: 17_143 }]);
      await expectSchema(url, after);
    }));
});

describe('A backfill', () => {
  it('that is interrupted goes on at the key where it stopped', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${ORDERS} ${ROWS}`);
      const { document } = await planOf(url, WIDER, beside);
      const stop = new AbortController();
      const first = await applyTo(url, document, {
        signal: stop.signal,
        onEvent: (event) => {
          if (event.type === 'rows_done') stop.abort();
        },
      });
      expect(first.exitCode).toBe(130);
      const [progress] = await query<{ rows_done: number; at: readonly string[] }>(
        url,
        `select rows_done::int, position->'at' as at from schemactl.progress`,
      );
      expect(progress).toEqual({ rows_done: 1000, at: ['1000'] });
      const done: number[] = [];
      const second = await applyTo(url, document, {
        onEvent: (event) => {
          if (event.type === 'rows_done') done.push(event.done);
        },
      });
      expect(second).toMatchObject({ exitCode: 0 });
      expect(done[0]).toBeGreaterThan(1000);
      expect(done.at(-1)).toBe(5000);
      expect(await sums(url)).toEqual([{ n: 5000, sum: 12_502_500 }]);
    }));
});

describe('The old column stays as long as a row says otherwise in the new one', () => {
  it('which stops the contract with the keys, and lets it go on once they are repaired', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${ORDERS} ${ROWS}`);
      const { document } = await planOf(url, WIDER, beside);
      expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
      await query(url, `set session_replication_role = replica; alter table app.orders disable trigger all`);
      await query(url, 'update app.orders set total = 0 where id in (5, 17)');
      await query(url, 'alter table app.orders enable always trigger zz_orders_total_in_step');
      const refused = await applyTo(url, document, { phase: 'contract' });
      expect(refused).toMatchObject({
        exitCode: 5,
        diagnostics: [{ code: 'SC5303', summary: expect.stringContaining('2 rows of app.orders'), detail: 'id = 5\nid = 17' }],
      });
      await query(url, 'update app.orders set note = note where id in (5, 17)');
      expect(await applyTo(url, document, { phase: 'contract' })).toMatchObject({ exitCode: 0 });
      await expectSchema(url, WIDER);
    }));
});

it('A small table that a large one refers to is changed beside itself too', () =>
  withDatabase(async ({ url }) => {
    const before = `create schema app; create table app.kinds (id integer primary key);
      create table app.things (id integer primary key, kind integer not null references app.kinds, note text);`;
    await query(
      url,
      `${before} insert into app.kinds select generate_series(1, 10);
      insert into app.things select n, 1 + n % 10, repeat('x', 100) from generate_series(1, 2000) n; analyze`,
    );
    const after = before.replace('app.kinds (id integer', 'app.kinds (id bigint').replace('kind integer', 'kind bigint');
    // Between the sizes of the two.
    const { document } = await planOf(url, after, { ...everything, rewrite_bytes: 100_000 });
    expect(document.plan.steps.flatMap(({ backfill }) => backfill?.table ?? []).sort()).toEqual(['table:app.kinds', 'table:app.things']);
    expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    await expectSchema(url, after);
  }));
