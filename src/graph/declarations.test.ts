/** The order of real declarations, whatever the order in the files. */
import { describe, expect, it } from 'vitest';
import type { Declaration } from '../desired/declaration.js';
import { readSql } from '../desired/sql/read.js';
import { kinds } from '../kinds/registry.js';
import { orderDeclarations } from './declarations.js';

const rules = kinds.flatMap((kind) => kind.sql ?? []);

async function declarationsOf(...files: readonly string[]): Promise<readonly Declaration[]> {
  const contents = await Promise.all(files.map((text, index) => readSql({ path: `${index}.sql`, text }, rules)));
  for (const content of contents) expect(content.diagnostics).toEqual([]);
  return contents.flatMap((content) => content.declarations);
}

const titles = (declarations: readonly Declaration[]): readonly string[] =>
  declarations.map(({ sql }) => sql.replaceAll(/\s+/g, ' ').trim());

async function ordered(...files: readonly string[]): Promise<readonly string[]> {
  const { order, diagnostics } = orderDeclarations(await declarationsOf(...files));
  expect(diagnostics).toEqual([]);
  return titles(order);
}

/** The statements, in any order that has every one after what it needs. */
function expectBefore(order: readonly string[], ...needles: readonly string[]): void {
  const places = needles.map((needle) => order.findIndex((sql) => sql.startsWith(needle)));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

describe('orderDeclarations', () => {
  it('puts what is needed first, whatever the order in the files', async () => {
    const order = await ordered(
      `create view app.v as select * from app.t where s = 'a'::app.status;
       create table app.t (id int default nextval('app.seq'), s app.status, p app.price);`,
      `create domain app.price as numeric check (app.ok(value));
       create function app.ok(numeric) returns boolean language sql as 'select true';
       create type app.status as enum ('a'); create sequence app.seq; create schema app;`,
    );
    expectBefore(order, 'create schema', 'create function', 'create domain', 'create table', 'create view');
    expectBefore(order, 'create type', 'create table');
    expectBefore(order, 'create sequence', 'create table');
  });

  it('grants on a type once it is whole, as what was granted on its name alone is lost', async () => {
    const order = await ordered(
      `create schema app; create type app.raw; grant usage on type app.raw to public; comment on type app.raw is 'r';
       create type app.raw (input = app.raw_in, output = app.raw_out);
       create function app.raw_in(cstring) returns app.raw language internal as 'textin';
       create function app.raw_out(app.raw) returns cstring language internal as 'textout'; create table app.t (a app.raw);`,
    );
    expectBefore(order, 'create type app.raw', 'create function', 'create type app.raw (', 'grant usage');
    expectBefore(order, 'create type app.raw (', 'comment on');
    expectBefore(order, 'create type app.raw (', 'create table');
  });

  it('looks names up along the search path', async () => {
    const order = await ordered(
      'set search_path = b, a; create view v as select * from t; create schema b; create schema a;',
      'create table a.t ();',
    );
    expectBefore(order, 'create schema', 'create table a.t', 'create view v');
  });

  it('runs foreign keys after both tables and the key that they point to', async () => {
    const order = await ordered(
      `create table a (id int, b int references b (id));
       create table b (id int, a int references a (id));
       alter table a add constraint a_pkey primary key (id);
       alter table b add constraint b_pkey primary key (id);`,
    );
    expectBefore(order, 'create table b', 'ALTER TABLE a ADD FOREIGN KEY');
    expectBefore(order, 'alter table b add constraint', 'ALTER TABLE a ADD FOREIGN KEY');
    expectBefore(order, 'alter table a add constraint', 'ALTER TABLE b ADD FOREIGN KEY');
  });

  it('lets what uses a thing wait for what changes it', async () => {
    const order = await ordered('create view v as select b from t;', 'create table t (a int); alter table t add column b int;');
    expectBefore(order, 'create table t', 'alter table t', 'create view v');
  });

  it('keeps the statements of one file on one thing in their order', async () => {
    const text = `create table t (a int); create view v as select null::int as z; create or replace view v as select a from t;
      alter table t alter a set default 2; alter table t alter a set default 1;`;
    expectBefore(await ordered(text), 'create view v', 'create or replace view v');
    expectBefore(await ordered(text), 'alter table t alter a set default 2', 'alter table t alter a set default 1');
  });

  it('keeps ALTER DEFAULT PRIVILEGES between what its file creates before and after it', async () => {
    const order = await ordered(
      'create table z (); alter default privileges grant select on tables to public; create table a (id int references m); create table m (id int primary key);',
    );
    expectBefore(order, 'create table z', 'alter default', 'create table a');
    expectBefore(order, 'create table z', 'alter default', 'create table m');
  });

  it('gives one order however statements are spread over files', async () => {
    const statements = [
      'create schema app;',
      'create table app.b (id int primary key, a int references app.a);',
      'create table app.a (id int primary key, b int references app.b);',
      'create view app.v as select * from app.a join app.b using (id);',
      'create index i on app.a (b);',
      'create function app.f(int) returns int language sql as $$select 1$$;',
      'create function app.f(text) returns int language sql as $$select 1$$;',
    ];
    const first = await ordered(statements.join('\n'));
    expect(await ordered(...statements)).toEqual(first);
    expect(await ordered(...[...statements].reverse())).toEqual(first);
    expect(await ordered([...statements].reverse().join('\n'))).toEqual(first);
  });

  it('reports what needs each other at both ends', async () => {
    const { order, diagnostics } = orderDeclarations(
      await declarationsOf('create view a as select * from b;\ncreate view b as select * from c;', 'create view c as select * from a;'),
    );
    expect(order).toHaveLength(3);
    expect(diagnostics).toMatchObject([
      {
        code: 'SC1030',
        severity: 'warning',
        summary: 'these need each other: view:public.a -> view:public.c -> view:public.b -> view:public.a',
        span: { file: '0.sql', start: { line: 1 } },
        related: [{ span: { file: '1.sql' } }, { span: { file: '0.sql', start: { line: 2 } } }],
      },
    ]);
  });
});
