/** What scratch may and may not stand for: each rule of seeding, of proof and of text that is no fixpoint, against real servers. */
import { describe, expect, it, vi } from 'vitest';
import { readCatalog } from '../../src/catalog/read.js';
import { pinSession } from '../../src/catalog/session.js';
import type { PlanDocument } from '../../src/core/plan.js';
import { kindByName, kinds as kindList } from '../../src/kinds/registry.js';
import { seed } from '../../src/plan/seed.js';
import { query, withClient, withDatabase } from '../support/database.js';
import { applyTo, planOf, planRefusal, statementsOf } from '../support/made-plan.js';

// Several plans each, and servers of other majors.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const APP = 'create schema app;\n';

/** Runs SQL, statement by statement: some refuse to share a message. */
async function prepare(url: string, sql: string): Promise<void> {
  for (const statement of sql.split(/;\n/)) if (statement.trim() !== '') await query(url, statement);
}

const reasonsOf = ({ plan }: PlanDocument): readonly string[] => plan.steps.flatMap(({ proven }) => (proven === true ? [] : [proven]));

interface SeedCase {
  readonly title: string;
  readonly live: string;
  readonly desired: string;
  /** A statement that the plan must hold. */
  readonly holds: RegExp;
}

/** Proven: the chain of hashes measured in scratch is what the live database goes through. */
const FAITHFUL: readonly SeedCase[] = [
  {
    title: 'an INVALID index beside what is changed',
    live: `create table app.t (a integer);
create index i on app.t (a);
update pg_index set indisvalid = false where indexrelid = 'app.i'::regclass`,
    desired: 'create table app.t (a integer, b text); create index i on app.t (a);',
    holds: /ADD COLUMN b text/,
  },
  {
    title: 'a NOT VALID check that stays so',
    live: `create table app.t (a integer);
insert into app.t values (-1);
alter table app.t add constraint positive check (a > 0) not valid`,
    desired: 'create table app.t (a integer, b text); alter table app.t add constraint positive check (a > 0) not valid;',
    holds: /ADD COLUMN b text/,
  },
  {
    title: 'a NOT VALID check that is validated',
    live: `create table app.t (a integer);
alter table app.t add constraint positive check (a > 0) not valid`,
    desired: 'create table app.t (a integer, constraint positive check (a > 0));',
    holds: /VALIDATE CONSTRAINT/,
  },
  {
    title: 'a foreign key that is NOT VALID',
    live: `create table app.p (id integer primary key);
create table app.c (p integer);
alter table app.c add constraint fk foreign key (p) references app.p not valid`,
    desired: `create table app.p (id integer primary key, name text); create table app.c (p integer);
      alter table app.c add constraint fk foreign key (p) references app.p not valid;`,
    holds: /ADD COLUMN name text/,
  },
  {
    title: 'an index that is the REPLICA IDENTITY of its table',
    live: `create table app.t (a integer not null);
create unique index i on app.t (a);
alter table app.t replica identity using index i`,
    desired:
      'create table app.t (a integer not null, b text); create unique index i on app.t (a); alter table app.t replica identity using index i;',
    holds: /ADD COLUMN b text/,
  },
  {
    title: 'a detach that was cancelled half-way',
    live: `create table app.p (a integer) partition by range (a);
create table app.p1 partition of app.p for values from (1) to (10);
update pg_inherits set inhdetachpending = true where inhrelid = 'app.p1'::regclass`,
    desired: 'create table app.p (a integer) partition by range (a); create table app.p1 (a integer);',
    holds: /DETACH PARTITION app\.p1 FINALIZE/,
  },
  {
    title: 'triggers that are disabled, replica or always',
    live: `create function app.f() returns trigger language plpgsql as 'begin return new; end'
;
create table app.t (a integer);
create trigger one before insert on app.t for each row execute function app.f();
create trigger two before insert on app.t for each row execute function app.f();
create trigger three before insert on app.t for each row execute function app.f();
alter table app.t disable trigger one;
alter table app.t enable replica trigger two;
alter table app.t enable always trigger three`,
    desired: `create function app.f() returns trigger language plpgsql as 'begin return new; end';
      create table app.t (a integer, b text);
      create trigger one before insert on app.t for each row execute function app.f();
      create trigger two before insert on app.t for each row execute function app.f();
      create trigger three before insert on app.t for each row execute function app.f();
      alter table app.t disable trigger one; alter table app.t enable replica trigger two; alter table app.t enable always trigger three;`,
    holds: /ADD COLUMN b text/,
  },
  {
    title: 'a function in C whose library scratch does not have',
    live: `create table app.t (a integer);
create schema other;
create function other.native(integer) returns integer language internal strict as 'int4abs';
alter table app.t add constraint c check (other.native(a) > 0);
update pg_proc set prolang = (select oid from pg_language where lanname = 'c'), prosrc = 'native', probin = '$libdir/nowhere' where oid = 'other.native(integer)'::regprocedure`,
    desired: 'create table app.t (a integer, b text); alter table app.t add constraint c check (other.native(a) > 0);',
    holds: /ADD COLUMN b text/,
  },
];

