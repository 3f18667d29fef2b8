/** That the things tests stand on do what they say: databases are separate and go away, psql and pg_dump see them, errors surface. */
import { expect, it } from 'vitest';
import { createDatabase, query, testServer, withDatabase } from './database.js';
import { pgDump, psql } from './postgres-programs.js';

it('makes databases, copies them, and drops them', async () => {
  const first = await createDatabase();
  await psql(first.url, 'create table t (id int); insert into t values (7);');
  const copy = await createDatabase({ template: first.name });
  expect(await query(copy.url, 'select 1; select id from t')).toEqual([{ id: 7 }]);
  await Promise.all([first.drop(), copy.drop()]);
  const { url, major } = await testServer();
  expect(await query(url, `select datname from pg_database where datname in ('${first.name}', '${copy.name}')`)).toEqual([]);
  expect(major).toBeGreaterThanOrEqual(14);
});

it('dumps a database the same way twice', async () => {
  await withDatabase(async ({ url }) => {
    await psql(url, 'create table dumped (id int);');
    const dump = await pgDump(url);
    expect(dump).toContain('CREATE TABLE public.dumped');
    expect(await pgDump(url)).toBe(dump);
  });
});

it('passes on the error of a script', async () => {
  await withDatabase(async ({ url }) => {
    await expect(psql(url, 'select 1;\nselect no_such_column;')).rejects.toThrow(/no_such_column/);
  });
});
