/** Variables in SQL text: what each place makes of a value, and where the text that results stands in the file. */
import { describe, expect, it } from 'vitest';
import { fixedVariables, type VariableValues } from '../../core/variables.js';
import { kinds } from '../../kinds/registry.js';
import { readSql } from './read.js';
import { replacedSql } from './variables.js';

const VALUES: VariableValues = {
  app: { identifier: 'Shop "eu"' },
  region: "it's",
  path: 'C:\\data',
  days: 90,
  below: -5,
  strict: true,
};
const scope = () => ({ variables: fixedVariables(VALUES), used: new Set<string>() });

describe('places of variables in SQL', () => {
  it.each([
    ['create table ${app}.t ()', 'create table "Shop ""eu""".t ()'],
    ["select ${region}, '${region}', E'${region}'", "select 'it''s', 'it''s', E'it''s'"],
    ["select ${path}, '${path}', E'${path}', U&'${path}'", "select E'C:\\\\data', 'C:\\data', E'C:\\\\data', U&'C:\\\\data'"],
    ['select "${app}_log", \'${app}\'', 'select "Shop ""eu""_log", \'Shop "eu"\''],
    ['select ${days}, 1-${below}, ${strict}', 'select 90, 1- -5, true'],
    ["select '${days} days'::interval, '$${days}', \"$${app}\"", "select '90 days'::interval, '${days}', \"${app}\""],
    ['select $$ ${days} $$, $x$ ${nothing} $x$ -- ${nothing}', 'select $$ ${days} $$, $x$ ${nothing} $x$ -- ${nothing}'],
    ['select /* ${nothing} */ 1 where $1 = ${days}', 'select /* ${nothing} */ 1 where $1 = 90'],
  ])('%s', (text, expected) => {
    const replaced = replacedSql(text, scope());
    expect(replaced.problems).toEqual([]);
    expect(replaced.text).toBe(expected);
  });

  it.each([
    ['select orders_${region}', 'SC1082', 14],
    ['select ${region}_orders', 'SC1082', 7],
    ['select ${app}${region}', 'SC1082', 13],
    ["select '${a b}'", 'SC1082', 8],
    ["select '${}'", 'SC1082', 8],
    ['select ${regoin}', 'SC1080', 7],
  ])('%s is an error', (text, code, at) => {
    expect(replacedSql(text, scope()).problems.map((problem) => [problem.code, problem.from])).toContainEqual([code, at]);
  });

  it('a value is never looked through for variables', () => {
    const variables = fixedVariables({ a: '${b}', b: 'no' });
    expect(replacedSql("select ${a}, '${a}'", { variables, used: new Set() }).text).toBe("select '${b}', '${b}'");
  });

  it('in a project without variables text in quotes is text, and code is an error', () => {
    const none = { variables: null, used: new Set<string>() };
    expect(replacedSql('select \'${a}\', "$${b}"', none)).toMatchObject({ text: 'select \'${a}\', "$${b}"', problems: [] });
    expect(replacedSql('create schema ${a}', none).problems).toMatchObject([{ code: 'SC1080', from: 14 }]);
  });

  it('tells which ones are used', () => {
    const used = scope();
    replacedSql("select ${days}, '${region}', '$${app}', $$ ${strict} $$", used);
    expect([...used.used].sort()).toEqual(['days', 'region']);
  });
});

describe('a file with variables', () => {
  const read = (text: string) =>
    readSql(
      { path: 'a.sql', text },
      kinds.flatMap((kind) => kind.sql ?? []),
      [],
      scope(),
    );

  it('has its findings at the places of the text as written', async () => {
    const text = 'create table ${app}.t (\n  id integer default ${days} default ${days}); create tabel ${app}.u ();';
    const { diagnostics } = await read(text);
    expect(diagnostics.map(({ span }) => [span?.start.line, span?.start.column])).toEqual([[2, 55]]);
    const declared = (await read('create table ${app}.t (\n  id integer, b integer);')).declarations.flatMap(({ declares }) => declares);
    const places = Object.fromEntries(declared.map(({ address, span }) => [address, `${span.start.line}:${span.start.column}`]));
    expect(places).toMatchObject({ 'column:"Shop ""eu""".t.b': '2:15' });
  });

  it('has its hints beside what they speak of', async () => {
    const text =
      'create table ${app}.t (\n  a integer default ${days}, -- schemactl: renamed_from old_a\n  b integer -- schemactl: renamed_from old_b\n);';
    const { hints, diagnostics } = await read(text);
    expect(diagnostics).toEqual([]);
    expect(hints.map(({ address, value }) => [address, value])).toEqual([
      ['column:"Shop ""eu""".t.a', 'old_a'],
      ['column:"Shop ""eu""".t.b', 'old_b'],
    ]);
  });

  it('says nothing but what is wrong with the variables', async () => {
    const { declarations, diagnostics } = await read('create table ${ap}.t ();\ncreate table "${app}".x (a ${integr});');
    expect(declarations).toEqual([]);
    expect(diagnostics.map(({ code, summary, hint }) => [code, summary, hint])).toEqual([
      ['SC1080', 'no variable is named ap', 'did you mean app?'],
      ['SC1080', 'no variable is named integr', 'declare it under variables in schemactl.yaml, or write $${integr} for the text itself'],
    ]);
  });
});
