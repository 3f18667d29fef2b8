/** Names not given are not compared: whatever the server or somebody else called a thing, its structure is what counts. */
import { describe, expect, it, vi } from 'vitest';
import { createDatabase, query, withDatabase } from '../support/database.js';
import { migrate, planOf, statementsOf } from '../support/made-plan.js';

// Several plans each, and a server may be busy.
vi.setConfig({ testTimeout: 120_000 });

const everything = { allow: [{ hazard: '*', address: null }], adopt: true } as const;

describe('Names not given are not compared', () => {
  const LIVE = `
    create schema app;
    create table app.parent (id int, constraint its_key primary key (id));
    create table app.t (a int, b int, p int,
      constraint its_unique unique (a), constraint its_check check (b > 0), constraint its_parent foreign key (p) references app.parent);
    create index its_index on app.t (b);
    alter table app.t add constraint never_both exclude using btree (b with =);
  `;
  const UNNAMED = `
    create schema app;
    create table app.parent (id int primary key);
    create table app.t (a int unique, b int check (b > 0), p int references app.parent, exclude using btree (b with =));
    create index on app.t (b);
  `;

  it('a unique, check, primary, foreign and exclusion constraint and an index adopt the live name', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      expect((await planOf(url, UNNAMED, everything)).isEmpty).toBe(true);
    }));

  it('a change of another part leaves the adopted names as they are', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const { document } = await migrate(url, UNNAMED.replace('b int check', 'c int, b int check'), everything);
      expect(statementsOf(document)).toHaveLength(1);
      expect(await query(url, `select from pg_constraint where conname in ('its_unique', 'its_check', 'its_parent')`)).toHaveLength(3);
    }));

  it('names: strict compares them', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const { document } = await planOf(url, UNNAMED, { ...everything, strictNames: true });
      const addresses = document.plan.changes.map(({ address }) => address);
      expect(addresses).toContain('constraint:app.t.t_a_key');
      expect(addresses).toContain('constraint:app.t.its_unique');
    }));

  it('a name that is given is compared', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const { document } = await planOf(url, UNNAMED.replace('a int unique', 'a int constraint mine unique'), everything);
      expect(document.plan.changes.map(({ address }) => address)).toEqual(
        expect.arrayContaining(['constraint:app.t.mine', 'constraint:app.t.its_unique']),
      );
    }));

  it('of two equal ones each keeps its own', () =>
    withDatabase(async ({ url }) => {
      const twice = 'create schema app; create table app.t (a int); create index on app.t (a); create index on app.t (a);';
      await migrate(url, twice);
      expect((await planOf(url, twice)).isEmpty).toBe(true);
    }));

  it('PostgreSQL 18 has names for NOT NULL, which would differ for ever', async () => {
    const database = await createDatabase({ major: 18 });
    try {
      const live = 'create schema app; create table app.t (a int constraint somebodys_name not null, b int, primary key (b))';
      await query(database.url, live);
      const desired = 'create schema app; create table app.t (a int not null, b int primary key);';
      const options = { ...everything, scratchMajor: 18 };
      expect((await planOf(database.url, desired, options)).isEmpty).toBe(true);
      await query(database.url, 'alter table app.t rename a to c; alter table app.t rename c to a');
      expect((await planOf(database.url, desired, options)).isEmpty).toBe(true);
    } finally {
      await database.drop();
    }
  });
});

describe('Positions are never a difference by themselves', () => {
  it('columns in another order, and after dropped ones', () =>
    withDatabase(async ({ url }) => {
      await query(
        url,
        'create schema app; create table app.t (z int, a int, b text); alter table app.t drop z; alter table app.t add c date',
      );
      expect((await planOf(url, 'create schema app; create table app.t (c date, b text, a int);')).isEmpty).toBe(true);
    }));
});

describe('Text that is not a fixpoint converges', () => {
  it('what the server prints of a declaration, read again, is other text, and the second plan is empty', () =>
    withDatabase(async ({ url }) => {
      // varchar in (…) prints as a list of text[] casts, and that text prints as another one.
      const desired = `create schema app;
        create table app.t (s varchar(10) check (s in ('a', 'b')), n int check (n between 1 and 9),
                            d date default ('now'::text)::date, x varchar generated always as (lower(s)) stored);
        create view app.v as select s from app.t where s in ('a', 'b') and n between 1 and 9;`;
      await migrate(url, desired);
      expect((await planOf(url, desired)).isEmpty).toBe(true);
      const [row] = await query<{ text: string }>(
        url,
        `select pg_get_constraintdef(oid) as text from pg_constraint where conname = 't_s_check'`,
      );
      const again = desired.replace(`check (s in ('a', 'b'))`, () => `${row?.text.replace(/^/, 'constraint t_s_check ')}`);
      expect(again).not.toBe(desired);
      expect((await planOf(url, again)).isEmpty, 'written as the server prints it').toBe(true);
    }));
});
