/** Rules of validity, by their sentences, with real databases: whose plan it is, what became of it, and whose clock counts. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { abortPlan, ensureLedger, startPlan } from '../../src/apply/ledger.js';
import type { ApplyOutcome } from '../../src/apply/options.js';
import type { PlanBody, PlanDocument } from '../../src/core/plan.js';
import { newDocument } from '../../src/plan/arrange.js';
import { startEmbedded } from '../../src/scratch/embedded.js';
import { createDatabase, query, withClient, withDatabase } from '../support/database.js';
import { applyTo, migrate, planOf } from '../support/made-plan.js';

// Several plans each, and a server may be busy.
vi.setConfig({ testTimeout: 120_000 });

const allowed = { allow: [{ hazard: '*', address: null }], adopt: true } as const;
const ONE = 'create schema app; create table app.t (a int);';
const TWO = 'create schema app; create table app.t (a int, b int);';

const errors = ({ exitCode, diagnostics }: ApplyOutcome): string =>
  [exitCode, ...diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)].join(' ');
const changed = (document: PlanDocument, changes: Partial<PlanBody>): PlanDocument => newDocument({ ...document.plan, ...changes });

/** The plan and the time when it can no longer be started, which is soon, by the server's clock. */
const until = (document: PlanDocument, ms: number): PlanDocument =>
  changed(document, { not_after: new Date(Date.now() + ms).toISOString() });
const PAST = { not_after: '2020-01-01T00:00:00.000Z' } as const;

afterEach(() => void vi.useRealTimers());

describe('The ledger outranks time and drift', () => {
  it('a completed plan is already applied, whatever the date and whatever changed since', () =>
    withDatabase(async ({ url }) => {
      await query(url, ONE);
      const plan = until((await planOf(url, TWO)).document, 2_500);
      expect(errors(await applyTo(url, plan))).toBe('0');
      await query(url, `drop table app.t; select pg_sleep_until($$${plan.plan.not_after}$$)`);
      expect(await applyTo(url, plan)).toMatchObject({ status: 'already-applied', exitCode: 0, steps_run: 0 });
      expect(await query(url, `select from pg_class where relnamespace = 'app'::regnamespace`)).toEqual([]);
    }));

  it('a started plan is finished after its date; a contract phase has a date of its own', () =>
    withDatabase(async ({ url }) => {
      await query(url, 'create schema app; create table app.t (a int, gone int)');
      const made = (await planOf(url, TWO, allowed)).document;
      expect(made.plan.steps.map(({ phase }) => phase)).toEqual(['expand', 'contract']);
      const plan = until(made, 2_500);
      expect(errors(await applyTo(url, plan, { phase: 'expand' }))).toBe('0');
      await query(url, `select pg_sleep_until('${plan.plan.not_after}')`);
      expect(await applyTo(url, plan, { phase: 'contract' })).toMatchObject({ status: 'done', exitCode: 0, steps_run: 1 });
    }));

  it('the contract phase is not started after its own date', () =>
    withDatabase(async ({ url }) => {
      await query(url, 'create schema app; create table app.t (a int, gone int)');
      const plan = changed((await planOf(url, TWO, allowed)).document, { contract_not_after: PAST.not_after });
      expect(errors(await applyTo(url, plan, { phase: 'expand' }))).toBe('0');
      expect(errors(await applyTo(url, plan, { phase: 'contract' }))).toBe('8 SC6222');
      expect(await query(url, `select from pg_attribute where attrelid = 'app.t'::regclass and attname in ('b', 'gone')`)).toHaveLength(2);
    }));

  it('an aborted plan, and another plan under the same id, are not trusted', () =>
    withDatabase(async ({ url }) => {
      await query(url, ONE);
      const { document } = await planOf(url, TWO);
      await withClient(url, async (client) => {
        await ensureLedger(client);
        await startPlan(client, document);
        await abortPlan(client, document.plan.id);
      });
      expect(errors(await applyTo(url, document))).toBe('8 SC6212');
      expect(errors(await applyTo(url, changed(document, PAST)))).toBe('8 SC6211');
    }));
});

