/** Presets of platforms, on databases that hold what those make: everything is managed, and nothing of theirs is touched. */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '../src/config/load.js';
import { presetNames, presetPatterns, readPreset } from '../src/config/presets.js';
import { DiagnosticError } from '../src/core/diagnostic.js';
import { patternProblems } from '../src/plan/patterns.js';
import { query, testServer, withDatabase } from './support/database.js';
import { planOf } from './support/made-plan.js';

vi.setConfig({ testTimeout: 120_000 });

const APP = `create schema app; create table app.orders (id integer primary key, at timestamptz not null default now());`;

/** What a platform makes in a database of its users, in small: roles first, then what hangs on the application's own. */
const MADE: Readonly<Record<string, { readonly roles: readonly string[]; readonly sql: string }>> = {
  supabase: {
    roles: ['anon', 'authenticated', 'service_role', 'authenticator', 'supabase_admin', 'supabase_auth_admin', 'dashboard_user'],
    sql: `create schema auth authorization supabase_auth_admin; create table auth.users (id uuid primary key, email text);
      create function auth.uid() returns uuid language sql stable as 'select null::uuid'; create schema storage; create table storage.objects (id uuid);
      create schema extensions; create schema vault; create schema graphql_public; create publication supabase_realtime;
      create function extensions.grant_pg_cron_access() returns event_trigger language plpgsql as 'begin end';
      create event trigger issue_pg_cron_access on ddl_command_end execute function extensions.grant_pg_cron_access();
      grant all on app.orders to supabase_admin, dashboard_user;
      alter default privileges for role supabase_admin in schema app grant all on tables to dashboard_user;`,
  },
  rds: {
    roles: ['rdsadmin', 'rds_superuser'],
    sql: `grant select on app.orders to rds_superuser; create schema aws_s3; create table aws_s3.jobs (id integer);`,
  },
  'cloud-sql': {
    roles: ['cloudsqladmin', 'cloudsqlsuperuser', 'cloudsqlimportexport'],
    sql: `grant select on app.orders to cloudsqlimportexport; create schema google_vacuum_mgmt; create view google_vacuum_mgmt.oldest as select 1 as x;`,
  },
  neon: {
    roles: ['cloud_admin', 'neon_superuser'],
    sql: `grant all on app.orders to neon_superuser; create schema neon_auth; create table neon_auth.users_sync (id text primary key);
      alter default privileges for role cloud_admin in schema app grant all on tables to neon_superuser;`,
  },
  'pg-partman': {
    roles: [],
    sql: `create schema partman; create table partman.part_config (parent_table text primary key); create table partman.template_app_events (id integer);
      create table app.events_p20270101 partition of app.events for values from ('2027-01-01') to ('2027-02-01');
      create table app.events_p20270201 partition of app.events for values from ('2027-02-01') to ('2027-03-01');
      create table app.events_default partition of app.events default;`,
  },
  timescaledb: {
    roles: [],
    sql: `create schema _timescaledb_internal; create schema _timescaledb_catalog; create table _timescaledb_catalog.hypertable (id serial primary key);
      create table _timescaledb_internal._hyper_1_1_chunk () inherits (app.orders);
      create function _timescaledb_internal.insert_blocker() returns trigger language plpgsql as 'begin return null; end';
      create trigger ts_insert_blocker before insert on app.orders for each row execute function _timescaledb_internal.insert_blocker();`,
  },
};

const made: string[] = [];
afterAll(() => console.log(`${made.length} presets leave alone what their platforms make: ${made.join(', ')}`));

it('every preset has a database here that imitates its platform', () => {
  expect(presetNames()).toEqual(Object.keys(MADE).sort());
});

describe.each(Object.keys(MADE))('%s', (name) => {
  it('lists patterns of kinds that there are, each with its reason and its source', () => {
    const preset = readPreset(name);
    expect(preset).not.toBeNull();
    for (const { why, source } of preset?.ignore ?? [])
      expect([why, source]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/^https:/)]);
    expect(patternProblems(presetPatterns(preset ?? { title: '', ignore: [] }))).toEqual([]);
  });

  it('leaves alone what the platform makes, which is dropped without it', async () => {
    const { roles = [], sql = '' } = MADE[name] ?? {};
    const server = await testServer(17);
    const desired = name === 'pg-partman' ? `${APP} create table app.events (at date not null) partition by range (at);` : APP;
    const { ignore } = parseConfig('schemactl.yaml', `version: 1\npresets: [${name}]\n`);
    await withDatabase(
      async ({ url }) => {
        for (const role of roles) await query(server.url, `create role ${role}`);
        await query(url, `${desired} ${sql}`);
        const manage = ['*'];
        const options = { manage, adopt: true, scratchMajor: 17 };
        const withIt = await planOf(url, desired, { ...options, ignore });
        expect(withIt.document.plan.changes.map(({ type, address }) => `${type} ${address}`)).toEqual([]);
        const without = await planOf(url, desired, { ...options, allow: [{ hazard: '*', address: null }] });
        expect(without.isEmpty).toBe(false);
        made.push(name);
      },
      { major: 17 },
    );
  });
});

it('an unknown preset is an error at its place, with the one that was meant', () => {
  const refused = () => parseConfig('schemactl.yaml', 'version: 1\npresets: [supabse]\n');
  expect(refused).toThrow(DiagnosticError);
  try {
    refused();
  } catch (error) {
    expect((error as DiagnosticError).diagnostics).toMatchObject([
      { code: 'SC7006', summary: 'no preset is named supabse', hint: 'did you mean supabase?', span: { start: { line: 2, column: 11 } } },
    ]);
  }
});

it('presets stand beside the patterns of an environment, or are its own', () => {
  const config = parseConfig(
    'schemactl.yaml',
    'version: 1\npresets: [neon]\nignore: [a]\nenvironments: { one: { ignore: [b] }, two: { presets: [rds] }, none: { presets: [] } }\n',
  );
  const neon = presetPatterns(readPreset('neon') ?? { title: '', ignore: [] });
  const rds = presetPatterns(readPreset('rds') ?? { title: '', ignore: [] });
  const ignoreOf = (name: string) => config.environments.get(name)?.ignore;
  expect([config.ignore, ignoreOf('one'), ignoreOf('two'), ignoreOf('none')]).toEqual([
    [...neon, 'a'],
    [...neon, 'b'],
    [...rds, 'a'],
    ['a'],
  ]);
});

it.each([
  ['privilege:table:app.orders@reader', ['privilege:table:app.orders@writer']],
  ['privilege:*@reader', ['privilege:table:app.orders@writer']],
  ['privilege:app.orders@*', []],
  ['privilege:app.orders', []],
])('one privilege is left alone: ignore %s', async (pattern, left) => {
  const server = await testServer(17);
  for (const role of ['reader', 'writer'])
    await query(server.url, `do $$ begin create role ${role}; exception when duplicate_object then null; end $$`);
  await withDatabase(
    async ({ url }) => {
      await query(url, `${APP} grant select on app.orders to reader; grant insert on app.orders to writer;`);
      const plan = await planOf(url, APP, {
        manage: ['*'],
        ignore: [pattern],
        adopt: true,
        scratchMajor: 17,
        allow: [{ hazard: '*', address: null }],
      });
      expect(plan.document.plan.changes.map(({ type, address }) => `${type} ${address}`)).toEqual(left.map((address) => `drop ${address}`));
    },
    { major: 17 },
  );
});
