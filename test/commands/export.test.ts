/** export --dir with the real executable, into a folder that holds files already: what stays, what is written, what is refused. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { query, withDatabase } from '../support/database.js';
import { project, schemactl, write } from './run-binary.js';

vi.setConfig({ testTimeout: 240_000 });

const LIVE = `create schema app;
  create table app.orders (id bigint primary key, note text);
  create view app.notes as select note from app.orders;`;

describe.each(['sql', 'yaml'] as const)('export --format %s over its own files', (format) => {
  const mark = format === 'yaml' ? '#' : '--';

  it('changes no byte while the database is as it was, whatever was written beside', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const folder = project();
      const run = (...more: readonly string[]) =>
        schemactl(folder, ['export', '--url', url, '--dir', 'out', '--format', format, '--manage', 'app', ...more]);
      const read = () => contents(join(folder, 'out'));
      expect(await run()).toMatchObject({ code: 0, stdout: 'Wrote 3 files to out.\n' });
      const first = read();
      const times = () => Object.keys(first).map((path) => statSync(join(folder, 'out', path)).mtimeMs);
      const before = times();
      expect(await run()).toMatchObject({ code: 0, stdout: 'Wrote 0 files to out. 3 files said it already, and are as before.\n' });
      expect([read(), times()]).toEqual([first, before]);

      // People write comments and give lines another form.
      const orders = `app/tables/orders.${format}`;
      const commented = `${mark} What was bought.\n${first[orders]?.replace('\n', `  ${mark} by hand\n`)}\n\n`;
      write(folder, { [`out/${orders}`]: commented });
      expect(await run()).toMatchObject({ code: 0, stdout: expect.stringContaining('Wrote 0 files') });
      expect(read()).toEqual({ ...first, [orders]: commented });
    }));

  it('writes what changed, and refuses, before it writes anything, where comments would go', () =>
    withDatabase(async ({ url }) => {
      await query(url, LIVE);
      const folder = project();
      const run = (...more: readonly string[]) =>
        schemactl(folder, ['export', '--url', url, '--dir', 'out', '--format', format, '--manage', 'app', ...more]);
      const read = () => contents(join(folder, 'out'));
      await run();
      const orders = `out/app/tables/orders.${format}`;
      write(folder, { [orders]: `${mark} What was bought.\n${readFileSync(join(folder, orders), 'utf8')}` });
      const before = read();
      await query(url, `create or replace view app.notes as select note from app.orders where note <> ''`);
      // The view's file has no comment to lose.
      expect(await run()).toMatchObject({ code: 0, stdout: 'Wrote 1 file to out. 2 files said it already, and are as before.\n' });
      const written = read();
      expect(Object.keys(before).filter((path) => before[path] !== written[path])).toEqual([`app/views/notes.${format}`]);

      await query(url, `alter table app.orders add total numeric; create or replace view app.notes as select note from app.orders`);
      const refused = await run();
      expect(refused.stderr).toContain(`error[SC2505] ${orders} holds comments, and says something else than the database\n`);
      expect(refused.stderr).toContain('schemactl pull --desired out');
      expect(refused.code).toBe(1);
      expect(read()).toEqual(written);

      // What the hint says keeps them.
      expect(await schemactl(folder, ['pull', '--url', url, '--desired', 'out'])).toMatchObject({ code: 0 });
      expect(readFileSync(join(folder, orders), 'utf8')).toMatch(new RegExp(`^${mark} What was bought\\.\\n[^]*total`));
      expect(await run('--overwrite')).toMatchObject({ code: 0 });
      const plan = ['plan', '--url', url, '--desired', 'out', '--detailed-exitcode'];
      expect(await schemactl(folder, plan)).toMatchObject({ code: 0 });
    }));
});

function contents(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
