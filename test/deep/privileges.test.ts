/** Rules of owners and privileges, by their sentences: what counts as equal, what is compared, and whose name the result carries. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PlanDocument } from '../../src/core/plan.js';
import { query, testServer, withDatabase } from '../support/database.js';
import { applyTo, migrate, planOf, statementsOf } from '../support/made-plan.js';

// Several plans each, and a server may be busy.
vi.setConfig({ testTimeout: 120_000 });

const mark = randomBytes(4).toString('hex');
const role = (name: string): string => `rules_${name}_${mark}`;
/** A plain role that deploys, one that may act as it, one that may not, and two that are granted to. */
const [DEPLOY, MEMBER, STRANGER, READER, OWNER] = ['deploy', 'member', 'stranger', 'reader', 'owner'].map(role) as [
  string,
  string,
  string,
  string,
  string,
];
const NAME = `rules_${mark}`;

const everything = { allow: [{ hazard: '*', address: null }], adopt: true } as const;
const whole = { ...everything, manage: ['*'] };

const admin = async (sql: string): Promise<void> => {
  await query((await testServer()).url, sql);
};

beforeAll(async () => {
  for (const name of [DEPLOY, MEMBER, STRANGER]) await admin(`create role ${name} login`);
  for (const name of [READER, OWNER]) await admin(`create role ${name}`);
  await admin(`grant ${DEPLOY} to ${MEMBER}`);
});

afterAll(async () => {
  await admin(`drop database if exists ${NAME} with (force)`);
  for (const name of [MEMBER, STRANGER, READER, OWNER, DEPLOY]) await admin(`drop role if exists ${name}`);
});

/** Made, with nothing said about privileges. */
const OBJECTS = `
  create schema app;
  create type app.mood as enum ('sad');
  create domain app.percent as int;
  create type app.pair as (a int, b int);
  create sequence app.numbers;
  create function app.f() returns int language sql as 'select 1';
  create procedure app.p() language sql as 'select 1';
  create table app.t (a int, b int);
  create view app.v as select a from app.t;
  create materialized view app.m as select a from app.t;
`;

/** Grants and takes back, so that the catalog has an ACL where it had none, and it says the same. */
const TARGETS: readonly (readonly [string, string, string])[] = [
  ['a table', 'on app.t', 'select'],
  ['a column', 'on app.t', 'select (a)'],
  ['a view', 'on app.v', 'select'],
  ['a materialized view', 'on app.m', 'select'],
  ['a sequence', 'on sequence app.numbers', 'usage'],
  ['a function', 'on function app.f()', 'execute'],
  ['a procedure', 'on procedure app.p()', 'execute'],
  ['an enum', 'on type app.mood', 'usage'],
  ['a domain', 'on type app.percent', 'usage'],
  ['a composite type', 'on type app.pair', 'usage'],
  ['a schema', 'on schema app', 'usage'],
];

