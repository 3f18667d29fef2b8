/** Desired SQL as people and pg_dump write it: declarations, hints and findings at their places. */
import { describe, expect, it } from 'vitest';
import { kinds } from '../../kinds/registry.js';
import type { FileContent } from '../file-content.js';
import { readSql } from './read.js';

const rules = kinds.flatMap((kind) => kind.sql ?? []);

function read(text: string): Promise<FileContent> {
  return readSql({ path: 'schema.sql', text }, rules);
}

/** "line:column severity summary" of every finding. */
async function findings(text: string): Promise<readonly string[]> {
  const { diagnostics } = await read(text);
  return diagnostics.map(({ span, severity, summary }) => `${span?.start.line}:${span?.start.column} ${severity} ${summary}`);
}

async function addresses(text: string): Promise<readonly string[]> {
  return (await read(text)).declarations.flatMap((declaration) => declaration.declares.map((object) => object.address));
}

describe('statements that a desired schema cannot hold', () => {
  it('reports all of them at once, each at its place', async () => {
    const text = [
      '-- é',
      'create table a (id int);',
      'crate table b (id int);',
      "insert into a values (';'); copy a from stdin;",
      '1\t2;',
      '\\.',
      "comment on table a is 'é😀', x;",
      '\\connect other',
      'begin; select 1;',
      'create table c (id int',
      'create database d;',
    ].join('\n');
    expect(await findings(text)).toEqual([
      '3:1 error syntax error at or near "crate"',
      '4:1 error INSERT is not part of a desired schema',
      '4:29 error COPY is not part of a desired schema',
      '7:27 error syntax error at or near ","',
      '8:1 error psql command \\connect is not part of a desired schema',
      '9:1 error BEGIN is not part of a desired schema',
      '9:8 error SELECT is not part of a desired schema',
      '11:1 error syntax error at or near "create"',
    ]);
    expect(await addresses(text)).toEqual(['table:public.a', 'column:public.a.id']);
  });

  it.each([
    ['create temp table t (a int)', 'CREATE TABLE is temporary and not part of a desired schema'],
    ['create or replace temporary view v as select 1', 'CREATE VIEW is temporary and not part of a desired schema'],
    ['create table t as select 1', 'CREATE TABLE is not part of a desired schema'],
    ['alter table t rename to u', 'ALTER TABLE is not part of a desired schema'],
    ['refresh materialized view m', 'REFRESH MATERIALIZED is not part of a desired schema'],
    ['drop table t', 'DROP TABLE is not part of a desired schema'],
    ['alter table t drop column c', 'ALTER TABLE is not part of a desired schema'],
    ['create tablespace s location $$/x$$', 'CREATE TABLESPACE is not part of a desired schema'],
    ['alter system set x = 1', 'ALTER SYSTEM is not part of a desired schema'],
    ["do $$ begin execute 'drop table t'; end $$", 'DO is not part of a desired schema'],
    ['set role app', 'SET ROLE is not part of a desired schema'],
    ['reset session authorization', 'RESET SESSION AUTHORIZATION is not part of a desired schema'],
    ['set local search_path = a', 'SET LOCAL search_path has no effect outside a transaction'],
    ["set client_encoding = 'LATIN1'", 'client_encoding LATIN1 is not supported'],
    ['set standard_conforming_strings = off', 'standard_conforming_strings must be on'],
    ['set work_mem = 1', 'SET work_mem is not part of a desired schema'],
    ["select set_config('search_path', current_user, false)", 'SELECT is not part of a desired schema'],
    ["select set_config('search_path', '', false) from t", 'SELECT is not part of a desired schema'],
    [`create table ${'a'.repeat(64)} (b int)`, `name is longer than 63 bytes: ${'a'.repeat(64)}`],
  ])('%s', async (sql, summary) => {
    const { diagnostics, declarations } = await read(sql);
    expect(diagnostics).toMatchObject([{ severity: 'error', summary }]);
    expect(diagnostics[0]?.hint).toBeTruthy();
    if (!summary.startsWith('name')) expect(declarations).toEqual([]);
  });
});

describe('what pg_dump prints', () => {
  it('folds settings into what follows and starts every file afresh', async () => {
    const { declarations, diagnostics } = await read(`
      \\restrict k3Y
      SET statement_timeout = 0;
      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);
      SET default_tablespace = fast;
      SET default_table_access_method = heap;
      CREATE TABLE app.a (id integer);
      SET search_path TO "App", public;
      RESET default_tablespace;
      SET xmloption = content;
      CREATE TABLE b (id integer);
      RESET ALL;
      CREATE TABLE c (id integer);
      \\unrestrict k3Y`);
    expect(diagnostics).toEqual([]);
    expect(declarations.map((declaration) => declaration.settings)).toEqual([
      { search_path: '', default_tablespace: 'fast', default_table_access_method: 'heap' },
      { search_path: '"App", public', default_table_access_method: 'heap', xmloption: 'content' },
      { search_path: 'public' },
    ]);
    expect(declarations.map((declaration) => declaration.declares[0]?.address)).toEqual(['table:app.a', 'table:"App".b', 'table:public.c']);
  });
});

