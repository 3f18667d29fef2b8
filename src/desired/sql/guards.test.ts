/** Which DO blocks are unfolded and which are not understood. */
import { describe, expect, it } from 'vitest';
import { guardedStatements } from './guards.js';

function inside(sql: string): readonly string[] | null {
  const found = guardedStatements(sql, 0, sql.length);
  return found === null ? null : found.map(({ from, to }) => sql.slice(from, to));
}

const guard = `if not exists (select 1 from pg_constraint where conname = 'fk_x')`;

describe('guardedStatements', () => {
  it.each([
    [
      'a constraint that a catalog does not have',
      `do $$ begin ${guard} then alter table t add constraint FK_x foreign key (a) references b(c); end if; end; $$`,
      ['alter table t add constraint FK_x foreign key (a) references b(c)'],
    ],
    [
      'a definition that may exist',
      `DO $do$ BEGIN CREATE TYPE s AS ENUM ('a;'); EXCEPTION WHEN duplicate_object OR duplicate_table THEN RAISE NOTICE 'there'; NULL; END $do$`,
      [`CREATE TYPE s AS ENUM ('a;')`],
    ],
    ['nothing at all', `do language plpgsql $$ begin if not exists (select from pg_roles where rolname = 'r') then end if; end $$`, []],
    [
      'several, nested',
      `do $$ begin begin create type a as enum (); exception when duplicate_object then null; end; ${guard} then create table fk_x (); end if; end $$ language plpgsql`,
      ['create type a as enum ()', 'create table fk_x ()'],
    ],
  ])('unfolds %s', (_, sql, expected) => {
    expect(inside(sql)).toEqual(expected);
  });

  it.each([
    ['EXECUTE', `do $$ begin execute format('grant a to %I', current_user); end $$`],
    ['variables', `do $$ declare x int; begin ${guard} then create table fk_x (); end if; end $$`],
    ['a definition without a guard', 'do $$ begin create table t (); end $$'],
    ['ELSE', `do $$ begin ${guard} then create table fk_x (); else create table u (); end if; end $$`],
    [
      'a guard that reads data',
      `do $$ begin if not exists (select 1 from settings where name = 't') then create table t (); end if; end $$`,
    ],
    [
      'a guard that speaks of something else',
      `do $$ begin if not exists (select 1 from pg_extension where extname = 'citus') then create table t (); end if; end $$`,
    ],
    ['WHEN OTHERS', 'do $$ begin create table t (); exception when others then null; end $$'],
    ['data', `do $$ begin ${guard} then insert into fk_x values (1); end if; end $$`],
    ['a handler that acts', `do $$ begin create table t (); exception when duplicate_table then drop table t; end $$`],
    ['another language', 'do language plperl $$ begin end $$'],
    ['a body that is never closed', `do $$ begin ${guard} then`],
  ])('does not understand %s', (_, sql) => {
    expect(inside(sql)).toBeNull();
  });
});