describe("No ACL equals the owner's own and what everybody has by default, in both directions", () => {
  it.each(TARGETS)('of %s', (_, target, privilege) =>
    withDatabase(async ({ url }) => {
      const there = `grant ${privilege} ${target} to ${READER};`;
      const back = `revoke ${privilege} ${target} from ${READER};`;
      await query(url, OBJECTS);
      const before = await planOf(url, `${OBJECTS}${there}${back}`, whole);
      expect(statementsOf(before.document), 'declared and taken back, where the database has none').toEqual([]);
      await query(url, `${there}${back}`);
      const after = await planOf(url, OBJECTS, whole);
      expect(statementsOf(after.document), 'granted and taken back, where nothing is declared').toEqual([]);
      expect(after.document.plan.before).toEqual(before.document.plan.before);
      // It is not that privileges are passed over.
      await query(url, there);
      expect(statementsOf((await planOf(url, OBJECTS, whole)).document)).toEqual([expect.stringMatching(/^REVOKE /)]);
    }),
  );

  it('of what PUBLIC has by default, taken away and given back', () =>
    withDatabase(async ({ url }) => {
      await query(url, OBJECTS);
      const { document } = await planOf(url, OBJECTS, whole);
      await query(
        url,
        `revoke execute on function app.f() from public; grant execute on function app.f() to public;
         revoke usage on type app.mood from public; grant usage on type app.mood to public`,
      );
      const again = await planOf(url, OBJECTS, whole);
      expect(again.isEmpty).toBe(true);
      expect(again.document.plan.before).toEqual(document.plan.before);
    }));

  it('of default privileges, for a schema and for the database', () =>
    withDatabase(async ({ url }) => {
      await query(url, OBJECTS);
      const { document } = await planOf(url, OBJECTS, whole);
      for (const where of ['in schema app', '']) {
        const there = `alter default privileges ${where} grant select on tables to ${READER};`;
        const back = `alter default privileges ${where} revoke select on tables from ${READER};`;
        expect((await planOf(url, `${OBJECTS}${there}${back}`, whole)).isEmpty).toBe(true);
        await query(url, `${there}${back}`);
      }
      await query(
        url,
        'alter default privileges revoke execute on functions from public; alter default privileges grant execute on functions to public',
      );
      const again = await planOf(url, OBJECTS, whole);
      expect(again.isEmpty).toBe(true);
      expect(again.document.plan.before).toEqual(document.plan.before);
    }));

  it('of another owner: the ACL names the owner as such, not the role', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${OBJECTS} alter table app.t owner to ${OWNER}; grant select on app.t to ${READER}`);
      const desired = `${OBJECTS} grant select on app.t to ${READER};`;
      expect((await planOf(url, desired, everything)).isEmpty).toBe(true);
    }));
});

describe('Owners and privileges are compared per object once the desired state or an applied plan mentions them there', () => {
  const LIVE = `create schema app; create table app.said (a int); create table app.unsaid (a int);`;
  it('what was never declared is reported, not revoked', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${LIVE} grant select on app.said, app.unsaid to ${READER}; alter table app.unsaid owner to ${OWNER}`);
      const desired = `${LIVE} grant insert on app.said to ${READER};`;
      const { document, undeclared } = await migrate(url, desired, everything);
      expect([...statementsOf(document)].sort()).toEqual([
        `GRANT INSERT ON TABLE app.said TO ${READER}`,
        `REVOKE SELECT ON TABLE app.said FROM ${READER}`,
      ]);
      expect(undeclared).toEqual(expect.arrayContaining([`privilege:table:app.unsaid@${READER}`, 'owner:table:app.unsaid']));
      // From now on an applied plan speaks of them: what is left out is revoked there, and nowhere else.
      const less = await planOf(url, LIVE, everything);
      expect(statementsOf(less.document)).toEqual([`REVOKE INSERT ON TABLE app.said FROM ${READER}`]);
    }));

  it('an owner, once declared, is given back', () =>
    withDatabase(async ({ url }) => {
      const desired = `${LIVE} alter table app.said owner to ${OWNER};`;
      await migrate(url, desired);
      await query(url, `alter table app.said owner to postgres; alter table app.unsaid owner to ${READER}`);
      expect(statementsOf((await planOf(url, desired, everything)).document)).toEqual([`ALTER TABLE app.said OWNER TO ${OWNER}`]);
    }));

  it('all of them are compared where manage covers them', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${LIVE} grant select on app.unsaid to ${READER}`);
      expect(statementsOf((await planOf(url, LIVE, whole)).document)).toEqual([`REVOKE SELECT ON TABLE app.unsaid FROM ${READER}`]);
    }));
});

describe('A plan made by one role and applied by another gives the same owners and ACLs', () => {
  const LIVE = `set role ${DEPLOY}; create schema app; create table app.t (a int);
                alter default privileges in schema app grant select on tables to ${READER}; reset role;`;
  const DESIRED = `create schema app; create table app.t (a int, b int);
    create table app.made (id bigint generated always as identity primary key);
    create function app.f() returns int language sql as 'select 1';
    create view app.v as select a from app.t;
    create type app.mood as enum ('sad');
    revoke execute on function app.f() from public; grant execute on function app.f() to ${READER};
    grant select (a) on app.t to ${READER}; grant all on app.made to ${READER} with grant option;
    alter default privileges for role ${DEPLOY} in schema app grant select on tables to ${READER};
    alter default privileges for role ${DEPLOY} in schema app grant usage on types to ${READER};`;
  const RESULT = `
    select format('%s %s %s', oid::regclass, relowner::regrole, relacl) as line from pg_class where relnamespace = 'app'::regnamespace
    union all select format('%s.%s %s', attrelid::regclass, attname, attacl) from pg_attribute where attacl is not null and attrelid::regclass::text like 'app.%'
    union all select format('%s %s %s', oid::regprocedure, proowner::regrole, proacl) from pg_proc where pronamespace = 'app'::regnamespace
    union all select format('%s %s %s', oid::regtype, typowner::regrole, typacl) from pg_type where typnamespace = 'app'::regnamespace
    union all select format('%s %s %s', defaclrole::regrole, defaclobjtype, defaclacl) from pg_default_acl
    union all select format('%s %s %s', nspname, nspowner::regrole, nspacl) from pg_namespace where nspname in ('app', 'schemactl')
    order by 1`;

  const as = async (user: string): Promise<string> => {
    const url = new URL((await testServer()).url);
    [url.username, url.pathname] = [user, `/${NAME}`];
    return url.href;
  };
  const fresh = async (): Promise<void> => {
    await admin(`drop database if exists ${NAME} with (force)`);
    await admin(`create database ${NAME} template template0 owner ${DEPLOY}`);
    await query(await as('postgres'), LIVE);
  };
  let plan: PlanDocument;
  let expected: readonly unknown[];

  beforeAll(async () => {
    await fresh();
    plan = (await planOf(await as(DEPLOY), DESIRED)).document;
    expect(plan.plan.apply_as).toBe(DEPLOY);
    expect(await applyTo(await as(DEPLOY), plan)).toMatchObject({ status: 'done', exitCode: 0 });
    expected = await query(await as('postgres'), RESULT);
    expect(JSON.stringify(expected)).not.toContain('postgres');
    expect(JSON.stringify(expected)).toContain(READER);
  });

  it.each([
    ['a superuser', 'postgres'],
    ['a member of the role', MEMBER],
  ])('by %s', async (_, user) => {
    await fresh();
    const outcome = await applyTo(await as(user), plan);
    expect(outcome.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(outcome.exitCode).toBe(0);
    expect(await query(await as('postgres'), RESULT)).toEqual(expected);
    expect((await planOf(await as(DEPLOY), DESIRED)).isEmpty).toBe(true);
  });

  it('by a role that may not act as it: refused, and nothing is changed', async () => {
    await fresh();
    const { exitCode, steps_run, diagnostics } = await applyTo(await as(STRANGER), plan);
    expect(diagnostics).toMatchObject([{ code: 'SC5204', hint: expect.stringContaining(DEPLOY) }]);
    expect({ exitCode, steps_run }).toEqual({ exitCode: 1, steps_run: 0 });
    expect(await query(await as('postgres'), `select from pg_namespace where nspname = 'schemactl'`)).toEqual([]);
  });
});
