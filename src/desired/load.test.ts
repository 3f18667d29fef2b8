/** Files, folders and duplicates: what loadDesired() reads and what it refuses. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kinds } from '../kinds/registry.js';
import { loadDesired } from './load.js';

const rules = kinds.flatMap((kind) => kind.sql ?? []);
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desired-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

const load = (...paths: readonly string[]) => loadDesired({ paths: paths.map((path) => join(folder, path)), rules });

describe('loadDesired', () => {
  it('reads folders through and through, by name, and every file once', async () => {
    await write({
      'b.sql': 'create table b ()',
      'a/z.sql': '\ufeffcreate table z ()',
      'a/notes.md': 'no SQL',
      'c.SQL': 'create table c ()',
    });
    const { declarations, diagnostics, files } = await load('.', 'b.sql');
    expect(diagnostics).toEqual([]);
    expect(declarations.map((declaration) => declaration.declares[0]?.address)).toEqual([
      'table:public.z',
      'table:public.b',
      'table:public.c',
    ]);
    expect(declarations[0]?.span.start).toEqual({ line: 1, column: 1, offset: 0 });
    expect(files.map(({ path, sha256 }) => [path.slice(folder.length + 1), sha256.slice(0, 7)])).toEqual([
      ['a/z.sql', 'sha256:'],
      ['b.sql', 'sha256:'],
      ['c.SQL', 'sha256:'],
    ]);
  });

  it('reports what it cannot read', async () => {
    await write({ 'latin.sql': Uint8Array.from([0x2d, 0x2d, 0xe9]), 'x.txt': '', 'y.yaml': 'tables: {}' });
    const { diagnostics } = await load('missing', 'latin.sql', 'x.txt', 'y.yaml');
    expect(diagnostics.map(({ code, span }) => [code, span?.file.slice(folder.length + 1)])).toEqual([
      ['SC1015', 'missing'],
      ['SC1016', 'latin.sql'],
      ['SC1017', 'x.txt'],
      ['SC1017', 'y.yaml'],
    ]);
  });

  it('hands YAML to its reader', async () => {
    await write({ 'x.yml': 'x: 1' });
    const seen: string[] = [];
    await loadDesired({
      paths: [folder],
      rules,
      parseYaml: (file) => {
        seen.push(file.text);
        return { declarations: [], hints: [], diagnostics: [] };
      },
    });
    expect(seen).toEqual(['x: 1']);
  });

  it.each([
    [
      'the same table in two files',
      { 'a.sql': 'create table t ()', 'b.sql': '\n create table public.t ()' },
      ['b.sql:2:15 error table:public.t is declared twice, see a.sql:1'],
    ],
    [
      'a constraint twice',
      { 'a.sql': 'create table t (a int);\nalter table t add constraint c check (a > 0);\nalter table t add constraint c check (a > 1);' },
      ['a.sql:3:19 error constraint:public.t.c is declared twice, see a.sql:2'],
    ],
    [
      'IF NOT EXISTS',
      { 'a.sql': 'create table t ()', 'b.sql': 'create table if not exists t (a int)' },
      ['b.sql:1:28 warning table:public.t is declared already: this statement adds nothing, see a.sql:1'],
    ],
    ["pg_dump's placeholder view", { 'a.sql': 'create view v as select null::int as a;\ncreate or replace view v as select 1 as a;' }, []],
    [
      'OR REPLACE in two files',
      { 'a.sql': 'create or replace view v as select 1 as a', 'b.sql': 'create or replace view v as select 2 as a' },
      ['b.sql:1:24 error view:public.v is declared twice, see a.sql:1'],
    ],
    [
      'overloads',
      { 'a.sql': 'create function f(int) returns int language sql as $$$$; create function f(text) returns int language sql as $$$$' },
      [],
    ],
    [
      'an index and a type of one name',
      { 'a.sql': "create table t (a int); create index foo on t (a); create type foo as enum ('a')" },
      [],
    ],
    [
      'two indexes of one name in two schemas',
      { 'a.sql': 'create table a.t (a int); create index i on a.t (a); create table b.t (a int); create index i on b.t (a)' },
      [],
    ],
  ])('judges %s', async (_, files, expected) => {
    await write(files);
    const { diagnostics } = await load('.');
    const at = (span: { file: string; start: { line: number } } | undefined) =>
      `${span?.file.slice(folder.length + 1)}:${span?.start.line}`;
    expect(
      diagnostics.map(
        ({ span, severity, summary, related }) => `${at(span)}:${span?.start.column} ${severity} ${summary}, see ${at(related?.[0]?.span)}`,
      ),
    ).toEqual(expected);
  });
});
