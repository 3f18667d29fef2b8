/** Types that are made of functions which need them: what goes with them is what the plan names, and nothing else. */
import { describe, expect, it, vi } from 'vitest';
import { readCatalog } from '../../src/catalog/read.js';
import { pinSession } from '../../src/catalog/session.js';
import { kinds } from '../../src/kinds/registry.js';
import { query, withClient, withDatabase } from '../support/database.js';
import { planOf, planRefusal, statementsOf } from '../support/made-plan.js';

// Several plans each, and a server may be busy.
vi.setConfig({ testTimeout: 120_000 });

const everything = { allow: [{ hazard: '*', address: null }], adopt: true } as const;

const MONEY = `create type app.money;
  create function app.money_in(cstring) returns app.money language internal immutable strict as 'int8in';
  create function app.money_out(app.money) returns cstring language internal immutable strict as 'int8out';`;
const WHOLE = `${MONEY} create type app.money (input = app.money_in, output = app.money_out, like = bigint);`;
const STEPS = `create type app.steps;
  create function app.canonical(app.steps) returns app.steps language internal immutable strict as 'int4range_canonical';
  create type app.steps as range (subtype = integer, canonical = app.canonical);`;

/** All that the reader sees, dependencies included. */
const stateOf = (url: string): Promise<object> =>
  withClient(url, async (client) => {
    await pinSession(client);
    return Object.fromEntries(await readCatalog(client, { major: 15, kinds }));
  });

describe('A type and its functions go by CASCADE, which takes nothing that the plan does not know', () => {
  it.each([
    ['a column of the type', WHOLE, 'create table public.bills (total app.money)', /: column total of table \S*bills depends on/],
    ['a column of its array', WHOLE, 'create table public.bills (totals app.money[])', /: column totals of table \S*bills depends on/],
    [
      'what leans on a function',
      WHOLE,
      `create view public.texts as select app.money_out('1')::text as text`,
      /: rule _RETURN on view \S*texts depends on/,
    ],
    [
      'a column of the multirange',
      STEPS,
      'create table public.walks (taken app.steps_multirange)',
      /: column taken of table \S*walks depends on/,
    ],
  ])('%s', (_, type, meanwhile, named) =>
    withDatabase(async ({ url }) => {
      await query(url, `create schema app; ${type}`);
      const { document } = await planOf(url, 'create schema app;', everything);
      const [drop, ...others] = statementsOf(document);
      expect([drop, others]).toEqual([expect.stringContaining('CASCADE'), []]);
      await query(url, meanwhile);
      const before = await stateOf(url);
      await expect(query(url, drop ?? '')).rejects.toMatchObject({
        code: '2BP01',
        message: expect.stringMatching(named),
      });
      expect(await stateOf(url)).toEqual(before);
    }),
  );

  it('a function out of scope blocks the plan', () =>
    withDatabase(async ({ url }) => {
      await query(url, `create schema app; create schema o; ${WHOLE.replaceAll('app.money_', 'o.money_')}`);
      const findings = await planRefusal(url, 'create schema app;', everything);
      expect([...new Set(findings.map(({ code }) => code))]).toEqual(['SC2301']);
      expect(findings.map(({ summary }) => summary)).toContainEqual(expect.stringMatching(/^function:o\.money_in\(cstring\) depends on /));
    }));
});

describe('What undoes a step leads back to where it began', () => {
  const used = `${WHOLE} create domain app.price as app.money;`;
  it.each([
    ['a base type is made', '', used],
    ['a base type goes', used, ''],
    ['a base type is altered', used, used.replace('like = bigint', 'like = bigint, analyze = array_typanalyze')],
    ['a range with a canonical function is made', '', STEPS],
    ['a range with a canonical function goes', STEPS, ''],
  ])('%s', (_, from, to) =>
    withDatabase(async ({ url }) => {
      await query(url, `create schema app; ${from}`);
      const before = await stateOf(url);
      const { document } = await planOf(url, `create schema app; ${to}`, everything);
      const undos = document.plan.steps.map(({ undo }) => ('sql' in undo ? undo.sql : [`none: ${undo.reason}`]));
      for (const sql of statementsOf(document)) await query(url, sql);
      expect(await stateOf(url)).not.toEqual(before);
      for (const sql of undos.reverse().flat()) await query(url, sql);
      expect(await stateOf(url)).toEqual(before);
    }),
  );
});
