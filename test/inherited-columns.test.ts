/** What a column holds in tables that inherit it, when it goes from their parent alone: their rows keep it. */
import { expect, it, vi } from 'vitest';
import { query, withDatabase } from './support/database.js';
import { applyTo, planOf, statementsOf } from './support/made-plan.js';

vi.setConfig({ testTimeout: 120_000 });

const ALLOWED = { adopt: true, allow: [{ hazard: '*', address: null }] } as const;

const BEFORE = `create schema app; create table app.base (a integer, b text, c text); create table app.child (d integer) inherits (app.base);
  create table app.grandchild () inherits (app.child); create table app.other () inherits (app.base)`;
const ROWS = `insert into app.base values (1, 'base', 'x'); insert into app.child values (2, 'child', 'x');
  insert into app.grandchild values (3, 'grandchild', 'x'); insert into app.other values (4, 'other', 'x')`;
const AFTER = `create schema app; create table app.base (a integer, c text); create table app.child (b text, d integer) inherits (app.base);
  create table app.grandchild () inherits (app.child); create table app.other () inherits (app.base)`;

it('a column that goes from a parent and stays in a child keeps its values there', () =>
  withDatabase(async ({ url }) => {
    await query(url, `${BEFORE}; ${ROWS}`);
    const { document } = await planOf(url, AFTER, ALLOWED);
    expect(statementsOf(document)).toEqual(['ALTER TABLE ONLY app.base DROP COLUMN b', 'ALTER TABLE app.other DROP COLUMN b']);
    expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
    expect((await applyTo(url, document)).exitCode).toBe(0);
    expect(await query(url, 'select b from app.child order by a')).toEqual([{ b: 'child' }, { b: 'grandchild' }]);
    expect((await planOf(url, AFTER, ALLOWED)).document.plan.steps).toEqual([]);
  }));

it('and one that goes to the parent is one column with it', () =>
  withDatabase(async ({ url }) => {
    await query(
      url,
      `${AFTER}; insert into app.child (a, b) values (2, 'child'); insert into app.grandchild (a, b) values (3, 'grandchild')`,
    );
    const { document } = await planOf(url, BEFORE, ALLOWED);
    expect(statementsOf(document)).toEqual(['ALTER TABLE app.base ADD COLUMN b text']);
    expect((await applyTo(url, document)).exitCode).toBe(0);
    expect(await query(url, 'select b from app.base order by a')).toEqual([{ b: 'child' }, { b: 'grandchild' }]);
  }));

it('a column of a table whose parent goes stays with its values', () =>
  withDatabase(async ({ url }) => {
    const child = 'create schema app; create table app.child (a integer, b text, d integer)';
    await query(
      url,
      'create schema app; create table app.base (a integer, b text); create table app.child (d integer) inherits (app.base)',
    );
    await query(url, `insert into app.child values (2, 'child', 3)`);
    const { document } = await planOf(url, child, { ...ALLOWED, manage: ['app'] });
    expect(statementsOf(document)).toEqual(['ALTER TABLE app.child NO INHERIT app.base', 'DROP TABLE app.base']);
    expect((await applyTo(url, document)).exitCode).toBe(0);
    expect(await query(url, 'select * from app.child')).toEqual([{ a: 2, b: 'child', d: 3 }]);
  }));
