/** What happens to a plan when the database changes behind its back: refused when it matters, applied when it does not. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyPlan } from '../src/apply/apply.js';
import type { ApplyOutcome } from '../src/apply/options.js';
import { readPast } from '../src/apply/past.js';
import type { ConnectionSpec } from '../src/core/connection.js';
import { planText } from '../src/plan/file.js';
import { makePlan } from '../src/plan/make.js';
import { schemactl } from './commands/run-binary.js';
import { query, testServer } from './support/database.js';

const mark = randomBytes(4).toString('hex');
const ROLE = `drift_${mark}`;
const OTHER = `drift_other_${mark}`;
const NAME = `drift_${mark}`;
const TEMPLATE = `${NAME}_template`;

/** One of every kind that a case changes; `app` is what the plan manages, `other` is not. */
const BEFORE = `
  create schema app;
  create type app.mood as enum ('sad', 'happy');
  create domain app.percent as integer check (value between 0 and 100);
  create sequence app.numbers;
  create function app.twice(n integer) returns integer language sql immutable as 'select n * 2';
  create function app.touch() returns trigger language plpgsql as 'begin return new; end';
  create table app.orders (id bigint generated always as identity primary key, total integer not null default 0, note text, state app.mood);
  create index orders_note on app.orders (note);
  create trigger touched before update on app.orders for each row execute function app.touch();
  create view app.totals as select id, total from app.orders;
  create table app.secrets (id bigint primary key, owner name not null);
  alter table app.secrets enable row level security;
  create policy own on app.secrets using (owner = current_user);
  create table app.events (id bigint, at date not null) partition by range (at);
  create table app.events_2025 partition of app.events for values from ('2025-01-01') to ('2026-01-01');
  create table app.unused (id integer);
  comment on table app.orders is 'what was ordered';
  create table app.planned (id integer);
  insert into app.orders (total, note) select n, 'note ' || n from generate_series(1, 20) n;
  create schema other;
  create table other.things (id integer primary key, name text);
  create function other.one() returns integer language sql as 'select 1';
`;

/** Everything but what the plan itself is about. */
const PLANNED = 'column:app.planned.added';

/** A change within the scope, and the address that the refusal names. */
const WITHIN: readonly (readonly [string, string, string])[] = [
  ['a column added', 'alter table app.orders add column extra text', 'column:app.orders.extra'],
  ['a type changed', 'alter table app.orders alter column note type varchar(500)', 'column:app.orders.note'],
  ['a default changed', 'alter table app.orders alter column total set default 7', 'default:app.orders.total'],
  ['a constraint added', 'alter table app.orders add constraint positive check (total >= 0)', 'constraint:app.orders.positive'],
  ['an index added', 'create index orders_total on app.orders (total)', 'index:app.orders.orders_total'],
  ['a view replaced', 'create or replace view app.totals as select id, total + 1 as total from app.orders', 'view:app.totals'],
  [
    'a function body changed',
    `create or replace function app.twice(n integer) returns integer language sql immutable as 'select n * 3'`,
    'function:app.twice(integer)',
  ],
  [
    'a trigger added',
    'create trigger again after insert on app.orders for each row execute function app.touch()',
    'trigger:app.orders.again',
  ],
  ['a trigger disabled', 'alter table app.orders disable trigger touched', 'trigger:app.orders.touched'],
  ['an enum value added', `alter type app.mood add value 'calm'`, 'enum:app.mood'],
  ['a sequence option changed', 'alter sequence app.numbers increment by 5', 'sequence:app.numbers'],
  ['a domain changed', 'alter domain app.percent set not null', 'domain:app.percent'],
  ['a policy changed', 'alter policy own on app.secrets using (true)', 'policy:app.secrets.own'],
  ['a privilege granted', `grant select on app.orders to ${ROLE}`, `privilege:table:app.orders@${ROLE}`],
  [
    'a default privilege granted',
    `alter default privileges in schema app grant select on tables to ${ROLE}`,
    `default_privilege:app.postgres.tables@${ROLE}`,
  ],
  ['a comment changed', `comment on table app.orders is 'something else'`, 'comment:table:app.orders'],
  ['a storage parameter set', 'alter table app.orders set (fillfactor = 70)', 'table:app.orders'],
  ['a table renamed', 'alter table app.unused rename to used', 'table:app.used'],
  ['a table added', 'create table app.brand_new (id integer)', 'table:app.brand_new'],
  ['a table dropped', 'drop table app.unused', 'table:app.unused'],
  ['row-level security switched on', 'alter table app.orders enable row level security', 'table:app.orders'],
  ['an owner changed', `alter table app.orders owner to ${ROLE}`, 'owner:table:app.orders'],
  [
    'a partition added',
    `create table app.events_2026 partition of app.events for values from ('2026-01-01') to ('2027-01-01')`,
    'table:app.events_2026',
  ],
  ['an extension added', 'create extension citext schema app', 'extension:citext'],
];

