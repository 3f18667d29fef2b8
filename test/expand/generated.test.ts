/** Generated columns: what PostgreSQL writes anew for them and what it does not, and that plans say so. */
import { describe, expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf, statementsOf } from '../support/made-plan.js';

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

  it('one more stored column writes the table anew, and the hazard says how much that is and that there is no other way', () =>
    withDatabase(
      async ({ url }) => {
        await query(url, `${PLAIN} ${ROWS}`);
        const before = await fileOf(url);
        const { document } = await planOf(url, ADDED, large);
        const [hazard] = document.plan.steps.flatMap(({ hazards }) => hazards);
        expect(hazard?.code).toBe('add-stored-generated');
        expect(hazard?.message).toContain('about 3000 rows in 1 MB, which takes about 1 s; PostgreSQL has no way to one that keeps');
        expect(hazard?.message.includes('a virtual one writes nothing')).toBe(major >= 18);
        expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
        expect(await fileOf(url)).not.toBe(before);
      },
      { major },
    ));

  it('a filled plain column cannot be made one: no statement does it, and the plan makes the column anew', () =>
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

  it('another expression of a stored column writes the table anew, and the hazard says how much that is', () =>
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
