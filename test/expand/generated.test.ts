/** Generated columns: what PostgreSQL writes anew for them and what it does not, that plans say so, and that a second table takes its place where it can. */
import { describe, expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { abortOf, applyTo, planOf, statementsOf } from '../support/made-plan.js';
import { COMPUTED } from './computed-changes.js';
import { expectSchema } from './expect-schema.js';

vi.setConfig({ testTimeout: 120_000 });

const PLAIN = 'create schema app; create table app.t (a integer, b integer);';
const generated = (kind: string, by = 2): string =>
  `create schema app; create table app.t (a integer, b integer generated always as (a * ${by}) ${kind});`;
const ADDED = 'create schema app; create table app.t (a integer, b integer, c integer generated always as (a * 2) stored);';
const ROWS = 'insert into app.t (a) select n from generate_series(1, 3000) n; analyze app.t';

const fileOf = async (url: string): Promise<string> =>
  String((await query<{ node: string }>(url, `select pg_relation_filenode('app.t')::text as node`))[0]?.node);

describe.each([15, 18])('on PostgreSQL %i', (major) => {
  const large = { allow: [{ hazard: '*', address: null }], adopt: true, rewrite_bytes: 0, scratchMajor: major } as const;

  it('without a key one more stored column writes the table anew, and the hazard says how much that is and why', () =>
    withDatabase(
      async ({ url }) => {
        await query(url, `${PLAIN} ${ROWS}`);
        const before = await fileOf(url);
        const { document } = await planOf(url, ADDED, large);
        const [hazard] = document.plan.steps.flatMap(({ hazards }) => hazards);
        expect(hazard?.code).toBe('add-stored-generated');
        expect(hazard?.message).toContain(
          'about 3000 rows in 1 MB, which takes about 1 s; a second table cannot take its place, because it will have no key',
        );
        expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
        expect(await fileOf(url)).not.toBe(before);
      },
      { major },
    ));

  it('a filled plain column cannot be made one: no statement does it, and without a key the plan makes the column anew', () =>
    withDatabase(
      async ({ url }) => {
        await query(url, `${PLAIN} ${ROWS}`);
        const alter = 'alter table app.t alter column b';
        for (const attempt of ['add generated always as (a * 2) stored', 'set generated always as (a * 2) stored'])
          await expect(query(url, `${alter} ${attempt}`)).rejects.toThrow('syntax error');
        await expect(query(url, `${alter} set expression as (a * 2)`)).rejects.toThrow(
          major < 17 ? 'syntax error' : 'column "b" of relation "t" is not a generated column',
        );
        // Not by way of another table either, which takes the rows over with its structure.
        const parent = 'create table app.up (a integer, b integer generated always as (a * 2) stored)';
        await expect(query(url, `${parent}; alter table app.t inherit app.up`)).rejects.toThrow('must be a generated column');
        const partitioned = 'create table app.up (a integer, b integer generated always as (a * 2) stored) partition by range (a)';
        await expect(query(url, `${partitioned}; alter table app.up attach partition app.t default`)).rejects.toThrow(
          'must be a generated column',
        );
        const { document } = await planOf(url, generated('stored'), large);
        expect(statementsOf(document)).toEqual([
          'ALTER TABLE app.t DROP COLUMN b',
          'ALTER TABLE app.t ADD COLUMN b integer GENERATED ALWAYS AS ((a * 2)) STORED',
        ]);
        expect(document.plan.steps.flatMap(({ hazards }) => hazards.map(({ code }) => code))).toEqual([
          'drop-column',
          'add-stored-generated',
        ]);
      },
      { major },
    ));

  it('one that is computed becomes plain without a row being touched', () =>
    withDatabase(
      async ({ url }) => {
        await query(url, `${generated('stored')} ${ROWS}`);
        const before = await fileOf(url);
        const { document } = await planOf(url, PLAIN, large);
        expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
        expect(await fileOf(url)).toBe(before);
        expect(await query(url, 'select count(*)::int as n from app.t where b = a * 2')).toEqual([{ n: 3000 }]);
      },
      { major },
    ));
});

describe('on PostgreSQL 18', () => {
  const large = { allow: [{ hazard: '*', address: null }], adopt: true, rewrite_bytes: 0, scratchMajor: 18 } as const;

  it('a virtual column is there at once, and so is another expression of it', () =>
    withDatabase(
      async ({ url }) => {
        await query(url, `create schema app; create table app.t (a integer); ${ROWS}`);
        const before = await fileOf(url);
        for (const by of [2, 3]) {
          const { document } = await planOf(url, generated('virtual', by), large);
          expect(document.plan.steps.flatMap(({ hazards }) => hazards)).toEqual([]);
          expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
          expect(await query(url, `select count(*)::int as n from app.t where b = a * ${by}`)).toEqual([{ n: 3000 }]);
        }
        expect(await fileOf(url)).toBe(before);
      },
      { major: 18 },
    ));

  it('without a key another expression of a stored column writes the table anew, and the hazard says how much that is', () =>
    withDatabase(
      async ({ url }) => {
        await query(url, `${generated('stored')} ${ROWS}`);
        const before = await fileOf(url);
        const { document } = await planOf(url, generated('stored', 3), large);
        expect(statementsOf(document)).toEqual(['ALTER TABLE app.t ALTER COLUMN b SET EXPRESSION AS ((a * 3))']);
        expect(document.plan.steps[0]?.hazards[0]?.message).toContain('about 3000 rows in 1 MB, which takes about 1 s');
        expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
        expect(await fileOf(url)).not.toBe(before);
      },
      { major: 18 },
    ));
});

describe('a second table takes the place of one with a key', () => {
  const large = { allow: [{ hazard: '*', address: null }], adopt: true, rewrite_bytes: 0 } as const;
  const errorsOf = (outcome: Awaited<ReturnType<typeof applyTo>>): readonly unknown[] =>
    outcome.diagnostics.filter(({ severity }) => severity === 'error');

  it.each(Object.entries(COMPUTED))('%s', (_name, { before, after, rows, meanwhile, holds }) =>
    withDatabase(async ({ url }) => {
      await query(url, `${before} ${rows}`);
      const { document } = await planOf(url, after, large);
      expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
      expect(document.plan.steps.some(({ backfill }) => backfill !== undefined)).toBe(true);
      expect(errorsOf(await applyTo(url, document, { phase: 'expand' }))).toEqual([]);
      const between = await planOf(url, after, large);
      expect(statementsOf(between.document)).toEqual([]);
      await query(url, meanwhile);
      expect(errorsOf(await applyTo(url, document))).toEqual([]);
      expect(Object.values((await query<Record<string, boolean>>(url, holds))[0] ?? {})).toEqual([true]);
      await expectSchema(url, after);
    }),
  );

  it('is told apart from what loses values: that a plain column is computed from now on is destructive', () =>
    withDatabase(async ({ url }) => {
      const hazardsOf = async (name: string): Promise<readonly string[]> => {
        const { before, after } = COMPUTED[name] ?? { before: '', after: '' };
        await query(url, `drop schema if exists app cascade; ${before}`);
        const { document } = await planOf(url, after, large);
        return document.plan.steps.flatMap(({ hazards }) =>
          hazards.filter(({ destructive }) => destructive).map(({ code, address }) => `${code} ${address}`),
        );
      };
      expect(await hazardsOf('a stored column is new, with an index, a check and NOT NULL')).toEqual([]);
      expect(await hazardsOf('a plain column becomes one that is computed')).toEqual(['drop-column column:app.bills.gross']);
    }));

  it('is taken back after its expand phase', () =>
    withDatabase(async ({ url }) => {
      const { before, after, rows } = COMPUTED['a stored column is new, with an index, a check and NOT NULL'] ?? {
        before: '',
        after: '',
        rows: '',
      };
      await query(url, `${before} ${rows}`);
      const { document } = await planOf(url, after, large);
      await applyTo(url, document, { phase: 'expand' });
      await abortOf(url, document);
      await expectSchema(url, before);
      expect(await query(url, 'select count(*)::int as n from app.bills')).toEqual([{ n: 3000 }]);
    }));

  it('is not made for one that is stored otherwise in the same plan, and the hazard says so', () =>
    withDatabase(async ({ url }) => {
      const { before, after } = COMPUTED['a stored column is computed otherwise'] ?? { before: '', after: '' };
      await query(url, before);
      const unlogged = after
        .replace('create table app.bills', 'create unlogged table app.bills')
        .replace('create table app.payments', 'create unlogged table app.payments');
      const { document } = await planOf(url, unlogged, large);
      const [message] = document.plan.steps.flatMap(({ hazards }) =>
        hazards.filter(({ code }) => code === 'add-stored-generated').map((each) => each.message),
      );
      expect(message).toContain('a second table cannot take its place, because it is stored otherwise in the same plan');
    }));

  it('is not made for a small table, nor with --direct', () =>
    withDatabase(async ({ url }) => {
      const { before, after, rows } = COMPUTED['a stored column is computed otherwise'] ?? { before: '', after: '', rows: '' };
      await query(url, `${before} ${rows}; analyze app.bills`);
      for (const options of [{ rewrite_bytes: 16_000_000 }, { online: false }])
        expect(
          (await planOf(url, after, { ...large, ...options })).document.plan.steps.some(({ backfill }) => backfill !== undefined),
        ).toBe(false);
    }));
});
