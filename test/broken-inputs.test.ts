/** What users get wrong, by the real executable, in words and in JSON: every fault at its place, one way out each, all at once. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
  await query(guarded.url, `create role visitor login password 's3cret'`);
  await query(guarded.url, 'revoke connect on database postgres from public');
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

interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly hint?: string;
}

/** What stands at the end of everything: where the codes are explained, when there is more to say than the hint. */
function pointer(errors: readonly Finding[]): string {
  const codes = [...new Set(errors.map(({ code }) => code).filter((code) => code !== 'SC7020' && code !== 'SC9001'))].slice(0, 3);
  return codes.length === 0 ? '' : `\n\nmore: schemactl explain ${codes.join(' | ')}`;
}

describe.each(Object.entries(ALL))('%s', (section, cases) => {
  it.concurrent.each(Object.entries(cases))('%s', async (name, row) => {
    const home = join(folder, `${section}-${name}`.replaceAll(/\W+/g, '-'));
    write(home, { 'schemactl.yaml': 'version: 1\n' });
    for (const [file, content] of Object.entries(row.files)) {
      mkdirSync(dirname(join(home, file)), { recursive: true });
      writeFileSync(join(home, file), content);
    }
    for (const path of row.folders ?? []) mkdirSync(join(home, path));
    for (const [link, target] of Object.entries(row.links ?? {})) symlinkSync(target, join(home, link));
    const named = row.desired ?? Object.keys(row.files).filter((file) => file !== 'schemactl.yaml');
    const desired = named.flatMap((file) => ['--desired', file]);
    const server = new URL(database.url);
    server.pathname = '/postgres';
    const run = (args: readonly string[]) => schemactl(home, args, { SCHEMACTL_SCRATCH: server.href });
    const special = row.args?.({ url: database.url, guarded: guarded.url });
    const words = await run(special ?? ['plan', '--url', database.url, ...desired]);
    const data = await run([...(special ?? ['validate', ...desired]), '--json']);

    const { exit_code, diagnostics } = JSON.parse(data.stdout) as { exit_code: number; diagnostics: readonly Finding[] };
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expectText(words.stderr, `${row.says}${pointer(errors)}`);
    expect(data.stderr, 'plan and validate say the same, in words and in JSON').toBe(words.stderr);
    expect(words.stderr.match(/^ {2}hint: \S/gm)?.length, 'one way out for each error').toBe(errors.length);
    expect(errors.filter(({ hint }) => !hint)).toEqual([]);
    expect(words.stderr + data.stdout).not.toContain('s3cret');
    expect(words.stdout).toBe('');
    expect([words.code, data.code, exit_code]).toEqual(Array(3).fill(row.code ?? 1));
  });
});

describe('whatever was wrong', () => {
  it('nothing was changed in the database', async () => {
    expect(await query(database.url, `select relname from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([]);
  });
});