const everything = { adopt: true, allow: [{ hazard: '*', address: null }] };

/** Plans, expects a proof, applies, and plans again: the chain of hashes held, and nothing is left. */
async function expectConverges(url: string, desired: string): Promise<PlanDocument> {
  const { document } = await planOf(url, desired, everything);
  expect(reasonsOf(document)).toEqual([]);
  const { status, diagnostics } = await applyTo(url, document);
  expect({ status, errors: diagnostics.filter(({ severity }) => severity !== 'info') }).toEqual({ status: 'done', errors: [] });
  expect(statementsOf((await planOf(url, desired, everything)).document)).toEqual([]);
  return document;
}

describe('seeding', () => {
  for (const { title, live, desired, holds } of FAITHFUL) {
    it(`seeds ${title}`, () =>
      withDatabase(async ({ url }) => {
        await prepare(url, APP + live);
        const document = await expectConverges(url, APP + desired);
        expect(statementsOf(document).join('\n')).toMatch(holds);
      }));
  }
});

describe('an extension is seeded at the live version, or what leans on it is not proven', () => {
  const desired = `${APP}create table app.t (a ext.citext, b text);`;

  it('at an older version than the default one', () =>
    withDatabase(async ({ url }) => {
      await query(url, `create schema ext; create extension citext schema ext version '1.5'; ${APP} create table app.t (a ext.citext)`);
      const document = await expectConverges(url, desired);
      expect(statementsOf(document)).toEqual([expect.stringMatching(/ADD COLUMN b text/)]);
    }));

  it('at a version that scratch does not have', () =>
    withDatabase(async ({ url }) => {
      await query(url, `create schema ext; create extension citext schema ext; ${APP} create table app.t (a ext.citext)`);
      await query(url, `update pg_extension set extversion = '99' where extname = 'citext'`);
      const { document, blocked } = await planOf(url, desired, everything);
      expect(reasonsOf(document)).toEqual(['extension:citext: version 99, which is live, is not available in scratch']);
      // --allow '*' is no word about what is not proven.
      expect(blocked.map(({ hazard }) => hazard.code)).toEqual(['unproven']);
    }));

  it('one that scratch does not have is only missed by those who need it', () =>
    withDatabase(async ({ url }) => {
      await query(url, `create schema ext; create extension citext schema ext; ${APP} create table app.t (a integer)`);
      await query(url, `update pg_extension set extname = 'elsewhere' where extname = 'citext'`);
      const document = await expectConverges(url, `${APP}create table app.t (a integer, b text);`);
      expect(statementsOf(document)).toHaveLength(1);
      const refused = await planRefusal(url, desired, everything);
      expect(refused).toEqual([
        expect.objectContaining({
          code: 'SC1203',
          span: expect.objectContaining({ start: expect.objectContaining({ line: 2 }) }),
          detail: expect.stringMatching(/extension:elsewhere is in the live database, but scratch refuses it: .*elsewhere/),
        }),
      ]);
    }));

  it('the embedded server says which it lacks, when the desired state declares it', () =>
    withDatabase(async ({ url }) => {
      const [refused] = await planRefusal(url, 'create extension no_such_extension;', { scratch: { kind: 'embedded' } });
      expect(refused).toMatchObject({ code: 'SC8003', hint: expect.stringMatching(/--scratch URL.*--scratch target/) });
    }));
});

describe('what scratch does not hold', () => {
  it('is named with every step that has to do with it, all of it', () =>
    withDatabase(async ({ url }) => {
      await query(
        url,
        `${APP} create function app.f() returns trigger language internal as 'suppress_redundant_updates_trigger';
        create table app.t (a integer); create trigger fired before update on app.t for each row execute function app.f();
        create table app.u (a integer)`,
      );
      // A function of a language that scratch does not have, as one in PL/Python.
      await query(
        url,
        `insert into pg_language select 990001, 'plnone', lanowner, false, false, 0, 0, 0, null from pg_language where lanname = 'c'`,
      );
      await query(url, `update pg_proc set prolang = 990001 where oid = 'app.f()'::regprocedure`);
      const whole = { ...everything, manage: ['table:app.*', 'column:app.*'] };
      const { document } = await planOf(
        url,
        `${APP}create table app.t (a integer, b text); create table app.u (a integer, b text);`,
        whole,
      );
      const proofs = Object.fromEntries(document.plan.steps.map(({ title, proven }) => [title, proven]));
      expect(Object.values(proofs).filter((proven) => proven === true)).toEqual([]);
      expect(reasonsOf(document)[0]).toMatch(/function:app\.f\(\): scratch refuses it: language "plnone" does not exist/);
      expect(reasonsOf(document)[0]).toMatch(/trigger:app\.t\.fired: it needs function:app\.f\(\), which scratch refuses/);
    }));
});

interface TextCase {
  readonly title: string;
  /** Made in the live database, and what the file says. */
  readonly sql: string;
  /** What the file says beside it: a plan that has to do with the text and leaves it alone, or has the server parse it again. */
  readonly more?: string;
  /** What the file says instead. */
  readonly instead?: string;
}

