/** That the ledger is made once and for its owner only, keeps each plan and step exactly once, and is never made by reading. */
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase, withClient, withDatabase } from '../../test/support/database.js';
import { samplePlan } from '../../test/support/sample-plan.js';
import { newDocument } from '../plan/arrange.js';
import { openPlan, planText } from '../plan/file.js';
import { planDigest } from '../trust/statement.js';
import * as ledger from './ledger.js';
import { LEDGER_FORMAT, upgrades } from './ledger-tables.js';

const id = samplePlan().id;
const document = newDocument(samplePlan());
const other = newDocument(samplePlan({ id: '11111111-2222-4333-8444-555555555555', environment: null }));

/** A role for the time of one function; roles belong to the whole server, so its name holds the database's. */
async function withRole(database: TestDatabase, suffix: string, work: (role: string) => Promise<void>): Promise<void> {
  const role = `${database.name}_${suffix}`;
  await withClient(database.url, async (admin) => {
    await admin.query(`create role ${role}`);
    try {
      await work(role);
    } finally {
      await admin.query(`drop owned by ${role}; drop role ${role}`);
    }
  });
}

describe('the ledger of a new database', () => {
  it('is not there, and reading does not make it', async () => {
    await withDatabase(({ url }) =>
      withClient(url, async (client) => {
        expect(await ledger.readLedger(client)).toBeNull();
        const { rows } = await client.query(`select count(*)::int as n from pg_namespace where nspname = 'schemactl'`);
        expect(rows).toEqual([{ n: 0 }]);
      }),
    );
  });

  it('is made once, with an identity that stays, under any search_path', async () => {
    await withDatabase(({ url }) =>
      withClient(url, async (client) => {
        // Shadows of what the DDL and the queries use.
        await client.query(`create domain public.text as integer; create domain public.jsonb as integer;
                            create function public.now() returns integer language sql as 'select 1';
                            set search_path = public, pg_catalog`);
        const made = await ledger.ensureLedger(client);
        expect(made).toEqual({ format: LEDGER_FORMAT, database: expect.stringMatching(/^[0-9a-f-]{36}$/) });
        expect(await ledger.ensureLedger(client)).toEqual(made);
        expect(await ledger.readLedger(client)).toEqual(made);
        await client.query(`set search_path = ''`);
        const { rows } = await client.query(`select format_type(atttypid, null) as type from pg_attribute
                                              where attrelid = 'schemactl.plans'::regclass and attname = 'document'`);
        expect(rows).toEqual([{ type: 'text' }]);
      }),
    );
  });

  it('leaves nothing behind when its making fails', async () => {
    await withDatabase(({ url }) =>
      withClient(url, async (client) => {
        await client.query(`create function public.refuse() returns event_trigger language plpgsql as $$
                              begin
                                if exists (select from pg_event_trigger_ddl_commands() where object_identity = 'schemactl.steps') then
                                  raise exception 'no more tables';
                                end if;
                              end $$;
                            create event trigger refuse on ddl_command_end execute function public.refuse()`);
        await expect(ledger.ensureLedger(client)).rejects.toThrow('no more tables');
        expect(await ledger.readLedger(client)).toBeNull();
        await client.query('drop event trigger refuse');
        expect((await ledger.ensureLedger(client)).format).toBe(LEDGER_FORMAT);
      }),
    );
  });

  it('belongs to its owner alone, whatever default privileges say, until an administrator grants more', async () => {
    await withDatabase((database) =>
      withRole(database, 'reader', async (reader) => {
        await withClient(database.url, async (client) => {
          await client.query(`alter default privileges grant all on tables to ${reader}, public;
                              alter default privileges grant all on sequences to ${reader};
                              alter default privileges grant all on schemas to ${reader}, public`);
          await ledger.ensureLedger(client);
          const { rows } = await client.query(`
            select relname from pg_class c, aclexplode(relacl) a where relnamespace = 'schemactl'::regnamespace and a.grantee <> relowner
            union all
            select nspname from pg_namespace, aclexplode(nspacl) a where nspname = 'schemactl' and a.grantee <> nspowner`);
          expect(rows).toEqual([]);
          await client.query(`set role ${reader}`);
          await expect(client.query('select from schemactl.plans')).rejects.toMatchObject({ code: '42501' });
          await expect(ledger.readLedger(client)).rejects.toMatchObject({ diagnostics: [{ code: 'SC5102' }] });
          await client.query(`reset role; grant usage on schema schemactl to ${reader};
                              grant select on all tables in schema schemactl to ${reader}`);
          await ledger.ensureLedger(client);
          await client.query(`set role ${reader}`);
          expect(await ledger.readLedger(client)).toMatchObject({ format: LEDGER_FORMAT });
          expect(await ledger.planRow(client, id)).toBeNull();
        });
      }),
    );
  });

  it('is made in an empty schema that an administrator gave to a role that may not make schemas', async () => {
    await withDatabase((database) =>
      withRole(database, 'deployer', async (deployer) => {
        await withClient(database.url, async (client) => {
          await client.query(`set role ${deployer}`);
          await expect(ledger.ensureLedger(client)).rejects.toMatchObject({ code: '42501' });
          await client.query(
            `reset role; create schema schemactl; grant usage, create on schema schemactl to ${deployer}; set role ${deployer}`,
          );
          expect(await ledger.readLedger(client)).toBeNull();
          await ledger.ensureLedger(client);
          await ledger.startPlan(client, document);
          expect(await ledger.planRow(client, id)).toMatchObject({ state: 'started' });
        });
      }),
    );
  });

  it('is not mistaken: another schema of that name, a lost identity, a newer format', async () => {
    await withDatabase(({ url }) =>
      withClient(url, async (client) => {
        await client.query('create schema schemactl; create table schemactl.mine ()');
        await expect(ledger.readLedger(client)).rejects.toMatchObject({ diagnostics: [{ code: 'SC5101' }] });
        await expect(ledger.ensureLedger(client)).rejects.toMatchObject({ diagnostics: [{ code: 'SC5101' }] });
        await client.query('drop schema schemactl cascade');
        await ledger.ensureLedger(client);
        await client.query('update schemactl.meta set format = format + 1');
        await expect(ledger.ensureLedger(client)).rejects.toMatchObject({ diagnostics: [{ code: 'SC5103' }] });
        await client.query('delete from schemactl.meta');
        await expect(ledger.ensureLedger(client)).rejects.toMatchObject({ diagnostics: [{ code: 'SC5101' }] });
      }),
    );
  });

  it('is reached by as many upgrades as its format says', () => {
    expect(upgrades).toHaveLength(LEDGER_FORMAT);
  });

  it('is brought up to date by the next apply, with what it holds', async () => {
    await withDatabase(({ url }) =>
      withClient(url, async (client) => {
        await client.query('create schema schemactl');
        for (const sql of upgrades[0] ?? []) await client.query(sql);
        await client.query('insert into schemactl.meta (format) values (1)');
        await ledger.startPlan(client, document);
        await ledger.recordDone(client, id, '1');
        const old = await ledger.readLedger(client);
        expect(old?.format).toBe(1);
        expect(await ledger.ensureLedger(client)).toEqual({ format: LEDGER_FORMAT, database: old?.database });
        expect(await ledger.openPlans(client)).toMatchObject([{ id, state: 'started' }]);
        await ledger.startAbort(client, id);
        await ledger.recordUndone(client, id, '1');
        expect(await ledger.stepRows(client, id)).toMatchObject([{ step: '1', state: 'undone' }]);
      }),
    );
  });
});

