/** Declarations against a real server: order, settings, and every failure with its place and way out. */
import { describe, expect, it } from 'vitest';
import { withClient, withDatabase } from '../../test/support/database.js';
import type { Declaration } from '../desired/declaration.js';
import { readSql } from '../desired/sql/read.js';
import { orderDeclarations } from '../graph/declarations.js';
import { kinds } from '../kinds/registry.js';
import { runDeclarations } from './run.js';

const rules = kinds.flatMap((kind) => kind.sql ?? []);

async function read(text: string): Promise<readonly Declaration[]> {
  const content = await readSql({ path: 'a.sql', text }, rules);
  expect(content.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return content.declarations;
}

/** The findings, as "line:column code summary / hint", and how many relations there are then. */
async function run(declarations: readonly Declaration[]) {
  return withDatabase((database) =>
    withClient(database.url, async (client) => {
      const diagnostics = await runDeclarations(client, declarations);
      const { rows } = await client.query<{ name: string }>(
        `select oid::regclass::text as name from pg_class where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
           and relkind in ('r', 'v', 'S', 'i') order by 1`,
      );
      const settings = await client.query<{ path: string }>(`select current_setting('search_path') as path`);
      return {
        found: diagnostics.map(
          ({ span, code, summary, hint }) => `${span?.start.line}:${span?.start.column} ${code} ${summary} / ${hint ?? ''}`,
        ),
        diagnostics,
        relations: rows.map(({ name }) => name),
        path: settings.rows[0]?.path,
      };
    }),
  );
}

describe('runDeclarations', () => {
  it('runs each statement with its settings and leaves none behind', async () => {
    const { found, relations, path } = await run(
      await read(`create schema a; create schema "B c"; set search_path = "B c", public; create table t (id int) -- the end
        ; create view v as select * from t; set search_path = a; create table t (); reset search_path; create table u ();`),
    );
    expect(found).toEqual([]);
    expect(relations).toEqual(['"B c".t', '"B c".v', 'a.t', 'u']);
    expect(path).toBe('"$user", public');
  });

  it('gets there from any order', async () => {
    const text = `create table a (id int primary key); create table b (id int references a); create view v as select id from b;
      create function f(v) returns int language sql as 'select 1'; create index i on b (id); create view w as select f(v) from v;`;
    const reversed = [...(await read(text))].reverse();
    const { found, relations } = await run(reversed);
    expect(found).toEqual([]);
    expect(relations).toEqual(['a', 'a_pkey', 'b', 'i', 'v', 'w']);
  });

  it('tries views that need each other and says that none of them can be made', async () => {
    const { order } = orderDeclarations(await read('create view a as select * from b;\ncreate view b as select * from a;'));
    expect((await run(order)).found).toEqual([
      '1:32 SC1203 relation "b" does not exist / correct its declaration first: it failed too',
      '2:32 SC1203 relation "a" does not exist / correct its declaration first: it failed too',
    ]);
  });

  it('reports every failure at once, at its place, with the way out', async () => {
    const text = `create table customers (
  é int,
  customer_id int,
  total nmeric
);
create table orders (customer_id int, total numeric);
create index on orders (custmer_id);
create view v as select 'é', custmer_id from orders;
create schema app; create table app.items ();
create view w as select * from items;
create view x as select * from customers;
create table y (a int default 'x'::int);
create extension no_such_extension;
create table fine (id int);`;
    const { found, relations, diagnostics } = await run(orderDeclarations(await read(text)).order);
    expect(found).toEqual([
      '4:9 SC1203 type "nmeric" does not exist / did you mean numeric?',
      '7:25 SC1203 column "custmer_id" does not exist / did you mean customer_id?',
      '8:30 SC1203 column "custmer_id" does not exist / did you mean customer_id?',
      '10:32 SC1203 relation "items" does not exist / write app.items, or set search_path at the top of the file',
      '11:32 SC1203 relation "customers" does not exist / correct its declaration first: it failed too',
      '12:31 SC1201 invalid input syntax for type integer: "x" / ',
      expect.stringMatching(
        /^13:18 SC8021 extension no_such_extension is not installed where the scratch database is \/ give a server that has it/,
      ),
    ]);
    expect(diagnostics[0]?.detail).toBe('SQLSTATE 42704');
    expect(relations).toEqual(['app.items', 'fine', 'orders']);
  });

  it('loses nothing of a batch around a failure', async () => {
    const text = Array.from({ length: 300 }, (_, n) =>
      n % 97 === 50 ? `create table t${n} (a no_such_type);` : `create table t${n} ();`,
    ).join('\n');
    const { found, relations } = await run(await read(text));
    expect(found.map((line) => line.split(':')[0])).toEqual(['51', '148', '245']);
    expect(relations).toHaveLength(297);
  });

  it('ends when the server goes away', async () => {
    const declarations = await read('create table t ()');
    await withDatabase(async (database) => {
      const end = withClient(database.url, async (client) => {
        client.on('error', () => undefined);
        await withClient(database.url, async (other) => {
          await other.query(
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
          );
        });
        return runDeclarations(client, declarations);
      });
      await expect(end).rejects.toThrow();
    });
  });
});
