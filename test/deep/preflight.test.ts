/**
 * Every privilege that a plan needs and the role does not have is told before the first step, with the statement that grants it: each case
 * is a live database, a change, and all that is missing. The statements of the hints are run, and nothing else is missing then.
 */
import { describe, expect, it } from 'vitest';
import { rowVersionsQuery } from '../../src/catalog/row-versions.js';
import { query, withDatabase } from '../support/database.js';
import { applyTo } from '../support/made-plan.js';
import { AGAIN, as, found, LEDGER, majors, named, OPEN, OWNED, plainRoles, plan, problems } from '../support/plain-roles.js';

plainRoles();

interface Case {
  readonly what: string;
  /** Run by a superuser. */
  readonly live: string;
  readonly desired: string;
  readonly missing: readonly string[];
  /** What the majors ask for in another way: tried on the newest too. */
  readonly differs?: true;
}

const CASES: readonly Case[] = [
  {
    what: 'a schema, and what is in it, which needs nothing more',
    live: '',
    desired: 'create schema app; create table app.t (a int primary key); create index on app.t (a); comment on table app.t is $$x$$;',
    missing: ['may not create in database $database'],
  },
  {
    what: 'tables, a view, a function, an enum and a sequence in the schema of somebody else',
    live: 'create schema app;',
    desired: `create schema app; create table app.t (a int); create view app.v as select a from app.t; create type app.e as enum ('a');
              create function app.f() returns int language sql as 'select 1'; create sequence app.s;`,
    differs: true,
    missing: ['may not create in schema app', 'may not use schema app'],
  },
  {
    what: 'a column of the table of somebody else',
    live: `${OPEN} create table app.t (a int); alter table app.t owner to $owner;`,
    desired: 'create schema app; create table app.t (a int, b int);',
    missing: ['does not own table app.t'],
  },
  {
    what: 'a column of the table of a superuser',
    live: `${OPEN} create table app.t (a int);`,
    desired: 'create schema app; create table app.t (a int, b int);',
    missing: ['does not own table app.t'],
  },
  {
    what: 'comments and policies on what belongs to somebody else',
    live: `${OPEN} create table app.t (a int); alter table app.t owner to $owner;
           create function app.f() returns int language sql as 'select 1'; alter function app.f() owner to $owner;`,
    desired: `create schema app; create table app.t (a int); comment on column app.t.a is 'x'; create policy p on app.t using (true);
              create function app.f() returns int language sql as 'select 1'; comment on function app.f() is 'x';`,
    missing: ['does not own function app.f()', 'does not own table app.t'],
  },
  {
    what: 'a foreign key to the table of somebody else',
    live: `${OWNED} create table app.other (a int primary key); alter table app.other owner to $owner;`,
    desired: 'create schema app; create table app.other (a int primary key); create table app.t (a int references app.other);',
    missing: ['may not refer to table app.other'],
  },
  {
    what: 'an index, a key and an identity where the role owns the table, and may not create beside it',
    live: `create schema app; grant usage on schema app to $deployer; create table app.t (a int, b int not null);
           alter table app.t owner to $deployer;`,
    desired: `create schema app; create table app.t (a int, b int not null primary key, c int generated always as identity);
              create index by_a on app.t (a);`,
    missing: ['may not create in schema app'],
  },
  {
    what: 'CREATE OR REPLACE where the role owns the function and the view, and may not create beside them',
    live: `create schema app; grant usage on schema app to $deployer; create function app.f() returns int language sql as 'select 1';
           create view app.v as select 1 as a; alter function app.f() owner to $deployer; alter view app.v owner to $deployer;`,
    desired: `create schema app; create function app.f() returns int language sql as 'select 2'; create view app.v as select 2 as a;`,
    missing: ['may not create in schema app'],
  },
  {
    what: 'dropping a table, a function and a type of somebody else',
    live: `${OPEN} create table app.keep (a int); create table app.t (a int); create type app.e as enum ('a');
           create function app.f() returns int language sql as 'select 1';
           alter table app.t owner to $owner; alter type app.e owner to $owner; alter function app.f() owner to $owner;`,
    desired: 'create schema app; create table app.keep (a int);',
    missing: ['does not own function app.f()', 'does not own table app.t', 'does not own type app.e'],
  },
  {
    what: 'renaming a table, then changing it under its new name',
    live: `${OPEN} create table app.old (a int); alter table app.old owner to $owner;`,
    desired: `create schema app;
      -- schemactl: renamed_from old
      create table app.new (a int, b int);`,
    missing: ['does not own table app.old'],
  },
  {
    what: 'renaming a schema, then changing what is in it',
    live: `create schema old; create table old.t (a int); alter schema old owner to $deployer; alter table old.t owner to $owner;`,
    desired: `
      -- schemactl: renamed_from old
      create schema app;
      create table app.t (a int, b int);`,
    missing: ['does not own table old.t', 'may not create in database $database'],
  },
  {
    what: 'a trigger whose function the role may not execute, on a table of somebody else',
    live: `${OPEN} create table app.t (a int); alter table app.t owner to $owner;
           create function app.g() returns trigger language plpgsql as 'begin return new; end'; revoke execute on function app.g() from public;`,
    desired: `create schema app; create table app.t (a int);
              create function app.g() returns trigger language plpgsql as 'begin return new; end';
              create trigger tr before insert on app.t for each row execute function app.g();`,
    missing: ['may not execute function app.g()', 'does not own table app.t', 'may not make triggers on table app.t'],
  },
  {
    what: 'columns, arguments and domains of a type that the role may not use',
    live: `${OPEN} create schema types; create type types.e as enum ('a'); revoke usage on type types.e from public;`,
    desired: `create schema app; create schema types; create type types.e as enum ('a'); create table app.t (a types.e);
              create function app.f(a types.e) returns int language sql as 'select 1';`,
    missing: ['may not use schema types', 'may not use type types.e'],
  },
  {
    what: 'another owner: the role is no member of it, and it may not create in the schema',
    live: `${OWNED} create table app.t (a int); alter table app.t owner to $deployer;`,
    desired: 'create schema app; create table app.t (a int); alter table app.t owner to $owner;',
    differs: true,
    missing: ['may not act for role $owner', '! role $owner may not create in schema app'],
  },
  {
    what: 'another owner of a schema, which takes CREATE on the database of the role itself',
    live: OWNED,
    desired: 'create schema app; alter schema app owner to $owner;',
    missing: ['may not act for role $owner', 'may not create in database $database'],
  },
  {
    what: 'grants on what belongs to somebody else',
    live: `${OPEN} create table app.t (a int); alter table app.t owner to $owner; alter schema app owner to $owner;`,
    desired:
      'create schema app; create table app.t (a int); grant select on app.t to public; grant select (a) on app.t to $deployer; grant usage on schema app to public;',
    differs: true,
    missing: ['does not own schema app', 'does not own table app.t'],
  },
  {
    what: 'default privileges of somebody else',
    live: OWNED,
    desired: 'create schema app; alter default privileges for role $owner in schema app grant select on tables to public;',
    differs: true,
    missing: ['does not have the privileges of role $owner'],
  },
  {
    what: 'an extension that is trusted',
    live: OWNED,
    desired: 'create schema app; create extension citext schema app;',
    missing: ['may not create in database $database'],
  },
  {
    what: 'an extension that is not trusted',
    live: OWNED,
    desired: 'create schema app; create extension dblink schema app;',
    missing: ['is not a superuser'],
  },
  {
    what: 'a function in C, an event trigger, and what only superusers make besides, told once',
    live: `${OWNED}`,
    desired: `create schema app; create function app.c(oid) returns text language internal as 'regtypeout';
              create function app.e() returns event_trigger language plpgsql as 'begin end';
              create event trigger et on ddl_command_start execute function app.e();
              create operator family app.fam using btree;
              create foreign data wrapper w no handler no validator;
              create text search template app.tpl (lexize = dsimple_lexize);
              create access method am type index handler bthandler;
              create publication p for all tables;`,
    differs: true,
    missing: ['is not a superuser', 'may not create in database $database'],
  },
  {
    what: 'a server of a wrapper, foreign tables and mappings of a server, that the role may not use',
    live: `${OWNED} create extension postgres_fdw schema app; create foreign data wrapper w; create server there foreign data wrapper w;`,
    desired: `create schema app; create extension postgres_fdw schema app; create foreign data wrapper w; create server there foreign data wrapper w;
              create server here foreign data wrapper postgres_fdw;
              create foreign table app.f (a int) server there; create user mapping for $deployer server there;`,
    missing: ['may not use foreign data wrapper postgres_fdw', 'may not use foreign server there'],
  },
  {
    what: 'a publication of the table of somebody else',
    live: `${OPEN} create table app.t (a int); alter table app.t owner to $owner;`,
    desired: 'create schema app; create table app.t (a int); create publication p for table app.t;',
    missing: ['may not create in database $database', 'does not own table app.t'],
  },
  {
    what: 'a materialized view of a table that the role may not read',
    live: `${OPEN} create table app.t (a int); alter table app.t owner to $owner;`,
    desired: 'create schema app; create table app.t (a int); create materialized view app.m as select a from app.t;',
    differs: true,
    missing: ['may not read table app.t'],
  },
  {
    what: 'attaching a partition to the table of somebody else, and a child of one',
    live: `${OPEN} create table app.parent (a int) partition by range (a); create table app.base (a int);
           alter table app.parent owner to $owner; alter table app.base owner to $owner;`,
    desired: `create schema app; create table app.parent (a int) partition by range (a); create table app.base (a int);
              create table app.part partition of app.parent for values from (0) to (1); create table app.child () inherits (app.base);`,
    missing: ['does not own table app.base', 'does not own table app.parent'],
  },
  {
    what: 'an operator, an aggregate and a cast by functions that the role may not execute, on a type of somebody else',
    live: `${OPEN} create type app.c as (a int); alter type app.c owner to $owner;
           create function app.plus(int, int) returns int immutable language sql as 'select $1 + $2';
           create function app.to_c(int) returns app.c language sql as 'select row($1)::app.c';
           revoke execute on function app.plus(int, int), app.to_c(int) from public;`,
    desired: `create schema app; create type app.c as (a int);
           create function app.plus(int, int) returns int immutable language sql as 'select $1 + $2';
           create function app.to_c(int) returns app.c language sql as 'select row($1)::app.c';
           create operator app.|+| (leftarg = int, rightarg = int, function = app.plus);
           create aggregate app.total(int) (sfunc = app.plus, stype = int); create cast (int as app.c) with function app.to_c(int);`,
    missing: [
      'may not execute function app.plus(integer, integer)',
      'may not execute function app.to_c(integer)',
      'does not own type app.c',
    ],
  },
  {
    what: 'a function in a language that is not trusted',
    live: `${OWNED} create language open handler plpgsql_call_handler;`,
    desired: `create schema app; create function app.f() returns int language open as 'begin return 1; end';`,
    missing: ['is not a superuser'],
  },
  {
    what: 'five different things at once, and no more than these',
    live: `create schema app; grant usage on schema app to $deployer; create table app.t (a int primary key);
           create table app.own (a int); alter table app.t owner to $owner; alter table app.own owner to $deployer;
           create function app.g() returns trigger language plpgsql as 'begin return new; end'; revoke execute on function app.g() from public;`,
    desired: `create schema app; create table app.t (a int primary key, more int); create table app.own (a int references app.t);
           create table app.made (a int); create function app.g() returns trigger language plpgsql as 'begin return new; end';
           create trigger tr before insert on app.own for each row execute function app.g(); create schema more;`,
    missing: [
      'may not create in database $database',
      'may not create in schema app',
      'may not execute function app.g()',
      'may not refer to table app.t',
      'does not own table app.t',
    ],
  },
  {
    what: 'statistics and collations of somebody else',
    live: `${OPEN} create table app.t (a int, b int); alter table app.t owner to $owner; create collation app.c from "C"; alter collation app.c owner to $owner;`,
    desired: 'create schema app; create table app.t (a int, b int); create statistics app.s on a, b from app.t;',
    missing: ['does not own collation app.c', 'does not own table app.t'],
  },
];

