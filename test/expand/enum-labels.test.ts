/** A label of an enum goes while old programs may still write it: they can until the contract phase, which such rows stop. */
import { expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf, statementsOf } from '../support/made-plan.js';
import { expectSchema } from './expect-schema.js';

vi.setConfig({ testTimeout: 120_000 });

const TABLES = `create table app.jobs (id integer primary key, state app.state not null default 'new', tags app.state[]);
  create index jobs_state on app.jobs (state);`;
const BEFORE = `create schema app; create type app.state as enum ('new', 'stuck', 'done'); ${TABLES}`;
const AFTER = `create schema app; create type app.state as enum ('new', 'done'); ${TABLES}`;
const beside = { allow: [{ hazard: '*', address: null }], adopt: true, rewrite_bytes: 0 } as const;

it('and goes on once they are repaired', () =>
  withDatabase(async ({ url }) => {
    await query(
      url,
      `${BEFORE} insert into app.jobs select n, (array['new', 'done'])[1 + n % 2]::app.state, '{new,done}' from generate_series(1, 2000) n`,
    );
    const { document } = await planOf(url, AFTER, beside);
    expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
    expect(statementsOf(document).filter((sql) => /ALTER COLUMN .* TYPE /.test(sql))).toEqual([]);
    expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
    await query(url, `insert into app.jobs (id, state) values (5000, 'stuck'); update app.jobs set tags = '{stuck}' where id = 7`);
    const stopped = await applyTo(url, document, { phase: 'contract' });
    expect(stopped.exitCode).toBe(5);
    expect(stopped.diagnostics.map(({ detail }) => detail)).toEqual(expect.arrayContaining(['id = 5000', 'id = 7']));
    await query(url, `update app.jobs set state = 'done' where state = 'stuck'; update app.jobs set tags = null where id = 7`);
    expect((await applyTo(url, document, { phase: 'contract' })).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(await query(url, 'select count(*)::int as n, count(state)::int as states, count(tags)::int as tags from app.jobs')).toEqual([
      { n: 2001, states: 2001, tags: 1999 },
    ]);
    await expectSchema(url, AFTER);
    expect(statementsOf((await planOf(url, AFTER, beside)).document)).toEqual([]);
  }));
