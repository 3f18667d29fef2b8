/**
 * DDL by somebody else after apply has looked at the whole database and before its step has what it touches to itself: the step's own
 * look finds it, nothing of the step remains, and what the other one did stands.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApplyOutcome } from '../src/apply/options.js';
import { hashesOf } from '../src/apply/position.js';
import { readCatalog } from '../src/catalog/read.js';
import { pinSession } from '../src/catalog/session.js';
import type { PlanDocument, PlanStep } from '../src/core/plan.js';
import { kindsAskedFor } from '../src/diff/cluster-wide.js';
import { kinds } from '../src/kinds/registry.js';
import { createDatabase, query, type TestDatabase, testServer, withClient } from './support/database.js';
import { BEFORE, changesWithin, DESIRED } from './support/drift-changes.js';
import { applyTo, planOf } from './support/made-plan.js';
import { underWay } from './support/waiting.js';
import { openWire, type Wire } from './support/wire.js';

const ROLE = `mid_step_${randomBytes(4).toString('hex')}`;

/** What plans are about: what is replaced in the desired state, by what. */
const PLANS = {
  'a column of the table': ['state app.mood);', 'state app.mood, added text);'],
  'the view': ['select id, total from app.orders', 'select id, total, note from app.orders'],
  'the function': [`'select n * 2'`, `'select n + n'`],
  'a label of the enum': [`('sad', 'happy')`, `('sad', 'happy', 'angry')`],
  'the sequence': ['create sequence app.numbers;', 'create sequence app.numbers cache 10;'],
  'the domain': ['app.percent as integer check', 'app.percent as integer default 1 check'],
  'the policy': ['using (owner = current_user)', 'using (owner = session_user)'],
  'a column of the unused table': ['app.unused (id integer)', 'app.unused (id integer, added text)'],
  // The same names as the change takes.
  'default privileges': ['', `alter default privileges for role postgres in schema app grant insert on tables to ${ROLE};`],
  'a new table': ['', 'create table app.brand_new (id integer, name text);'],
  'a new partition': ['', `create table app.events_2026 partition of app.events for values from ('2026-01-01') to ('2028-01-01');`],
  'an extension': ['', `create extension citext schema app; comment on extension citext is 'ours';`],
} as const;

/** The plan that touches what a change touches, and the address where that plan's step meets it when it is not that of the whole look. */
const MET: Readonly<Record<string, readonly [plan: keyof typeof PLANS, address?: string]>> = {
  'a column added': ['a column of the table'],
  'a type changed': ['a column of the table'],
  'a default changed': ['a column of the table'],
  'a constraint added': ['a column of the table'],
  'an index added': ['a column of the table'],
  'a view replaced': ['the view'],
  'a function body changed': ['the function'],
  'a trigger added': ['a column of the table'],
  'a trigger disabled': ['a column of the table'],
  'an enum value added': ['a label of the enum'],
  'a sequence option changed': ['the sequence'],
  'a domain changed': ['the domain'],
  'a policy changed': ['the policy'],
  'a privilege granted': ['a column of the table'],
  'a default privilege granted': ['default privileges'],
  'a comment changed': ['a column of the table'],
  'a storage parameter set': ['a column of the table'],
  'a table renamed': ['a column of the unused table', 'table:app.unused'],
  'a table added': ['a new table'],
  'a table dropped': ['a column of the unused table'],
  'row-level security switched on': ['a column of the table'],
  'an owner changed': ['a column of the table'],
  'a partition added': ['a new partition'],
  'an extension added': ['an extension'],
};

/** What the other session has in its hands before the apply begins, where that is not the plan's own pins; and what it does then. */
const HELD: Readonly<Record<string, { readonly first: string; readonly next?: string }>> = {
  // The look at the whole database would wait for the lock that the pin takes.
  'a sequence option changed': { first: 'comment on sequence app.numbers is null' },
  // And for one on the partitioned table.
  'a partition added': {
    first: 'create table app.events_2026 (id bigint, at date not null)',
    next: `alter table app.events attach partition app.events_2026 for values from ('2026-01-01') to ('2027-01-01')`,
  },
};

const CASES = changesWithin(ROLE).map(([what, change, address]) => {
  const [plan, other] = MET[what] ?? [];
  if (plan === undefined) throw new Error(`no plan meets "${what}"`);
  const { first = null, next = change } = HELD[what] ?? {};
  return { what, first, change: next, address: other ?? address, plan };
});

let template: TestDatabase;
const plans = new Map<string, PlanDocument>();

async function planFor(about: keyof typeof PLANS): Promise<PlanDocument> {
  const known = plans.get(about);
  if (known !== undefined) return known;
  const [from, to] = PLANS[about];
  const sql = from === '' ? `${DESIRED}\n${to}` : DESIRED.replace(from, to);
  const { document } = await planOf(named, sql, { timeouts: { lock_ms: 20_000, statement_ms: 60_000 } });
  expect(document.plan.changes, sql).not.toEqual([]);
  plans.set(about, document);
  return document;
}

/** The database that the plans are for, made again for every case under the same name. */
let named: string;

async function asPlanned(): Promise<void> {
  const name = new URL(named).pathname.slice(1);
  await query((await testServer()).url, `drop database if exists ${name} with (force)`);
  await query((await testServer()).url, `create database ${name} template ${template.name}`);
}

async function connected<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(named, async (client) => {
    await pinSession(client);
    return work(client);
  });
}

/** Everything but the ledger. */
async function hashes(client: pg.Client, inTransaction = false): Promise<object> {
  const state = await readCatalog(client, { major: 15, kinds: kindsAskedFor(kinds, []), inTransaction });
  return Object.fromEntries([...hashesOf(state)].filter(([address]) => !/:schemactl\b/.test(address)));
}

