/** Plans that were started and not finished: what they stand in the way of, and what may change around them meanwhile. */
import { describe, expect, it, vi } from 'vitest';
import { ensureLedger, recordIntent, startPhase, startPlan } from '../src/apply/ledger.js';
import { verifyAgainst } from '../src/apply/verify.js';
import type { PlanDocument, PlanStep } from '../src/core/plan.js';
import { planText } from '../src/plan/file.js';
import { query, type TestDatabase, withClient, withDatabase } from './support/database.js';
import { applyTo, migrate, planOf, planRefusal } from './support/made-plan.js';

vi.setConfig({ testTimeout: 120_000 });

const BEFORE = `
  create schema app;
  create table app.orders (id integer primary key, total integer);
  create table app.people (id integer primary key);
`;
const desired = (orders: string, people = 'id integer primary key'): string => `
  create schema app;
  create table app.orders (${orders});
  create table app.people (${people});
`;
/** Two steps on app.orders: a column, and a constraint that the rows violate as long as one of them has no total. */
const STOPPING = desired('id integer primary key, total integer, note text, constraint total_known check (total is not null)');

/** A database where the plan for STOPPING has done its first steps and stopped at a row; its document. */
async function stopped(database: TestDatabase) {
  await query(database.url, `${BEFORE} insert into app.orders values (1, null)`);
  const { document } = await planOf(database.url, STOPPING, { online: true });
  const outcome = await applyTo(database.url, document);
  expect(outcome.exitCode).toBe(5);
  return document;
}

const codes = (diagnostics: readonly { readonly code: string }[]): readonly string[] => diagnostics.map(({ code }) => code);

it('refuses a plan about the same objects, and says which plan is in the way', () =>
  withDatabase(async (database) => {
    const open = await stopped(database);
    const other = await planOf(database.url, `${STOPPING} create index orders_note on app.orders (note);`);
    expect(codes(other.diagnostics)).toContain('SC2403');
    expect(other.document.plan.changes.map(({ address }) => address)).toEqual(['index:app.orders.orders_note']);
    const outcome = await applyTo(database.url, other.document);
    expect([outcome.exitCode, codes(outcome.diagnostics)]).toEqual([4, ['SC6241']]);
    expect(outcome.diagnostics[0]?.summary).toContain(open.plan.id);
  }));

it('makes no plan for a desired state that has moved away from it, but one that supersedes it', () =>
  withDatabase(async (database) => {
    const open = await stopped(database);
    const elsewhere = desired('id integer primary key, total bigint');
    const [refusal] = await planRefusal(database.url, elsewhere);
    expect(refusal).toMatchObject({
      code: 'SC2404',
      summary: expect.stringContaining(open.plan.id),
      detail: expect.stringContaining('column:app.orders.note'),
    });
    const instead = await planOf(database.url, elsewhere, { supersede: open.plan.id, allow: [{ hazard: '*', address: null }] });
    expect(instead.document.plan.supersedes).toEqual([open.plan.id]);
    expect((await applyTo(database.url, instead.document)).exitCode).toBe(0);
    expect(await query(database.url, `select state from schemactl.plans where id = '${open.plan.id}'`)).toEqual([{ state: 'aborted' }]);
    expect((await planOf(database.url, elsewhere)).isEmpty).toBe(true);
    expect(await planRefusal(database.url, elsewhere, { supersede: open.plan.id })).toMatchObject([{ code: 'SC2405' }]);
  }));