/** What is no schema, or not within the scope. */
const WITHOUT: readonly (readonly [string, string])[] = [
  ['ANALYZE', 'analyze'],
  [
    'INSERT, UPDATE and DELETE',
    `insert into app.orders (total) values (1); update app.orders set total = 2; delete from app.orders where id < 3`,
  ],
  ['REINDEX', 'reindex table app.orders'],
  ['nextval', `select nextval('app.numbers')`],
  ['a table in another schema', 'alter table other.things add column extra text'],
  ['an index in another schema', 'create index on other.things (name)'],
  ['a password and a setting of a role', `alter role ${OTHER} password 'x'; alter role ${OTHER} set work_mem to '8MB'`],
  ['a comment in another schema', `comment on table other.things is 'not ours'`],
  ['a function in another schema', `create or replace function other.one() returns integer language sql as 'select 2'`],
];

let folder: string;
let desired: string;
let target: ConnectionSpec;
let url: string;
let bytes: Uint8Array;

const admin = async (sql: string): Promise<void> => {
  await query((await testServer()).url, sql);
};

/** The database as it was when the plan was made: a copy under the same name. */
async function asPlanned(): Promise<void> {
  await admin(`drop database if exists ${NAME} with (force)`);
  await admin(`create database ${NAME} template ${TEMPLATE}`);
}

const apply = (): Promise<ApplyOutcome> =>
  applyPlan({
    bytes,
    file: 'plan.json',
    target,
    policy: { trusted: { keys: [], threshold: 1 }, requireSignature: false },
    environment: null,
    phase: 'all',
    lock_retries: 0,
  });

const isApplied = async (): Promise<boolean> =>
  (await query(url, `select from pg_attribute where attrelid = 'app.planned'::regclass and attname = 'added'`)).length === 1;

beforeAll(async () => {
  const server = await testServer();
  const here = new URL(server.url);
  here.pathname = `/${TEMPLATE}`;
  await admin(`create role ${ROLE}`);
  await admin(`create role ${OTHER} login`);
  await admin(`create database ${TEMPLATE} template template0`);
  await query(here.href, BEFORE);
  here.pathname = `/${NAME}`;
  url = here.href;
  target = { config: { connectionString: url }, label: NAME };
  folder = mkdtempSync(join(tmpdir(), 'schemactl-drift-'));
  desired = join(folder, 'schemas');
  mkdirSync(desired);
  // The rows are in no desired file; the other schema is not managed.
  const schema = BEFORE.replace(/\n\s*insert [^;]*;/, '').replace(/\n\s*create schema other;[\s\S]*/, '\n');
  writeFileSync(join(desired, 'app.sql'), schema.replace('app.planned (id integer)', 'app.planned (id integer, added text)'));
  await asPlanned();
  const outcome = await makePlan(
    {
      target,
      scratch: { kind: 'url', connection: { config: { connectionString: server.url }, label: 'scratch' } },
      desired: [desired],
      manage: [],
      ignore: [],
      allow: [],
      adopt: false,
      online: true,
      environment: null,
      policy: {},
      timeouts: { lock_ms: 2_000, statement_ms: 60_000 },
      tool: { name: 'schemactl', version: '0.0.0' },
      by: 'test',
      now: new Date(),
      not_after: null,
    },
    readPast,
  );
  expect(outcome.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(outcome.document.plan.changes.map(({ address }) => address)).toEqual([PLANNED]);
  bytes = Buffer.from(planText(outcome.document));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of [NAME, TEMPLATE]) await admin(`drop database if exists ${name} with (force)`);
  for (const role of [ROLE, OTHER]) await admin(`drop role if exists ${role}`);
});

describe('a change within the scope between plan and apply is refused by its address', () => {
  it.each(WITHIN)('%s', async (_, change, address) => {
    await asPlanned();
    await query(url, change);
    const { status, steps_run, exitCode, diagnostics } = await apply();
    expect(diagnostics.map(({ summary }) => summary).join('\n')).toContain(`${address} was `);
    expect(diagnostics.some((finding) => finding.address === address)).toBe(true);
    expect({ status, steps_run, exitCode }).toEqual({ status: 'failed', steps_run: 0, exitCode: 4 });
    expect(await isApplied()).toBe(false);
    expect(await query(url, `select from pg_namespace where nspname = 'schemactl'`), 'no ledger is made by a refusal').toEqual([]);
  });
});

describe('what is no change of the managed schema does not matter', () => {
  it.each(WITHOUT)('%s', async (_, change) => {
    await asPlanned();
    await query(url, change);
    const { diagnostics, ...outcome } = await apply();
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(outcome).toEqual({ status: 'done', steps_run: 1, exitCode: 0 });
    expect(await isApplied()).toBe(true);
  });
});

describe('the executable', () => {
  const run = async (change: string) => {
    await asPlanned();
    writeFileSync(join(folder, 'plan.json'), bytes);
    await query(url, change);
    return schemactl(folder, ['apply', 'plan.json', '--url', url, '--yes']);
  };

  it('exits with 4, names what changed, and says that nothing was changed', async () => {
    const { code, stdout, stderr } = await run('alter table app.orders add column extra text');
    expect(stderr).toContain('error[SC6231] the database has changed since the plan was made');
    expect(stderr).toContain('error[SC6232] column:app.orders.extra was added');
    expect(stderr).toContain('hint: make the plan again');
    expect(stdout).toMatch(/^Nothing was changed in \S+\.\n$/);
    expect(code).toBe(4);
  });

  it('exits with 0 for a change outside of the scope', async () => {
    const { code, stdout } = await run('alter table other.things add column extra text');
    expect(stdout).toMatch(/^Applied 1 step to /);
    expect(code).toBe(0);
  });
});