const TABLE = 'create table app.t (a integer, b integer, v varchar(10));';
/** (a >= 1 AND a <= 5) AND a <> 3 loses its inner parentheses; IN over varchar becomes = ANY of an array, first as a whole cast, then each. */
const RANGE = 'a between 1 and 5 and a <> 3';
const LIST = "v in ('a', 'b')";
const COLUMN = 'alter table app.t add column added text;';
const OTHER_LIST = 'alter table app.t alter column v type varchar(20);';

const NOT_FIXPOINTS: readonly TextCase[] = [
  { title: 'BETWEEN in a check', sql: `${TABLE} alter table app.t add constraint c check (${RANGE});`, more: COLUMN },
  { title: 'IN over varchar in a check', sql: `${TABLE} alter table app.t add constraint c check (${LIST});`, more: COLUMN },
  {
    title: 'NOT IN over varchar in a check',
    sql: `${TABLE} alter table app.t add constraint c check (v not in ('a', 'b'));`,
    more: COLUMN,
  },
  {
    title: 'a check that the server builds again for a new type',
    sql: `${TABLE} alter table app.t add constraint c check (${LIST});`,
    more: OTHER_LIST,
  },
  { title: 'the condition of a view', sql: `${TABLE} create view app.w as select a from app.t where ${RANGE};`, more: COLUMN },
  {
    title: 'a view that is made again around a new type',
    sql: `${TABLE} create view app.w as select v from app.t where ${LIST};`,
    more: OTHER_LIST,
  },
  { title: 'a materialized view', sql: `${TABLE} create materialized view app.w as select a from app.t where ${LIST};`, more: COLUMN },
  { title: 'the condition of an index', sql: `${TABLE} create index i on app.t (a) where ${LIST};`, more: COLUMN },
  {
    title: 'an index that the server builds again for a new type',
    sql: `${TABLE} create index i on app.t (a) where ${LIST};`,
    more: OTHER_LIST,
  },
  { title: 'an expression of an index', sql: `${TABLE} create index i on app.t ((${RANGE}));`, more: COLUMN },
  { title: 'a policy', sql: `${TABLE} create policy p on app.t using (${LIST});`, more: COLUMN },
  {
    title: 'the condition of a trigger',
    sql: `${TABLE} create function app.f() returns trigger language plpgsql as 'begin return new; end';
      create trigger g before insert on app.t for each row when (new.v in ('a', 'b')) execute function app.f();`,
    more: COLUMN,
  },
  {
    title: 'a generated column',
    sql: `create table app.t (a integer, b integer, v varchar(10), g boolean generated always as (${LIST}) stored);`,
    more: COLUMN,
  },
  { title: 'a default', sql: `${TABLE} alter table app.t add column d boolean default ('x'::varchar in ('a', 'b'));`, more: COLUMN },
  {
    title: 'a domain',
    sql: "create domain app.d as varchar(10) check (value in ('a', 'b')); create table app.t (a integer, d app.d);",
    more: COLUMN,
  },
  {
    title: 'a check whose column is renamed',
    sql: `${TABLE} alter table app.t add constraint c check (${RANGE});`,
    instead: `create table app.t (
      -- schemactl: renamed_from a
      "Total" integer, b integer, v varchar(10), constraint c check ("Total" between 1 and 5 and "Total" <> 3));`,
  },
  {
    title: 'a policy whose table is renamed',
    sql: `${TABLE} create policy p on app.t using (${LIST});`,
    instead: `-- schemactl: renamed_from t
      create table app.orders (a integer, b integer, v varchar(10)); create policy p on app.orders using (${LIST});`,
  },
  {
    title: 'a default of an argument, when the body beside it is replaced',
    sql: "create function app.f(x boolean default ('a'::varchar in ('a', 'b'))) returns integer language sql as 'select 1';",
    instead: "create or replace function app.f(x boolean default ('a'::varchar in ('a', 'b'))) returns integer language sql as 'select 2';",
  },
];

/** Live attributes that scratch words otherwise. */
async function tokensOf(url: string): Promise<readonly string[]> {
  return withDatabase(async (other) =>
    withClient(url, (live) =>
      withClient(other.url, async (client) => {
        const reading = { major: 15, kinds: kindList };
        for (const session of [live, client]) await pinSession(session);
        const initial = await readCatalog(client, reading);
        const objects = await readCatalog(live, reading);
        const { tokens } = await seed({ client, kinds: kindByName, kindList, major: 15, objects, initial });
        return [...tokens.keys()];
      }),
    ),
  );
}

describe('text that is no fixpoint converges', () => {
  for (const { title, sql, more = '', instead } of NOT_FIXPOINTS) {
    it(title, () =>
      withDatabase(async ({ url }) => {
        await query(url, APP + sql);
        expect((await tokensOf(url)).length).toBeGreaterThan(0);
        expect(statementsOf((await planOf(url, APP + sql)).document)).toEqual([]);
        await expectConverges(url, APP + (instead ?? sql + more));
      }),
    );
  }
});
