/** New columns that are filled from others, as their declarations say: split, merged, moved over, while old programs go on. */
import { expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf, planRefusal, statementsOf } from '../support/made-plan.js';
import { expectSchema } from './expect-schema.js';

vi.setConfig({ testTimeout: 120_000 });

const BEFORE = `create schema app;
  create table app.people (id integer primary key, name text, joined integer not null default 2000);`;
const AFTER = `create schema app;
  create table app.people (
    id integer primary key,
    joined integer not null default 2000,
    first text, -- schemactl: backfill split_part(name, ' ', 1)
    last text not null default '?', -- schemactl: backfill coalesce(nullif(split_part(name, ' ', 2), ''), '-')
    decade integer -- schemactl: backfill joined / 10 * 10
  );
  create index people_last on app.people (last, first);`;
const allowed = { allow: [{ hazard: '*', address: null }], adopt: true } as const;

it('old programs write what they know, new ones what they know, and both are right', () =>
  withDatabase(async ({ url }) => {
    await query(
      url,
      `${BEFORE} insert into app.people select n, case when n % 10 > 0 then 'F' || n || ' L' || n end, 1990 + n % 30 from generate_series(1, 3000) n`,
    );
    const { document } = await planOf(url, AFTER, allowed);
    expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
    const index = document.plan.steps.find(({ statements }) => statements.some(({ sql }) => sql.startsWith('CREATE INDEX')));
    expect(index).toMatchObject({ phase: 'expand', transaction: 'none' });
    expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
    const wrong = `select count(*)::int as n from app.people where first is distinct from nullif(split_part(name, ' ', 1), '')
      or last is distinct from coalesce(nullif(split_part(name, ' ', 2), ''), '-') or decade is distinct from joined / 10 * 10`;
    expect(await query(url, wrong)).toEqual([{ n: 0 }]);

    const of = (id: number) => query(url, `select first, last, decade from app.people where id = ${id}`);
    await query(url, `insert into app.people (id, name) values (9001, 'Ada Lovelace')`);
    expect(await of(9001)).toEqual([{ first: 'Ada', last: 'Lovelace', decade: 2000 }]);
    await query(url, `update app.people set name = 'Ada King', joined = 1835 where id = 9001`);
    expect(await of(9001)).toEqual([{ first: 'Ada', last: 'King', decade: 1830 }]);
    await query(url, `insert into app.people (id, first, last, decade) values (9002, 'Alan', 'Turing', 1950)`);
    expect(await of(9002)).toEqual([{ first: 'Alan', last: 'Turing', decade: 1950 }]);
    await query(url, `update app.people set last = 'T' where id = 9002; update app.people set id = id where id = 9002`);
    expect(await of(9002)).toEqual([{ first: 'Alan', last: 'T', decade: 1950 }]);

    expect(await applyTo(url, document, { phase: 'contract' })).toMatchObject({ exitCode: 0 });
    await expectSchema(url, AFTER);
    expect(statementsOf((await planOf(url, AFTER)).document)).toEqual([]);
  }));

it('with --direct, in one go', () =>
  withDatabase(async ({ url }) => {
    await query(url, `${BEFORE} insert into app.people select n, 'F' || n || ' L' || n from generate_series(1, 100) n`);
    const { document } = await planOf(url, AFTER, { ...allowed, online: false });
    expect(document.plan.steps.some(({ backfill }) => backfill !== undefined)).toBe(false);
    expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    expect(await query(url, `select first, last, decade from app.people where id = 7`)).toEqual([
      { first: 'F7', last: 'L7', decade: 2000 },
    ]);
    await expectSchema(url, AFTER);
  }));

