/** Rules of the footprint, by their sentences: what a plan leans on is checked when it starts, managed or not. */
import { describe, expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf } from '../support/made-plan.js';

// Several plans each, and a server may be busy.
vi.setConfig({ testTimeout: 120_000 });

/** `lib` is nobody's here: the plan manages `app` only. */
const LIVE = `
  create schema lib;
  create function lib.plain(n int) returns int language sql immutable as 'select n';
  create function lib.inner(n int) returns int language sql immutable return n + 1;
  create function lib.outer(n int) returns int language sql immutable return lib.inner(n);
  create function lib.compare(a int, b int) returns boolean language sql immutable as 'select a < b';
  create operator lib.<<< (leftarg = int, rightarg = int, function = lib.compare);
  create function lib.stamp() returns trigger language plpgsql as 'begin return new; end';
  create function lib.watch() returns event_trigger language plpgsql as 'begin end';
  create function lib.unused(n int) returns int language sql immutable as 'select n';
  create schema app;
  create table app.t (a int default lib.plain(1), b int check (lib.outer(b) > 0), c int check (c operator(lib.<<<) 7));
  create index t_c on app.t (lib.plain(c));
  create trigger stamped before insert on app.t for each row execute function lib.stamp();
  create view app.v as select a from app.t;
  create event trigger watching on ddl_command_end execute function lib.watch();
  alter default privileges in schema app grant select on tables to public;
`;
const APP = LIVE.slice(LIVE.indexOf('create schema app')).replace(/create event trigger [^;]*;/, '');
const ADDED = APP.replace('b int', 'd int, b int');
const NEW_USE = APP.replace('c int', 'c int default lib.unused(3)');
const NEW_TABLE = `${APP} create table app.made (x int);`;

const CASES: readonly (readonly [what: string, desired: string, address: string, change: string])[] = [
  [
    'a function that a default calls',
    ADDED,
    'function:lib.plain(integer)',
    `create or replace function lib.plain(n int) returns int language sql immutable as 'select n * 2'`,
  ],
  [
    'a function that a check calls',
    ADDED,
    'function:lib.outer(integer)',
    'create or replace function lib.outer(n int) returns int language sql immutable return lib.inner(n + 1)',
  ],
  [
    'a function that such a function calls',
    ADDED,
    'function:lib.inner(integer)',
    'create or replace function lib.inner(n int) returns int language sql immutable return n + 2',
  ],
  [
    'the function of an operator that a check uses',
    ADDED,
    'function:lib.compare(integer, integer)',
    `create or replace function lib.compare(a int, b int) returns boolean language sql immutable as 'select a <= b'`,
  ],
  [
    'the function of a trigger',
    ADDED,
    'function:lib.stamp()',
    `create or replace function lib.stamp() returns trigger language plpgsql as 'begin return null; end'`,
  ],
  [
    'a function that only the new expression calls',
    NEW_USE,
    'function:lib.unused(integer)',
    `create or replace function lib.unused(n int) returns int language sql immutable as 'select 0'`,
  ],
  ['an event trigger', NEW_TABLE, 'event_trigger:watching', 'alter event trigger watching disable'],
  [
    'the function of an event trigger',
    NEW_TABLE,
    'function:lib.watch()',
    `create or replace function lib.watch() returns event_trigger language plpgsql as 'begin raise notice ''hm''; end'`,
  ],
  [
    'default privileges of the schema',
    NEW_TABLE,
    'default_privilege:app.postgres.tables@"PUBLIC"',
    'alter default privileges in schema app grant insert on tables to public',
  ],
];

describe('The footprint includes what touched expressions call, event triggers and default privileges, in scope or not', () => {
  it.each(CASES)('%s', (_, desired, address, change) =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const { document, isEmpty } = await planOf(url, desired);
      expect(isEmpty).toBe(false);
      expect(Object.keys(document.plan.footprint)).toContain(address);
      await query(url, change);
      const { exitCode, diagnostics, steps_run } = await applyTo(url, document);
      expect(diagnostics.map((finding) => finding.address)).toContain(address);
      expect({ exitCode, steps_run }).toEqual({ exitCode: 4, steps_run: 0 });
    }),
  );

  it('a new event trigger is noticed as well, and what nothing calls is no part of it', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const { document } = await planOf(url, NEW_TABLE);
      expect(Object.keys(document.plan.footprint)).not.toContain('function:lib.unused(integer)');
      await query(url, `create event trigger another on ddl_command_end execute function lib.watch()`);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 4, steps_run: 0 });
    }));

  it('the names that the plan needs free are in it', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const { document } = await planOf(url, NEW_TABLE);
      expect(document.plan.footprint['table:app.made']).toBeNull();
      await query(url, 'create table lib.other (a int)');
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0, steps_run: 1 });
    }));
});
