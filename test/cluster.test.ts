/**
 * What belongs to the whole server, on servers of the test's own: planned, proven and applied both ways, and judged by pg_dumpall where one
 * can read the server, else by a query that shares nothing with the reader.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportSchema } from '../src/plan/export.js';
import { type EmbeddedServer, startEmbedded } from '../src/scratch/embedded.js';
import { globalsOf } from './support/globals.js';
import { applyTo, planOf, planRefusal, spec, statementsOf } from './support/made-plan.js';
import { pgGlobals, psql } from './support/postgres-programs.js';

const MANAGE = ['role:*', 'role_membership:*', 'role_setting:*', 'parameter_privilege:*'];

/** Roles of its own, so that all of them go in one plan: every one starts servers. `since`: server major that it takes. */
interface Change {
  readonly name: string;
  readonly both?: string;
  readonly before: string;
  readonly after: string;
  readonly since?: number;
}

const OPTIONS = [
  ...['superuser', 'createdb', 'createrole', 'noinherit', 'login', 'replication', 'bypassrls', 'connection limit 3'],
  `valid until '2031-02-03 04:05:06+00'`,
];

const CHANGES: readonly Change[] = [
  { name: 'a role', before: '', after: 'create role a1;' },
  {
    name: 'a role with everything',
    before: '',
    after: `create role "A 2" superuser createdb createrole noinherit login replication bypassrls connection limit 7 valid until '2031-02-03 04:05:06+00';`,
  },
  ...OPTIONS.map(
    (option, n): Change => ({ name: `ALTER ROLE … ${option}`, before: `create role b${n};`, after: `create role b${n} ${option};` }),
  ),
  { name: 'a comment', both: 'create role c1;', before: '', after: `comment on role c1 is 'reads';` },
  { name: 'another comment', both: 'create role c2;', before: `comment on role c2 is 'x';`, after: `comment on role c2 is 'it''s';` },
  { name: 'a membership', both: 'create role d1; create role d2;', before: '', after: 'grant d1 to d2;' },
  {
    name: 'a membership of a new role',
    both: 'create role d3;',
    before: '',
    after: 'create role d4 login; grant d3 to d4 with admin option;',
  },
  {
    name: 'the admin option of a membership',
    both: 'create role d5; create role d6;',
    before: 'grant d5 to d6;',
    after: 'grant d5 to d6 with admin option;',
  },
  { name: 'a membership in a predefined role', both: 'create role e1;', before: '', after: 'grant pg_monitor to e1;' },
  {
    name: 'IN ROLE, ROLE and ADMIN',
    both: 'create role e2; create role e3; create role e4;',
    before: '',
    after: 'create role e5 in role e2 role e3 admin e4;',
  },
  {
    name: 'options of a membership',
    since: 16,
    both: 'create role f1; create role f2;',
    before: 'grant f1 to f2;',
    after: 'grant f1 to f2 with inherit false, set false;',
  },
  {
    name: 'a membership that another role granted',
    since: 16,
    both: 'create role f3; create role f4; create role f5; grant f3 to f5 with admin option;',
    before: '',
    after: 'grant f3 to f4 granted by f5;',
  },
  { name: 'a setting', both: 'create role s1;', before: '', after: `alter role s1 set work_mem = '7MB';` },
  {
    name: 'another setting',
    both: 'create role s2;',
    before: `alter role s2 set search_path = app, "B c"; alter role s2 set app.tenant = 'a';`,
    after: `alter role s2 set search_path = ''; alter user s2 set app.tenant = 'it''s';`,
  },
  { name: 'a setting of a new role', before: '', after: 'create role "S 3"; alter role "S 3" set statement_timeout = 5000;' },
  { name: 'a setting of all roles', before: `alter role all set work_mem = '8MB';`, after: `alter role all set DateStyle = 'ISO, DMY';` },
  {
    name: 'privileges on parameters',
    since: 15,
    both: 'create role p1; create role p2;',
    before: 'grant set on parameter log_min_duration_statement to p1;',
    after: `grant set, alter system on parameter log_min_duration_statement to p1 with grant option;
      grant alter system on parameter work_mem, app.tenant to p2; grant set on parameter log_statement to public;`,
  },
];