it('a stored generated column of another type holds what its expression gives, not what was made of its old value', () =>
  withDatabase(async ({ url }) => {
    const before =
      'create schema app; create table app.t (id bigint primary key, n real generated always as (id * 1) stored, m smallint generated always as (id % 7) stored);';
    const after = before.replace('n real', 'n bigint').replace('m smallint', 'm integer');
    await query(url, `${before} insert into app.t (id) values (16777217)`);
    const { document } = await planOf(url, after, allowed);
    expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    expect(await query(url, 'select n::text, m from app.t')).toEqual([{ n: '16777217', m: 16777217 % 7 }]);
    await expectSchema(url, after);
  }));

const NAMES = `create schema app;
  create table app.people (id integer primary key, name text not null);`;
const SPLIT = `create schema app;
  create table app.people (
    id integer primary key,
    first text not null, -- schemactl: backfill split_part(name, ' ', 1)
    -- schemactl: backfill substr(name, length(split_part(name, ' ', 1)) + 2)
    -- schemactl: down name = first || case when last = '' then '' else ' ' || last end
    last text not null
  );`;

it('with the way back (`down`) old programs read what new ones write, and what would not come back as it was is found before anything is done', () =>
  withDatabase(async ({ url }) => {
    await query(url, `${NAMES} insert into app.people select n, 'F' || n || ' L' || n || ' X' from generate_series(1, 500) n`);
    await query(url, `insert into app.people values (501, 'Trailing ')`);
    const { document } = await planOf(url, SPLIT, allowed);
    const stopped = await applyTo(url, document, { phase: 'expand' });
    expect(stopped.diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'SC5303',
        summary: expect.stringContaining('1 row of app.people have a value in name that would not come back'),
        detail: 'id = 501',
      },
    ]);
    expect(
      await query(
        url,
        `select count(*)::int as n from pg_attribute where attrelid = 'app.people'::regclass and attname in ('first', 'last')`,
      ),
    ).toEqual([{ n: 0 }]);
    await query(url, `update app.people set name = 'Trailing' where id = 501`);
    expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });

    const of = async (id: number) => (await query(url, `select name, first, last from app.people where id = ${id}`))[0];
    await query(url, `insert into app.people (id, first, last) values (601, 'Ada', 'Lovelace')`);
    expect(await of(601)).toEqual({ name: 'Ada Lovelace', first: 'Ada', last: 'Lovelace' });
    await query(url, `update app.people set last = '' where id = 601`);
    expect(await of(601)).toEqual({ name: 'Ada', first: 'Ada', last: '' });
    await query(url, `update app.people set name = 'Ada King Byron' where id = 601`);
    expect(await of(601)).toEqual({ name: 'Ada King Byron', first: 'Ada', last: 'King Byron' });
    await query(url, `insert into app.people (id, name) values (602, 'Old  Way')`);
    expect(await of(602)).toEqual({ name: 'Old  Way', first: 'Old', last: ' Way' });

    // What no column says any more after the contract phase stops it.
    await query(url, `insert into app.people (id, name) values (603, 'Odd ')`);
    const held = await applyTo(url, document, { phase: 'contract' });
    expect(held.diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'SC5303', detail: 'id = 603' }]);
    await query(url, `update app.people set name = 'Odd' where id = 603`);
    expect(await applyTo(url, document, { phase: 'contract' })).toMatchObject({ exitCode: 0 });
    await expectSchema(url, SPLIT);
    expect(await query(url, `select count(*)::int as n from app.people where first || last like '%L%X'`)).toEqual([{ n: 500 }]);
  }));

it('a way back to a column that stays is an error at its place', () =>
  withDatabase(async ({ url }) => {
    await query(url, `${NAMES} insert into app.people values (1, 'Ada Lovelace')`);
    const kept = SPLIT.replace('id integer primary key,', 'id integer primary key, name text not null,');
    const refused = await planRefusal(url, kept, allowed);
    expect(refused.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'SC2408', address: 'column:app.people.last' }]);
    const broken = await planRefusal(url, SPLIT.replace('down name = first', 'down name = first first'), allowed);
    expect(broken.map(({ code }) => code)).toContain('SC1024');
  }));
