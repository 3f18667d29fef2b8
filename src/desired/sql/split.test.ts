/** Where statements end. */
import { describe, expect, it } from 'vitest';
import { splitSql } from './split.js';

const parts = (sql: string): readonly string[] => splitSql(sql).units.map((unit) => sql.slice(unit.from, unit.to));

describe('splitSql', () => {
  it.each([
    ['semicolons', ' a ;; b\n;c ', ['a', 'b', 'c']],
    ['quotes and comments', 'a \';\' /* ; */ b; -- ;\n"c;" ', ["a ';' /* ; */ b", '"c;"']],
    ['dollar quotes', 'create function f() as $x$ a; $$;$$ $x$; b', ['create function f() as $x$ a; $$;$$ $x$', 'b']],
    [
      'BEGIN ATOMIC with CASE inside',
      'create or replace function f() returns int begin atomic select 1; select case when true then 1 end; end; b',
      ['create or replace function f() returns int begin atomic select 1; select case when true then 1 end; end', 'b'],
    ],
    [
      'the actions of a rule',
      'create or replace rule r as on insert to t do instead (select 1; select 2); b',
      ['create or replace rule r as on insert to t do instead (select 1; select 2)', 'b'],
    ],
    [
      'a parenthesis that is never closed hides nothing',
      'create table t (a int; create table u (b int)',
      ['create table t (a int', 'create table u (b int)'],
    ],
    ['psql lines', '\\restrict aB;c\r\na;\n\\connect "x"\nb \\g\nc', ['\\restrict aB;c', 'a', '\\connect "x"', 'b', '\\g', 'c']],
    [
      'rows of COPY are no statements',
      'copy t (a) from stdin;\n1\t;\n\\.\ncreate table u ()',
      ['copy t (a) from stdin', 'create table u ()'],
    ],
  ])('%s', (_, sql, expected) => {
    expect(parts(sql)).toEqual(expected);
  });

  it('finds names that PostgreSQL would cut off, by bytes', () => {
    const fits = 'é'.repeat(31);
    const long = 'é'.repeat(32);
    const [unit] = splitSql(`create table ${fits} ("${long}" int, "${'a""'.repeat(31)}" int)`).units;
    expect(unit?.type === 'statement' && unit.long.map((token) => token.text)).toEqual([`"${long}"`]);
  });
});