it('is what plan waits for, where the desired state is the one that it leads to: what it has left half-way is no difference', () =>
  withDatabase(async (database) => {
    await query(database.url, `${BEFORE} insert into app.orders select n, n from generate_series(1, 10) n`);
    const wider = desired('id integer primary key, total bigint');
    const { document } = await planOf(database.url, wider, { rewrite_bytes: 0 });
    expect(await applyTo(database.url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
    const inTransition = await query<{ address: string }>(database.url, 'select address from schemactl.transitions order by 1');
    expect(inTransition.map(({ address }) => address)).toEqual([
      'column:app.orders.total_new',
      'function:app.orders_total_in_step()',
      'owner:function:app.orders_total_in_step()',
      'trigger:app.orders.zz_orders_total_in_step',
    ]);
    const between = await planOf(database.url, `${wider} -- said in other words`);
    expect([between.isEmpty, codes(between.diagnostics)]).toEqual([true, ['SC2403']]);
    expect(between.diagnostics[0]?.summary).toContain('waits for its contract phase');
    const [back] = await planRefusal(database.url, desired('id integer primary key, total integer'));
    expect(back).toMatchObject({ code: 'SC2404', detail: expect.stringContaining('column:app.orders.total') });
    expect(await applyTo(database.url, document, { phase: 'contract' })).toMatchObject({ exitCode: 0 });
    expect(await planOf(database.url, wider)).toMatchObject({ isEmpty: true, diagnostics: [] });
    expect(await query(database.url, 'select address from schemactl.transitions')).toEqual([]);
  }));

describe('verify says what apply would, and changes nothing', () => {
  const verify = ({ url }: TestDatabase, document: PlanDocument): Promise<string> =>
    withClient(url, async (client) => {
      const policy = { trusted: { keys: [], threshold: 1 }, requireSignature: false };
      const bytes = Buffer.from(planText(document));
      const validity = await verifyAgainst(client, { bytes, file: 'plan.json', policy, environment: null, now: new Date() });
      return validity.ok
        ? validity.status
        : `${validity.exitCode} ${validity.diagnostics.map(({ code, address }) => address ?? code).join(' ')}`;
    });

  it('of a fresh plan, whether the database still is where it starts from', () =>
    withDatabase(async (database) => {
      await query(database.url, BEFORE);
      const { document } = await planOf(database.url, desired('id integer primary key, total integer, note text'));
      expect(await verify(database, document)).toBe('fresh');
      await query(database.url, 'alter table app.people add column surprise text');
      expect(await verify(database, document)).toBe('4 SC6231 column:app.people.surprise');
      await query(database.url, 'alter table app.people drop column surprise');
      expect(await verify(database, document)).toBe('fresh');
      expect(await query(database.url, `select from pg_namespace where nspname = 'schemactl'`)).toEqual([]);
    }));

  it('of an open plan, whether what it touches is as it left it', () =>
    withDatabase(async (database) => {
      const open = await stopped(database);
      expect(await verify(database, open)).toBe('resume');
      await query(database.url, 'alter table app.people add column surprise text');
      expect(await verify(database, open)).toBe('4 SC6231 column:app.people.surprise');
      await query(database.url, 'alter table app.people drop column surprise; alter table app.orders alter note set default $$x$$');
      expect(await verify(database, open)).toBe('4 SC6231 default:app.orders.note');
    }));

  it('of a plan that another one is in the way of', () =>
    withDatabase(async (database) => {
      await stopped(database);
      const { document } = await planOf(database.url, `${STOPPING} create index orders_note on app.orders (note);`);
      expect(await verify(database, document)).toBe('4 SC6241');
    }));

  it('of a plan that policy blocks', () =>
    withDatabase(async (database) => {
      await query(database.url, BEFORE);
      const { document, blocked } = await planOf(database.url, desired('id integer primary key'), { adopt: true });
      expect(blocked).not.toEqual([]);
      expect(await verify(database, document)).toBe('3 column:app.orders.total');
    }));
});

it('lets a plan about other objects through, and what it did does not stop the open one', () =>
  withDatabase(async (database) => {
    const open = await stopped(database);
    await query(database.url, `alter table app.orders drop constraint if exists total_known`);
    const people = `
      create schema app;
      create table app.people (id integer primary key, name text);
    `;
    const other = await planOf(database.url, people, { manage: ['app.people', 'app.people.*'] });
    const first = await applyTo(database.url, other.document);
    expect([first.exitCode, first.diagnostics]).toEqual([0, expect.anything()]);
    // The constraint that was there NOT VALID is gone: that is what the open plan is about.
    const resumed = await applyTo(database.url, open);
    expect([resumed.exitCode, codes(resumed.diagnostics)]).toEqual([4, ['SC6231', 'SC6232']]);
    expect(resumed.diagnostics[1]?.address).toBe('constraint:app.orders.total_known');
  }));

it('goes on after the row is mended, whatever a completed plan did elsewhere', () =>
  withDatabase(async (database) => {
    const open = await stopped(database);
    await migrate(database.url, `create schema app; create table app.people (id integer primary key, name text);`, {
      manage: ['app.people', 'app.people.*'],
    });
    await query(database.url, 'update app.orders set total = 0');
    const resumed = await applyTo(database.url, open);
    expect([resumed.exitCode, resumed.diagnostics]).toEqual([0, expect.anything()]);
  }));

it('does not go on when something else changed elsewhere, which no plan explains', () =>
  withDatabase(async (database) => {
    const open = await stopped(database);
    await query(database.url, `update app.orders set total = 0; alter table app.people add column surprise text`);
    const resumed = await applyTo(database.url, open);
    expect([resumed.exitCode, codes(resumed.diagnostics)]).toEqual([4, ['SC6231', 'SC6232']]);
    expect(resumed.diagnostics[1]?.address).toBe('column:app.people.surprise');
    await query(database.url, 'alter table app.people drop column surprise');
    expect((await applyTo(database.url, open)).exitCode).toBe(0);
  }));

it('gives up an open plan of which nothing took effect when another one comes', () =>
  withDatabase(async (database) => {
    await query(database.url, `${BEFORE} insert into app.orders values (1, null), (2, null)`);
    const failing = await planOf(database.url, desired('id integer primary key, total integer not null'), { online: false });
    expect(failing.document.plan.steps).toHaveLength(1);
    expect((await applyTo(database.url, failing.document)).exitCode).toBe(1);
    const other = await planOf(database.url, desired('id integer primary key, total integer, note text'));
    expect((await applyTo(database.url, other.document)).exitCode).toBe(0);
    const again = await applyTo(database.url, failing.document);
    expect([again.exitCode, codes(again.diagnostics)]).toEqual([8, ['SC6212']]);
  }));

it('finds an object that somebody put into what the plan touches', () =>
  withDatabase(async (database) => {
    const open = await stopped(database);
    await query(database.url, 'update app.orders set total = 0; create index surprise on app.orders (note)');
    const resumed = await applyTo(database.url, open);
    expect([resumed.exitCode, codes(resumed.diagnostics)]).toEqual([4, ['SC6231', 'SC6232']]);
    expect(resumed.diagnostics[1]?.summary).toBe('index:app.orders.surprise was added');
  }));

describe('a step outside of transactions that leaves the catalog as it was', () => {
  /** A plan of one such step, begun and stopped: its intent row is there. */
  async function begun(database: TestDatabase, done_when: string | null): Promise<PlanDocument> {
    await query(database.url, BEFORE);
    const { document } = await planOf(database.url, desired('id integer primary key, total integer, note text'));
    const [step] = document.plan.steps;
    const loose = {
      ...(step as PlanStep),
      transaction: 'none',
      statements: [{ sql: 'analyze app.people' }],
      pins: [],
      before: {},
      after: {},
      done_when,
    } as const;
    const changed = { ...document, plan: { ...document.plan, steps: [loose], after: { fingerprint: document.plan.before.fingerprint } } };
    await withClient(database.url, async (client) => {
      await ensureLedger(client);
      await startPlan(client, changed);
      await startPhase(client, changed.plan.id, loose.phase);
      await recordIntent(client, changed.plan.id, loose.id);
    });
    return changed;
  }

  it('is not guessed about without a query of its own', () =>
    withDatabase(async (database) => {
      const outcome = await applyTo(database.url, await begun(database, null));
      expect([outcome.exitCode, codes(outcome.diagnostics)]).toEqual([5, ['SC5213']]);
    }));

  it('is done when its query says so, and is not run again', () =>
    withDatabase(async (database) => {
      const outcome = await applyTo(database.url, await begun(database, 'select true'));
      expect([outcome.exitCode, outcome.steps_run]).toEqual([0, 0]);
    }));

  it('is run when its query says that it is not done', () =>
    withDatabase(async (database) => {
      const outcome = await applyTo(database.url, await begun(database, 'select false'));
      expect([outcome.exitCode, outcome.steps_run]).toEqual([0, 1]);
    }));
});