describe('Of a plan that is wrong in several ways, the earlier check speaks: environment and database, ledger, time, fingerprint', () => {
  it('with one more thing put right each time', () =>
    withDatabase(async ({ url }) => {
      await query(url, ONE);
      const { document } = await planOf(url, TWO, { environment: 'production' });
      const elsewhere = { ...document.plan.database, name: 'elsewhere' };
      await query(url, 'alter table app.t add drifted int');
      const here = { environment: 'production' };
      expect(errors(await applyTo(url, changed(document, { ...PAST, database: elsewhere }), { environment: 'staging' }))).toBe(
        '4 SC6201 SC6203',
      );
      expect(errors(await applyTo(url, changed(document, { ...PAST, database: elsewhere }), here))).toBe('4 SC6203');
      expect(errors(await applyTo(url, changed(document, PAST), here))).toBe('8 SC6221');
      expect(errors(await applyTo(url, document, here))).toBe('4 SC6231 SC6232');
      await query(url, 'alter table app.t drop drifted');
      expect(errors(await applyTo(url, document, here))).toBe('0');
    }));
});

describe("not_after is measured by the database's clock", () => {
  it.each([
    ['years behind', '1990-01-01'],
    ['years ahead', '2090-01-01'],
  ])('our own may be %s', (_, date) =>
    withDatabase(async ({ url }) => {
      await query(url, ONE);
      const { document } = await planOf(url, TWO);
      vi.useFakeTimers({ toFake: ['Date'], now: new Date(date) });
      expect(errors(await applyTo(url, changed(document, PAST)))).toBe('8 SC6221');
      expect(errors(await applyTo(url, document))).toBe('0');
    }),
  );
});

describe('A plan is for one database', () => {
  it('a clone has the ledger of its original, and is told by its name', () =>
    withDatabase(async ({ url, name }) => {
      await migrate(url, ONE);
      const { document } = await planOf(url, TWO);
      const clone = await createDatabase({ template: name });
      try {
        const identity = 'select database from schemactl.meta';
        expect(await query(clone.url, identity)).toEqual(await query(url, identity));
        expect(document.plan.database.uuid).not.toBeNull();
        expect(errors(await applyTo(clone.url, document))).toBe('4 SC6203');
      } finally {
        await clone.drop();
      }
      expect(errors(await applyTo(url, document))).toBe('0');
    }));

  it('a database that lost its ledger is not the one that the plan was made for', () =>
    withDatabase(async ({ url }) => {
      await migrate(url, ONE);
      const { document } = await planOf(url, TWO);
      await query(url, 'drop schema schemactl cascade');
      expect(errors(await applyTo(url, document))).toBe('4 SC6205');
      await withClient(url, ensureLedger);
      expect(errors(await applyTo(url, document)), 'nor is one with a ledger of its own').toBe('4 SC6204');
    }));

  it('a copied server has its system identifier; its database of the same name is told by the ledger, else by the environment', {
    timeout: 60_000,
  }, async () => {
    // Servers that are made from one template are what copies of a data directory are.
    const [original, copy] = await Promise.all([startEmbedded({ major: 15 }), startEmbedded({ major: 15 })]);
    try {
      const system = 'select system_identifier from pg_control_system()';
      expect(await query(copy.url, system)).toEqual(await query(original.url, system));
      for (const { url } of [original, copy]) await migrate(url, ONE);
      const { document } = await planOf(original.url, TWO, { environment: 'production' });
      expect(errors(await applyTo(copy.url, document, { environment: 'production' }))).toBe('4 SC6204');
      const [row] = await query<{ database: string }>(original.url, 'select database from schemactl.meta');
      await query(copy.url, `update schemactl.meta set database = '${row?.database}'`);
      expect(errors(await applyTo(copy.url, document, { environment: 'staging' }))).toBe('4 SC6201');
      expect(errors(await applyTo(original.url, document, { environment: 'production' }))).toBe('0');
    } finally {
      await Promise.all([original.stop(), copy.stop()]);
    }
  });
});