describe('declarations', () => {
  it('cuts foreign keys out and keeps every position', async () => {
    const text = `create table a (
  é int constraint x references b(c) on delete cascade deferrable not null,
  d int,
  foreign key (d) references b, -- why
  constraint y foreign key (d) references c
);`;
    const { declarations } = await read(text);
    expect(declarations.map((declaration) => declaration.sql.replaceAll(/ +/g, ' '))).toEqual([
      'create table a (\n é int not null,\n d int\n  -- why\n \n)'
        .replaceAll(/ +/g, ' ')
        .replace('d int\n', 'd int \n')
        .replace('int \n  --', 'int\n --'),
      'ALTER TABLE a ADD CONSTRAINT x FOREIGN KEY ("é") references b(c) on delete cascade deferrable',
      'ALTER TABLE a ADD foreign key (d) references b',
      'ALTER TABLE a ADD constraint y foreign key (d) references c',
    ]);
    const [table, first, second] = declarations;
    expect(table?.sql.length).toBe(text.length - 1);
    expect(table?.locate(table.sql.indexOf('not null')).start).toMatchObject({ line: 2, column: 67 });
    expect(first?.locate(first.sql.indexOf('cascade')).start).toMatchObject({ line: 2, column: 48 });
    expect(first?.locate(0).start).toMatchObject({ line: 2, column: 9 });
    expect(second?.declares).toEqual([]);
    expect(first?.declares).toMatchObject([{ address: 'constraint:public.a.x', span: { start: { line: 2, column: 9 } } }]);
  });

  it('takes CREATE SCHEMA apart', async () => {
    const { declarations, diagnostics } = await read(
      'create schema s create table t (a int) create view v as select a from t; create table u ()',
    );
    expect(diagnostics).toEqual([]);
    expect(declarations.map(({ sql, settings }) => [sql, settings.search_path])).toEqual([
      ['create schema s', 'public'],
      ['create table t (a int)', 's, public'],
      ['create view v as select a from t', 's, public'],
      ['create table u ()', 'public'],
    ]);
    expect(declarations[1]?.declares[0]?.address).toBe('table:s.t');
  });

  it('blanks CONCURRENTLY', async () => {
    const { declarations } = await read('create unique index concurrently i on t (a)');
    expect(declarations[0]?.sql).toBe('create unique index              i on t (a)');
  });

  it('unfolds guards at their own places', async () => {
    const { declarations, diagnostics, optional } = await read(
      `do $$ begin\n  if not exists (select from pg_type where typname = 's') then\n    create type s as enum ('é');\n  end if;\nend $$;`,
    );
    expect(diagnostics).toEqual([]);
    expect(declarations).toMatchObject([{ sql: "create type s as enum ('é')", span: { start: { line: 3, column: 5 } } }]);
    expect(optional?.size).toBe(1);
  });

  it('refuses a guard around what a database does not hold', async () => {
    expect(
      await findings(
        `do $$ begin if not exists (select from pg_roles where rolname = 'r') then create role r; end if; end $$; do $$ begin end $$`,
      ),
    ).toEqual(['1:1 error DO is not part of a desired schema', '1:106 warning DO defines nothing and has no effect']);
  });

  it.each([
    ['drop view if exists v; create view v as select 1', ['1:1 warning DROP VIEW IF EXISTS has no effect in a desired schema']],
    ['create view v as select 1; drop view if exists public.v', ['1:28 error DROP VIEW removes what this file declares']],
    [
      'create function f() returns int language sql as $$select 1$$; drop function if exists f()',
      ['1:63 error DROP FUNCTION removes what this file declares'],
    ],
    ['alter table t drop constraint if exists c', ['1:1 warning ALTER TABLE IF EXISTS has no effect in a desired schema']],
    [
      'create table t (a int, constraint c check (a > 0)); alter table t drop constraint if exists c',
      ['1:53 error ALTER TABLE removes what this file declares'],
    ],
    [
      'create schema a; create table a.t (); drop table if exists b.t',
      ['1:39 warning DROP TABLE IF EXISTS has no effect in a desired schema'],
    ],
  ])('%s', async (sql, expected) => {
    expect(await findings(sql)).toEqual(expected);
  });

  it('collects the names that a statement mentions', async () => {
    const { declarations } = await read(`create view v as with c as (select * from x.t)
      select f(a::app.money), nextval('app.s'), b collate "C_x" from c join u on a === b where y.g(1)`);
    const used = declarations[0]?.uses.map(({ space, schema, name }) => [space, schema, name].filter(Boolean).join(' '));
    for (const name of [
      'relation x t',
      'schema x',
      'relation u',
      'routine f',
      'type app money',
      'relation app s',
      'collation C_x',
      'operator ===',
      'routine y g',
    ]) {
      expect(used).toContain(name);
    }
    expect(used).not.toContain('relation c');
  });
});

