/** Transactions that would keep readers and writers out of one table while they wait for another are cut, where a table is large. */
import { expect, it, vi } from 'vitest';
import type { PlanDocument } from '../../src/core/plan.js';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf } from '../support/made-plan.js';
import { expectSchema } from './expect-schema.js';

vi.setConfig({ testTimeout: 60_000 });

const TABLES = ['one', 'two', 'three'].map((name) => `create table app.${name} (id integer primary key, n integer);`).join('\n');
const BEFORE = `create schema app;\n${TABLES}`;
const AFTER = BEFORE.replaceAll('n integer', 'n integer, note text');
const allowed = { allow: [{ hazard: '*', address: null }], adopt: true } as const;

const locksOf = ({ plan }: PlanDocument): readonly string[] => plan.steps.map(({ lock }) => lock?.address ?? '').toSorted();

it('each large table has a transaction of its own, what belongs to none goes with the first, and small ones stay together', () =>
  withDatabase(async ({ url }) => {
    await query(url, `${BEFORE} insert into app.one select n, n from generate_series(1, 100) n`);
    const after = `${AFTER}
      create table app.four (id integer);`;
    const { document } = await planOf(url, after, { ...allowed, rewrite_bytes: 0 });
    expect(locksOf(document)).toEqual(['table:app.one', 'table:app.three', 'table:app.two']);
    expect(locksOf((await planOf(url, after, allowed)).document)).toHaveLength(1);
    expect(locksOf((await planOf(url, after, { ...allowed, rewrite_bytes: 0, online: false })).document)).toHaveLength(1);
    expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    await expectSchema(url, after);
  }));

it('what holds on to two tables keeps them together: nobody may find it gone in between', () =>
  withDatabase(async ({ url }) => {
    const view = (columns: string): string =>
      `create view app.both as select o.id, ${columns} from app.one o join app.two t on t.id = o.id;`;
    const before = `${BEFORE} ${view('o.n, t.n as m')}`;
    await query(url, `${before} insert into app.one select n, n from generate_series(1, 100) n`);
    const wider = BEFORE.replace('one (id integer primary key, n integer', 'one (id integer primary key, n varchar(9)');
    const after = `${wider.replace('two (id integer primary key, n integer', 'two (id integer primary key, n varchar(9)')} ${view('o.n, t.n as m')}`;
    const { document } = await planOf(url, after, { ...allowed, rewrite_bytes: 100_000 });
    const steps = document.plan.steps.map(({ statements }) => statements.map(({ sql }) => sql).join('\n'));
    expect(steps.filter((sql) => sql.includes('DROP VIEW'))).toEqual(steps.filter((sql) => sql.includes('CREATE VIEW')));
    expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
    await expectSchema(url, after);
  }));