describe.each([15, 18])('PostgreSQL %i', (major) => {
  let target: EmbeddedServer;
  let model: EmbeddedServer;
  beforeAll(async () => {
    target = await startEmbedded({ major });
    model = await startEmbedded({ major });
  }, 120_000);
  afterAll(async () => {
    await target?.stop();
    await model?.stop();
  });

  const globals = (url: string): Promise<string> => (major <= 15 ? pgGlobals(url) : globalsOf(url));
  const sides = (side: 'before' | 'after'): string =>
    CHANGES.filter(({ since = 0 }) => since <= major)
      .map((change) => `${change.both ?? ''} ${change[side]}`)
      .join('\n');
  const options = { manage: MANAGE, scratch: { kind: 'embedded' }, adopt: true, allow: [{ hazard: '*', address: null }] } as const;

  async function goTo(desired: string, wanted: string): Promise<void> {
    const planned = await planOf(target.url, desired, options);
    const { steps } = planned.document.plan;
    expect(steps.map(({ proven }) => proven)).toEqual(steps.map(() => true));
    expect(planned.blocked).toEqual([]);
    const outcome = await applyTo(target.url, planned.document);
    expect(outcome.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(await globals(target.url)).toEqual(wanted);
    expect((await planOf(target.url, desired, options)).document.plan.steps).toEqual([]);
  }

  it('every change, and back', { timeout: 300_000 }, async () => {
    await psql(target.url, sides('before'));
    const before = await globals(target.url);
    await psql(model.url, sides('after'));
    const after = await globals(model.url);
    expect(after).not.toEqual(before);
    await goTo(sides('after'), after);
    // The same in YAML: there is nothing to do.
    const folder = mkdtempSync(join(tmpdir(), 'schemactl-roles-'));
    try {
      const exported = { target: spec(target.url), manage: MANAGE, ignore: [], format: 'yaml', layout: 'schema' } as const;
      const { files } = await exportSchema(exported);
      expect(files.map(({ path }) => path)).toEqual(['database.yaml']);
      for (const { path, text } of files) writeFileSync(join(folder, path), text);
      expect(statementsOf((await planOf(target.url, '', { ...options, desired: [folder] })).document)).toEqual([]);
      const unasked = await planRefusal(target.url, '', { ...options, manage: [], desired: [join(folder, 'database.yaml')] });
      expect(unasked.map(({ code, summary }) => `${code} ${summary}`)).toEqual(
        ['roles', 'role_settings', ...(major < 15 ? [] : ['parameter_privileges'])].map(
          (key) => `SC1002 the key ${key} is not part of a desired schema`,
        ),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
    await goTo(sides('before'), before);
  });

  it('owners, grantees and policies wait for their roles, and roles for them to go', { timeout: 120_000 }, async () => {
    const server = await startEmbedded({ major });
    try {
      const table = 'create schema app; create table app.t (a int);';
      const old = `create role g; create role o; ${table} alter table app.t owner to o; grant select on app.t to g; create policy p on app.t to g;
        create role p; create role q; grant set on parameter log_statement to p with grant option;
        set role p; grant set on parameter log_statement to q; reset role; alter role q set work_mem = '1MB';`;
      await psql(server.url, old);
      const renamed = `-- schemactl: renamed_from o\ncreate role boss; create role n; ${table} alter table app.t owner to boss;
        grant select on app.t to n; create policy p on app.t to n;`;
      const planned = await planOf(server.url, renamed, options);
      expect(planned.document.plan.steps.map(({ proven }) => proven)).toEqual(planned.document.plan.steps.map(() => true));
      expect(statementsOf(planned.document)).toContain('ALTER ROLE o RENAME TO boss');
      const { exitCode } = await applyTo(server.url, planned.document);
      expect(exitCode).toBe(0);
      const roles = await psql(server.url, `select string_agg(rolname, ' ' order by rolname) from pg_roles where oid >= 16384`);
      expect(roles.trim()).toBe('boss n');
    } finally {
      await server.stop();
    }
  });

  it.each<[string, string, readonly string[], string]>([
    ['a role that nobody asked for', 'create role x;', [], 'SC1002'],
    ['everything in the database is no roles', 'create role x;', ['*'], 'SC1002'],
    ['a password', `create role x password 'secret';`, MANAGE, 'SC1051'],
    ['a role that no pattern lists', 'create role x;', ['role:app_*'], 'SC2203'],
    ['the role that plans', 'create role postgres;', MANAGE, 'SC2203'],
    ['REVOKE', 'revoke a from b;', MANAGE, 'SC1002'],
    ['a setting of a role that nobody asked for', `alter role x set work_mem = '1MB';`, ['*'], 'SC1002'],
    ['a privilege on a parameter that nobody asked for', 'grant set on parameter work_mem to x;', ['role:*'], 'SC1002'],
    ['a privilege on a parameter that no pattern lists', 'grant set on parameter work_mem to x;', ['parameter_privilege:log_*'], 'SC2203'],
    ['RESET', 'alter role x reset work_mem;', MANAGE, 'SC1002'],
    ['a value of the session', 'alter role x set work_mem from current;', MANAGE, 'SC1002'],
    ['two databases', 'alter database a set work_mem = 1000; alter database b set temp_buffers = 1000;', ['*'], 'SC2204'],
  ])('%s is refused', { timeout: 60_000 }, async (_, sql, manage, code) => {
    const found = await planRefusal(target.url, sql, { ...options, manage });
    expect(found.map((each) => each.code)).toEqual([code]);
  });
});
