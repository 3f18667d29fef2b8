/** What scratch may and may not stand for: each rule of seeding, of proof and of text that is no fixpoint, against real servers. */
import { describe, expect, it } from 'vitest';
import type { PlanDocument } from '../src/core/plan.js';
import { embeddedExtensions } from '../src/scratch/embedded.js';
import { query, withDatabase } from './support/database.js';
import { applyTo, planOf, statementsOf } from './support/made-plan.js';

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
  readonly holds?: RegExp;
  readonly majors?: readonly number[];
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

describe('seeding', () => {
  for (const { title, live, desired, holds } of FAITHFUL) {
    it(`seeds ${title}`, () =>
      withDatabase(async ({ url }) => {
        await prepare(url, APP + live);
        const { document } = await planOf(url, APP + desired, { adopt: true, allow: [{ hazard: '*', address: null }] });
        expect(statementsOf(document).join('\n')).toMatch(holds ?? /./);
        expect(reasonsOf(document)).toEqual([]);
        expect((await applyTo(url, document)).status).toBe('done');
        expect(statementsOf((await planOf(url, APP + desired)).document)).toEqual([]);
      }));
  }

  it('has what these tests need', () => expect(embeddedExtensions(15)).toContain('citext'));
});