describe.each([14, 15, 18])('plans and steps on PostgreSQL %i', (major) => {
  let database: TestDatabase;
  let client: pg.Client;
  let close: () => void;
  let closed: Promise<void>;

  beforeAll(async () => {
    database = await createDatabase({ major });
    // The connection is kept open until the tests are over.
    await new Promise<void>((ready) => {
      closed = withClient(database.url, async (connected) => {
        client = connected;
        await ledger.ensureLedger(client);
        ready();
        await new Promise<void>((end) => {
          close = end;
        });
      });
    });
  });

  afterAll(async () => {
    close();
    await closed;
    await database.drop();
  });

  beforeEach(() => client.query('truncate schemactl.plans cascade'));

  it('remember a plan whole', async () => {
    expect(await ledger.planRow(client, id)).toBeNull();
    expect(await ledger.lastApplied(client)).toBeNull();
    await ledger.startPlan(client, document);
    const row = await ledger.planRow(client, id);
    expect(row).toEqual({
      id,
      digest: planDigest(document),
      state: 'started',
      environment: 'production',
      applied_by: 'postgres',
      tool: 'schemactl 0.1.0',
      before_fingerprint: document.plan.before.fingerprint,
      after_fingerprint: document.plan.after.fingerprint,
      document: planText(document),
      managed: ['app.*'],
      ignored: [],
      schemas: ['app'],
      declared: ['owner:table:app.orders'],
      started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      finished_at: null,
    });
    const opened = openPlan(Buffer.from(row?.document ?? ''), 'ledger');
    expect(opened.ok && planDigest(opened.document)).toBe(row?.digest);
  });

  it('consume an id once, end once, and know the last that was completed', async () => {
    await ledger.startPlan(client, document);
    await expect(ledger.startPlan(client, document)).rejects.toThrow(/SC5104/);
    await ledger.startPlan(client, other);
    expect((await ledger.openPlans(client)).map((plan) => plan.id)).toEqual([id, other.plan.id]);
    await ledger.completePlan(client, id);
    await expect(ledger.completePlan(client, id)).rejects.toThrow(/SC5105/);
    await expect(ledger.abortPlan(client, id)).rejects.toThrow(/SC5105/);
    expect((await ledger.planRow(client, id))?.finished_at).toMatch(/Z$/);
    await ledger.abortPlan(client, other.plan.id);
    expect(await ledger.planRow(client, other.plan.id)).toMatchObject({ state: 'aborted', environment: null });
    expect(await ledger.openPlans(client)).toEqual([]);
    expect(await ledger.lastApplied(client)).toMatchObject({ id, schemas: ['app'] });
    await expect(ledger.startPlan(client, document)).rejects.toThrow(/SC5104/);
  });

  it('take the later of two completed plans for the last, not the later started', async () => {
    await ledger.startPlan(client, document);
    await ledger.startPlan(client, other);
    await ledger.completePlan(client, other.plan.id);
    await ledger.completePlan(client, id);
    expect((await ledger.lastApplied(client))?.id).toBe(id);
  });

  it('record a transactional step with its transaction, and not without it', async () => {
    await ledger.startPlan(client, document);
    await client.query('begin');
    await ledger.recordDone(client, id, '1');
    await client.query('rollback');
    expect(await ledger.stepRows(client, id)).toEqual([]);
    await client.query('begin');
    const xid = await ledger.recordDone(client, id, '1');
    await client.query('commit');
    expect(await ledger.stepRows(client, id)).toMatchObject([{ step: '1', state: 'done', xid }]);
    const { rows } = await client.query('select pg_xact_status($1::xid8) as status', [xid]);
    expect(rows).toEqual([{ status: 'committed' }]);
    await client.query('begin');
    await expect(ledger.recordDone(client, id, '1')).rejects.toThrow(/SC5106/);
    await client.query('rollback');
  });

  it('record intents, which may be renewed until the step is done', async () => {
    await ledger.startPlan(client, document);
    await ledger.recordDone(client, id, '2');
    await ledger.recordIntent(client, id, '10');
    const [, first] = await ledger.stepRows(client, id);
    expect(first).toMatchObject({ step: '10', state: 'intent', finished_at: null });
    await ledger.recordIntent(client, id, '10');
    await ledger.recordDone(client, id, '10');
    const steps = await ledger.stepRows(client, id);
    expect(steps.map(({ step, state }) => `${step} ${state}`)).toEqual(['2 done', '10 done']);
    expect(steps[1]?.finished_at).toMatch(/Z$/);
    await expect(ledger.recordIntent(client, id, '10')).rejects.toThrow(/SC5106/);
  });

  it('record that steps are taken back, each once, and end then', async () => {
    await ledger.startPlan(client, document);
    await ledger.recordDone(client, id, '1');
    await ledger.recordDone(client, id, '2');
    await ledger.recordIntent(client, id, '3');
    await ledger.startAbort(client, id);
    await ledger.startAbort(client, id);
    expect(await ledger.openPlans(client)).toMatchObject([{ id, state: 'aborting' }]);
    await expect(ledger.recordUndone(client, id, '3')).rejects.toThrow('SC5106');
    await ledger.recordUndoing(client, id, '2');
    await ledger.recordUndoing(client, id, '2');
    await ledger.recordUndone(client, id, '2');
    await expect(ledger.recordUndone(client, id, '2')).rejects.toThrow('SC5106');
    await expect(ledger.recordDone(client, id, '2')).rejects.toThrow('SC5106');
    await ledger.recordUndone(client, id, '1');
    const states = (await ledger.stepRows(client, id)).map(({ step, state }) => [step, state]);
    expect(states).toEqual([
      ['1', 'undone'],
      ['2', 'undone'],
      ['3', 'intent'],
    ]);
    await ledger.abortPlan(client, id);
    expect(await ledger.openPlans(client)).toEqual([]);
    await expect(ledger.startAbort(client, id)).rejects.toThrow('SC5105');
  });

  it('keep phases, and refuse steps of plans that were never started', async () => {
    await ledger.startPlan(client, document);
    await ledger.startPhase(client, id, 'expand');
    await ledger.startPhase(client, id, 'expand');
    await expect(ledger.finishPhase(client, id, 'contract')).rejects.toThrow(/SC5105/);
    await ledger.finishPhase(client, id, 'expand');
    const [{ finished_at } = { finished_at: null }] = await ledger.phaseRows(client, id);
    await ledger.finishPhase(client, id, 'expand');
    expect(await ledger.phaseRows(client, id)).toEqual([{ phase: 'expand', started_at: expect.any(String), finished_at }]);
    expect(finished_at).toMatch(/Z$/);
    await expect(ledger.recordDone(client, other.plan.id, '1')).rejects.toMatchObject({ code: '23503' });
  });

  it('are told in UTC whatever the session shows', async () => {
    await client.query(`set timezone = 'Asia/Kathmandu'`);
    await ledger.startPlan(client, document);
    const row = await ledger.planRow(client, id);
    await client.query('reset timezone');
    expect(Math.abs(Date.parse(row?.started_at ?? '') - Date.now())).toBeLessThan(60_000);
  });
});
