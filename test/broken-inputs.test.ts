/** What users get wrong, by the real executable: every fault at its place, with one way out each, all at once, and the right exit code. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '../src/scratch/embedded.js';
import { FILES, YAML } from './broken/files.js';
import { SQL } from './broken/sql.js';
import { CONFIGURATION, SURROUNDINGS } from './broken/surroundings.js';
import { schemactl, write } from './commands/run-binary.js';
import { createDatabase, query, type TestDatabase } from './support/database.js';

vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
/** Asks for a password, which the shared one does not. */
let guarded: EmbeddedServer;
let folder: string;

beforeAll(async () => {
  [database, guarded] = await Promise.all([createDatabase(), startEmbedded({ major: 15, port: 'free' })]);
  folder = mkdtempSync(join(tmpdir(), 'schemactl-broken-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([database.drop(), guarded.stop()]);
});

/** Standard error as it is, with "…" in the expectation for anything within its line. */
function expectText(actual: string, expected: string): void {
  const lines = expected.trim().split('\n');
  const shown = actual
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const [before, after] = (lines[index] ?? '').split('…', 2);
      const open = (lines[index] ?? '').includes('…') && before !== undefined && after !== undefined;
      return open && line.startsWith(before) && line.endsWith(after) ? lines[index] : line;
    });
  expect(shown.join('\n')).toBe(lines.join('\n'));
}

const ALL = { SQL, YAML, 'files and folders': FILES, 'what surrounds it': SURROUNDINGS, 'the configuration': CONFIGURATION };

describe.each(Object.entries(ALL))('%s', (section, cases) => {
  it.concurrent.each(Object.entries(cases))('%s', async (name, { files, dangling, args, code, says }) => {
    const home = join(folder, `${section}-${name}`.replaceAll(/\W+/g, '-'));
    write(home, { 'schemactl.yaml': 'version: 1\n', ...files });
    for (const link of dangling ?? []) symlinkSync('nothing.sql', join(home, link));
    const desired = Object.keys(files).filter((file) => file !== 'schemactl.yaml');
    const usual = ['plan', '--url', database.url, ...desired.flatMap((file) => ['--desired', file])];
    const server = new URL(database.url);
    server.pathname = '/postgres';
    const ran = await schemactl(home, args?.({ url: database.url, guarded: guarded.url }) ?? usual, { SCHEMACTL_SCRATCH: server.href });
    expectText(ran.stderr, says);
    expect(ran.stderr.match(/^ {2}hint: \S/gm)?.length, 'one way out for each error').toBe(ran.stderr.match(/^error\[/gm)?.length);
    expect(ran.stderr).not.toContain('s3cret');
    expect(ran.stdout).toBe('');
    expect(ran.code).toBe(code ?? 1);
  });
});

describe('whatever was wrong', () => {
  it('nothing was changed in the database', async () => {
    expect(await query(database.url, `select relname from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([]);
  });
});
