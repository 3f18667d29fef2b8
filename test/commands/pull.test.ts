/** pull and fmt as a user runs them: what they print, write, and exit with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { project, schemactl } from './run-binary.js';

vi.setConfig({ testTimeout: 240_000 });

const FILES = {
  'schemactl.yaml': 'version: 1\ndesired: [schemas]\n',
  'schemas/app.yaml':
    '# The shop.\nschema: app\n\ntables:\n  orders: # what they buy\n    columns:\n      id: bigint\n      note: text # by hand\n',
  'schemas/app.sql': 'create view app.notes as select note from app.orders; -- for the list\n',
};

it('pull shows, writes, and has nothing to do a second time', async () => {
  await withDatabase(async ({ url }) => {
    await query(
      url,
      `create schema app; create table app.orders (id bigint not null, note text); create view app.notes as select note from app.orders;
       create view app.ids as select id from app.orders`,
    );
    const folder = project(FILES);
    const run = (...args: readonly string[]) => schemactl(folder, ['pull', '--url', url, ...args]);
    const read = (path: string) => readFileSync(join(folder, path), 'utf8');

    const checked = await run('--check');
    expect(checked).toMatchObject({ code: 2, stderr: '' });
    expect(checked.stdout).toContain('-      id: bigint\n+      id: { type: bigint, not_null: true }\n');
    expect(read('schemas/app.yaml')).toBe(FILES['schemas/app.yaml']);

    expect(await run('column:app.orders.*')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: 'changed  schemas/app.yaml\nWrote 1 file (1 object).\n',
    });
    expect(read('schemas/app.yaml')).toBe(FILES['schemas/app.yaml'].replace('id: bigint', 'id: { type: bigint, not_null: true }'));

    expect((await run()).code).toBe(0);
    expect(read('schemas/app.sql')).toBe(
      `${FILES['schemas/app.sql'].trimEnd()}\n\ncreate view app.ids as\n select orders.id\n   from app.orders;\n`,
    );
    expect(await run()).toMatchObject({ code: 0, stdout: 'Nothing to write: the files say what the database has.\n' });
    expect((await schemactl(folder, ['plan', '--url', url, '--detailed-exitcode'])).code).toBe(0);
  });
});

it('fmt shows, writes, and has nothing to do a second time', async () => {
  const folder = project({
    ...FILES,
    // The comment behind a key stands below it in the usual form.
    'schemas/app.yaml': FILES['schemas/app.yaml'].replace('orders: # what they buy', 'orders:\n    # what they buy'),
    'schemas/more.yaml': 'tables:\n    # by name\n    t: { columns: { a: {default: 1, type: int} } }\nschema: more\n',
  });
  const read = () => readFileSync(join(folder, 'schemas/more.yaml'), 'utf8');
  const checked = await schemactl(folder, ['fmt', '--check']);
  expect(checked.code).toBe(2);
  expect(checked.stdout).toContain('1 file of 2 would change.');
  expect(await schemactl(folder, ['fmt'])).toMatchObject({ code: 0, stdout: 'Wrote 1 file of 2.\n' });
  expect(read()).toBe('schema: more\n\ntables:\n  # by name\n  t:\n    columns:\n      a: { type: int, default: 1 }\n');
  expect(await schemactl(folder, ['fmt'])).toMatchObject({ code: 0, stdout: 'Nothing to do: 2 YAML files in the usual form.\n' });
});