/** What the change leads to in a database where nobody plans anything. */
const afterAlone = (change: string): Promise<object> =>
  connected(async (client) => {
    await client.query(`begin; ${change}`);
    const found = await hashes(client, true);
    await client.query('rollback');
    return found;
  });

/** Returns once the apply waits for `other` with a statement of its first step. */
async function stepWaitsFor(watching: pg.Client, other: pg.Client, [step]: readonly PlanStep[], isOver: () => boolean): Promise<void> {
  const own = [...(step?.pins ?? []), ...(step?.statements ?? []).map(({ sql }) => sql)];
  for (;;) {
    const { rows } = await watching.query('select query from pg_stat_activity where $1 = any (pg_blocking_pids(pid))', [
      (other as pg.Client & { readonly processID: number }).processID,
    ]);
    // The text may be that of the statement before, which was over while this looked: then the next look tells.
    if (rows.some(({ query: text }) => own.includes(text)) || isOver()) return;
  }
}

beforeAll(async () => {
  const { url } = await testServer();
  await query(url, `create role ${ROLE}`);
  template = await createDatabase();
  await query(template.url, BEFORE);
  const target = new URL(template.url);
  target.pathname = `${target.pathname}_planned`;
  named = target.href;
});

afterAll(async () => {
  const { url } = await testServer();
  await query(url, `drop database if exists ${new URL(named).pathname.slice(1)} with (force)`);
  await template.drop();
  await query(url, `drop role if exists ${ROLE}`);
});

describe('while the step waits for its locks', () => {
  it('all changes are met by a plan', () => {
    expect(CASES.map(({ what }) => what)).toEqual(Object.keys(MET));
  });

  it.each(CASES)('$what, in the way of $plan', async ({ first, change, address, plan }) => {
    await asPlanned();
    const document = await planFor(plan);
    const { steps } = document.plan;
    // Where nothing is there to be pinned the step meets the change itself, which nobody sees until it is committed.
    const pins = steps[0]?.pins ?? [];
    const [before, after] = first !== null ? [first, change] : pins.length > 0 ? [pins.join('; '), change] : [change, 'select'];
    const alone = await afterAlone(`${before}; ${after}`);
    await connected((watching) =>
      connected(async (other) => {
        await other.query(`begin; ${before}`);
        const outcome = applyTo(named, document, { lock_retries: 3 });
        const apply = underWay(outcome);
        await stepWaitsFor(watching, other, steps, apply.isOver);
        expect(apply.isOver() ? await outcome : null, 'it waits').toBe(null);
        await other.query(`${after}; commit`);
        const { status, steps_run, exitCode, diagnostics } = await outcome;
        expect({ status, steps_run, exitCode, diagnostics }).toMatchObject({ status: 'failed', steps_run: 0, exitCode: 4 });
        expect(diagnostics[0]?.code, 'the look of the step, not the one before').toBe('SC5301');
        expect(diagnostics.map((finding) => finding.address)).toContain(address);
        expect(await hashes(watching), 'what the other session did, and nothing else').toEqual(alone);
      }),
    );
  });
});

describe('a function replaced by a hotfix is not lost', () => {
  const HOTFIX = `create or replace function app.twice(n integer) returns integer language sql immutable as 'select n << 1'`;
  const bodyNow = async (): Promise<string> => {
    const [row] = await query<{ prosrc: string }>(named, `select prosrc from pg_proc where oid = 'app.twice(integer)'::regprocedure`);
    return row?.prosrc ?? '';
  };

  /** Applies the plan for the function; `meanwhile` runs once, when the apply is about to send the statement. */
  async function applyThrough(statement: (document: PlanDocument) => string, meanwhile: () => Promise<void>): Promise<ApplyOutcome> {
    await asPlanned();
    const document = await planFor('the function');
    const wire: Wire = await openWire((await testServer()).url);
    try {
      wire.watch(async ({ sql, occurrence }, moment) => {
        if (moment === 'before' && occurrence === 0 && sql === statement(document)) await meanwhile();
        return undefined;
      });
      return await applyTo(wire.url(new URL(named).pathname.slice(1)), document);
    } finally {
      await wire.close();
    }
  }

  it('before the step has it: the apply refuses, and the hotfix stands', async () => {
    const outcome = await applyThrough(
      ({ plan }) => plan.steps[0]?.pins?.[0] ?? '',
      async () => {
        await query(named, HOTFIX);
      },
    );
    expect(outcome).toMatchObject({ status: 'failed', steps_run: 0, exitCode: 4 });
    expect(outcome.diagnostics.map(({ address }) => address)).toContain('function:app.twice(integer)');
    expect(await bodyNow()).toBe('select n << 1');
  });

  it('between the look of the step and its statement: the hotfix waits, and whoever sent it is told', async () => {
    const other = new pg.Client({ connectionString: named });
    let hotfix: ReturnType<typeof underWay> | null = null;
    try {
      const outcome = await applyThrough(
        ({ plan }) => plan.steps[0]?.statements[0]?.sql ?? '',
        async () => {
          await other.connect();
          hotfix = underWay(other.query(HOTFIX));
          await query(named, 'select pg_sleep(0.3)');
          expect(hotfix.isOver(), 'it waits').toBe(false);
        },
      );
      expect(outcome).toMatchObject({ status: 'done', steps_run: 1, exitCode: 0 });
      expect(await (hotfix as ReturnType<typeof underWay> | null)?.failure).toBe('tuple concurrently updated');
      expect(await bodyNow()).toBe('select n + n');
    } finally {
      await other.end();
    }
  });
});