describe('names in places of their own', () => {
  it.each([
    ['create extension e schema s', 'schema s'],
    ['create policy p on app.t to role_x using (f(a))', 'relation app t'],
    ['create policy p on app.t to role_x using (f(a))', 'role role_x'],
    ['create trigger tr after insert on t execute function app.g()', 'routine app g'],
    ['create table p partition of app.parent default', 'relation app parent'],
    ['create table t (like app.model)', 'relation app model'],
    ['create table t (a app.x[] collate app.c, check (a operator(app.##) 1))', 'operator app ##'],
    ['create table t (a app.x[] collate app.c)', 'collation app c'],
    ['create table t (a app.x[] collate app.c)', 'type app x'],
    ['create index i on t (a app.my_ops)', 'other app my_ops'],
    ['alter table t owner to r', 'role r'],
    ['create table t (a int default nextval(\'"S q".seq\'::regclass))', 'relation S q seq'],
    ['create function f(a app.t.c%type) returns int language sql as $$$$', 'relation app t'],
    ['create function f() returns setof app.t begin atomic select * from app.u; end', 'relation app u'],
    ['create aggregate agg(int) (sfunc = app.step, stype = int)', 'routine app step'],
    ['create collation c from app.b', 'collation app b'],
    ['create text search dictionary d (template = app.m)', 'other app m'],
    ['create text search configuration c (parser = app.p)', 'other app p'],
    ['alter text search configuration c add mapping for word with simple, app.d', 'other app d'],
    [`create index i on t using gin (to_tsvector('app.c', body))`, 'other app c'],
    ['create event trigger e on sql_drop execute function app.g()', 'routine app g'],
    ['create statistics s on a, app.f(b) from app.t', 'relation app t'],
    ['create statistics s on a, app.f(b) from app.t', 'routine app f'],
  ])('%s uses %s', async (sql, name) => {
    const { declarations, diagnostics } = await read(sql);
    expect(diagnostics).toEqual([]);
    const used = declarations[0]?.uses.map((ref) => [ref.space, ref.schema, ref.name].filter(Boolean).join(' '));
    expect(used).toContain(name);
  });
});

describe('hints', () => {
  const hintsOf = async (text: string): Promise<readonly string[]> =>
    (await read(text)).hints.map(({ address, name, value }) => `${address} ${name} ${value}`);

  it.each([
    [
      'on the line of a column',
      'create table t (\n  a int default 1 not null, -- schemactl: renamed_from b\n  c int\n)',
      ['column:public.t.a renamed_from b'],
    ],
    [
      'behind the last of several on a line',
      'create table t (\n  a int, b numeric(10, 2) not null, -- schemactl: using c::int\n  d int)',
      ['column:public.t.b using c::int'],
    ],
    [
      'before what it speaks of',
      '-- schemactl: renamed_from old\n-- other\ncreate table t (\n  -- schemactl: deprecated\n  a int)',
      ['table:public.t renamed_from old', 'column:public.t.a deprecated '],
    ],
    [
      'behind a statement that ends on its line',
      'create table t (\n a int\n); /* schemactl: renamed_from old */\ncreate table u ()',
      ['table:public.t renamed_from old'],
    ],
    [
      'across statements that declare nothing',
      '-- schemactl: renamed_from old\nset search_path = app;\ncreate table t ()',
      ['table:app.t renamed_from old'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await hintsOf(text)).toEqual(expected);
  });

  it('are errors when unknown, empty or attached to nothing', async () => {
    const { diagnostics, hints } = await read(`create table t (
  a int -- schemactl: rename_from b
  -- schemactl: using
  -- schemactl: backfill 1
);
-- schemactl: deprecated`);
    expect(hints).toEqual([]);
    expect(diagnostics.map(({ span, summary, hint }) => [span?.start.line, summary, hint])).toEqual([
      [2, 'unknown hint: rename_from', 'did you mean renamed_from?'],
      [3, 'hint using has no value', 'write: -- schemactl: using VALUE'],
      [4, 'hint backfill is attached to nothing', expect.any(String)],
      [6, 'hint deprecated is attached to nothing', expect.any(String)],
    ]);
  });

  it('of a refused statement are not complained about twice', async () => {
    expect(await findings('-- schemactl: renamed_from old\ncrate table t ()')).toEqual(['2:1 error syntax error at or near "crate"']);
  });
});