describe.each(majors)('PostgreSQL %i', (major) => {
  it.each(CASES.filter((each) => major === 15 || each.differs === true))('$what', ({ live, desired, missing }) =>
    withDatabase(
      async (database) => {
        await query(database.url, named(`${LEDGER}${live}`));
        const { document } = await plan(database, desired);
        const before = await query(database.url, rowVersionsQuery());
        const refused = await applyTo(as('$deployer', database.url), document);
        const expected = missing.map((each) => (each.startsWith('! ') ? each.slice(2) : `role $deployer ${each}`));
        expect([...found(refused)].sort()).toEqual(expected.map((each) => each.replaceAll('$database', database.name)).sort());
        expect(refused).toMatchObject({ status: 'failed', exitCode: 1, steps_run: 0 });
        expect(await query(database.url, rowVersionsQuery())).toEqual(before);
        const hints = refused.diagnostics.map(({ hint }) => hint ?? '');
        for (const hint of hints) if (hint.startsWith('grant ')) await query(database.url, hint.replace(AGAIN, ''));
        // A superuser's things are for a superuser.
        const role = hints.some((hint) => hint.startsWith('connect as ')) ? 'postgres' : '$deployer';
        const isFresh = role === '$deployer' && !hints.some((hint) => hint.endsWith(AGAIN));
        const next = isFresh ? document : (await plan(database, desired, role)).document;
        const outcome = await applyTo(as(role, database.url), next);
        expect(problems(outcome)).toEqual([]);
        expect(outcome).toMatchObject({ status: 'done', exitCode: 0 });
      },
      { major },
    ),
  );
});
