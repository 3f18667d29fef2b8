/** The two parsers behind parseStatement(): memory, size, newer syntax, places of errors. */
import { describe, expect, it } from 'vitest';
import { parseStatement } from './parse.js';

describe('parseStatement', () => {
  it('outlives the memory of one parser instance', async () => {
    const columns = Array.from({ length: 40 }, (_, n) => `column_${n} character varying(100) default 'x' not null`).join(', ');
    for (let n = 0; n < 300; n += 1) {
      const parsed = await parseStatement(`create table app.t${n} (${columns})`);
      expect(parsed).toMatchObject({ ok: true, tag: 'CreateStmt', node: { relation: { relname: `t${n}` } } });
    }
  });

  it('takes a statement that is larger than that memory', async () => {
    const columns = Array.from({ length: 3000 }, (_, n) => `column_${n} character varying(100) default 'x' not null`).join(', ');
    expect(await parseStatement(`create table app.big (${columns})`)).toMatchObject({ ok: true, tag: 'CreateStmt' });
  });

  it('takes deep nesting that only the large parser survives', async () => {
    expect(await parseStatement(`select ${'('.repeat(1500)}1${')'.repeat(1500)}`)).toMatchObject({ ok: true, tag: 'SelectStmt' });
  });

  it.each([
    ['virtual generated columns (18)', 'create table t (a int, b int generated always as (a) virtual)'],
    ['without overlaps (18)', 'create table t (a int, b daterange, primary key (a, b without overlaps))'],
    ['not enforced (18)', 'create table t (a int, check (a > 0) not enforced)'],
  ])('takes syntax that is newer than PostgreSQL 16: %s', async (_, sql) => {
    expect(await parseStatement(sql)).toMatchObject({ ok: true, tag: 'CreateStmt' });
  });

  it.each([
    ['create unqiue index', 'syntax error at or near "unqiue"', 7],
    ["select 'é😀é'; crate x", 'syntax error at or near "crate"', 15],
    ['select (', 'syntax error at end of input', 8],
    ["select 'abc", `unterminated quoted string at or near "'abc"`, 7],
    ['select 1; select 2', 'syntax error: more than one statement', 18],
  ])('says where %s goes wrong', async (sql, message, offset) => {
    expect(await parseStatement(sql)).toEqual({ ok: false, message, offset });
  });
});
