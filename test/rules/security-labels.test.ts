/**
 * Rules of security labels, by their sentences. No label provider is loaded here (they are libraries of the server), so labels are put into
 * the catalog as a provider would have; that a provider takes a label is not tried.
 */
import { describe, expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf, statementsOf } from '../support/made-plan.js';

vi.setConfig({ testTimeout: 120_000 });

const everything = { allow: [{ hazard: '*', address: null }], adopt: true, manage: ['*'] } as const;

const OBJECTS = `create schema app; create table app.t (a int, b text); create view app.v as select a from app.t;
  create materialized view app.m as select a from app.t; create sequence app.s; create type app.mood as enum ('sad');
  create domain app.d as int; create type app.pair as (x int); create function app.f(a int, out b text) language sql as $$ select 'x' $$;
  create procedure app.p() language sql as ''; create aggregate app.total(int) (sfunc = int4pl, stype = int);
  create publication pub; create subscription sub connection 'host=/nowhere' publication p with (connect = false, slot_name = none);`;

/** What is labelled, with its row in the catalog. */
const LABELLED: readonly (readonly [target: string, catalog: string, oid: string, subid: number])[] = [
  ['SCHEMA app', 'pg_namespace', `'app'::regnamespace`, 0],
  ['TABLE app.t', 'pg_class', `'app.t'::regclass`, 0],
  ['COLUMN app.t.b', 'pg_class', `'app.t'::regclass`, 2],
  ['VIEW app.v', 'pg_class', `'app.v'::regclass`, 0],
  ['COLUMN app.v.a', 'pg_class', `'app.v'::regclass`, 1],
  ['MATERIALIZED VIEW app.m', 'pg_class', `'app.m'::regclass`, 0],
  ['SEQUENCE app.s', 'pg_class', `'app.s'::regclass`, 0],
  ['TYPE app.mood', 'pg_type', `'app.mood'::regtype`, 0],
  ['TYPE app.pair', 'pg_type', `'app.pair'::regtype`, 0],
  ['DOMAIN app.d', 'pg_type', `'app.d'::regtype`, 0],
  ['FUNCTION app.f(integer)', 'pg_proc', `'app.f(integer)'::regprocedure`, 0],
  ['PROCEDURE app.p()', 'pg_proc', `'app.p()'::regprocedure`, 0],
  ['AGGREGATE app.total(integer)', 'pg_proc', `'app.total(integer)'::regprocedure`, 0],
  ['PUBLICATION pub', 'pg_publication', `(select oid from pg_publication where pubname = 'pub')`, 0],
];
const SUBSCRIPTION = `insert into pg_shseclabel (objoid, classoid, provider, label)
  select oid, 'pg_subscription'::regclass, 'dummy', 'secret' from pg_subscription where subname = 'sub'`;
const inserted = [
  ...LABELLED.map(
    ([, catalog, oid, subid]) =>
      `insert into pg_seclabel (objoid, classoid, objsubid, provider, label) values (${oid}, '${catalog}'::regclass, ${subid}, 'dummy', 'secret')`,
  ),
  SUBSCRIPTION,
].join(';');
const TARGETS = [...LABELLED.map(([target]) => target), 'SUBSCRIPTION sub'];
const labels = (label: string): string => TARGETS.map((target) => `SECURITY LABEL FOR dummy ON ${target} IS ${label};`).join('\n');

/** Rows of the cluster outlive their database. */
const FORGET = `delete from pg_shseclabel where provider = 'dummy'`;

describe('Labels are read wherever SECURITY LABEL puts them, and come back as that statement', () => {
  it('as declared: no difference; otherwise: one statement each; undeclared: nothing, but where all is managed', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${OBJECTS} ${inserted}`);
      try {
        const same = await planOf(url, `${OBJECTS} ${labels(`'secret'`)}`, everything);
        expect(statementsOf(same.document)).toEqual([]);
        const other = await planOf(url, `${OBJECTS} ${labels(`'it''s public'`)}`, everything);
        const expected = TARGETS.map((target) => `SECURITY LABEL FOR dummy ON ${target} IS 'it''s public'`);
        expect([...statementsOf(other.document)].sort()).toEqual([...expected].sort());
        expect(other.document.plan.steps.every(({ proven }) => proven === true)).toBe(true);
        const gone = await planOf(url, OBJECTS, everything);
        expect([...statementsOf(gone.document)].sort()).toEqual(
          TARGETS.map((target) => `SECURITY LABEL FOR dummy ON ${target} IS NULL`).sort(),
        );
        const alone = await planOf(url, OBJECTS, { ...everything, manage: [] });
        expect(statementsOf(alone.document)).toEqual([]);
      } finally {
        await query(url, FORGET);
      }
    }));
});

describe('A label is what its provider makes of it', () => {
  it('where none is loaded the server refuses the statement, and apply says so', () =>
    withDatabase(async ({ url }) => {
      const desired = `create schema app; create table app.t (); security label for dummy on table app.t is 'secret';`;
      const { document } = await planOf(url, desired, everything);
      expect(statementsOf(document).at(-1)).toBe(`SECURITY LABEL FOR dummy ON TABLE app.t IS 'secret'`);
      const hazards = document.plan.steps.flatMap((step) => step.hazards);
      expect(hazards).toEqual([]);
      const outcome = await applyTo(url, document);
      expect(outcome.exitCode).not.toBe(0);
      expect(JSON.stringify(outcome.diagnostics)).toContain('security label provider \\"dummy\\" is not loaded');
    }));
});
