/** What users get wrong, by the real executable: every fault at its place, with one way out each, all at once, and the right exit code. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '../src/scratch/embedded.js';
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

interface Broken {
  readonly files: Readonly<Record<string, string>>;
  /** Instead of "plan --desired ." on the test database. */
  readonly args?: (url: string) => readonly string[];
  readonly code?: number;
  /** All of standard error; "…" stands for anything within a line. */
  readonly says: string;
}

const TABLE = 'create table public.a (id integer);\n';

const SQL: Readonly<Record<string, Broken>> = {
  'a syntax error': {
    files: { 'a.sql': 'create table public.a (\n  id integer,\n  name text,,\n);\n' },
    says: `
error[SC1013] syntax error at or near ","
  a.sql:3:13
     |
   3 |   name text,,
     |             ^
  hint: correct the statement`,
  },
  'a table that does not exist': {
    files: {
      'a.sql':
        'create table public.orders (id integer primary key);\ncreate table public.lines (\n  id integer references public.ordres (id)\n);\n',
    },
    says: `
error[SC1203] relation "public.ordres" does not exist
  a.sql:3:32
     |
   3 |   id integer references public.ordres (id)
     |                                ^^^^^^
     = SQLSTATE 42P01
  hint: did you mean orders?`,
  },
  'a column that does not exist': {
    files: { 'a.sql': 'create table public.orders (customer_id integer);\ncreate index on public.orders (custmer_id);\n' },
    says: `
error[SC1203] column "custmer_id" does not exist
  a.sql:2:32
     |
   2 | create index on public.orders (custmer_id);
     |                                ^^^^^^^^^^
     = SQLSTATE 42703
  hint: did you mean customer_id?`,
  },
  'a type that does not exist': {
    files: { 'a.sql': 'create table public.orders (\n  id integer,\n  state order_state\n);\n' },
    says: `
error[SC1203] type "order_state" does not exist
  a.sql:3:9
     |
   3 |   state order_state
     |         ^^^^^^^^^^^
     = SQLSTATE 42704
  hint: declare it, or correct its name`,
  },
  'a function that does not exist': {
    files: { 'a.sql': 'create table public.orders (\n  id integer default next_id()\n);\n' },
    says: `
error[SC1203] function next_id() does not exist
  a.sql:2:22
     |
   2 |   id integer default next_id()
     |                      ^^^^^^^
     = SQLSTATE 42883
  hint: No function matches the given name and argument types. You might need to add explicit type casts.`,
  },
  'a schema that does not exist': {
    files: { 'a.sql': 'create schema app;\ncreate table ap.orders (id integer);\n' },
    says: `
error[SC1203] schema "ap" does not exist
  a.sql:2:14
     |
   2 | create table ap.orders (id integer);
     |              ^^
     = SQLSTATE 3F000
  hint: did you mean app?`,
  },
  'one table in two files': {
    files: { 'a.sql': TABLE, 'b/b.sql': '\ncreate table public.a (id bigint);\n' },
    says: `
error[SC1010] table:public.a is declared twice
  b/b.sql:2:14
     |
   2 | create table public.a (id bigint);
     |              ^^^^^^
  first declared here at a.sql:1:14
  hint: remove one of the two`,
  },
  'statements that are no definitions': {
    files: {
      'a.sql': `${TABLE}copy public.a from '/etc/passwd';\nbegin;\ninsert into public.a values (1);\ndo $$ begin perform 1; end $$;\n\\i other.sql\n`,
    },
    says: `
error[SC1002] COPY is not part of a desired schema
  a.sql:2:1
     |
   2 | copy public.a from '/etc/passwd';
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: keep data in migrations or seed scripts; a desired schema holds definitions only

error[SC1002] BEGIN is not part of a desired schema
  a.sql:3:1
     |
   3 | begin;
     | ^^^^^
  hint: remove it: schemactl decides what runs in which transaction

error[SC1002] INSERT is not part of a desired schema
  a.sql:4:1
     |
   4 | insert into public.a values (1);
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: keep data in migrations or seed scripts; a desired schema holds definitions only

error[SC1007] DO is not part of a desired schema
  a.sql:5:1
     |
   5 | do $$ begin perform 1; end $$;
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: write the definitions themselves; schemactl finds out what exists already

error[SC1003] …
  a.sql:6:1
     |
   6 | \\i other.sql
     | ^^^^^^^^^^^^
  hint: …`,
  },
  'three faults that have nothing to do with each other, and a file that is right': {
    files: {
      'a.sql':
        'create table public.a (id integer, kind nothing);\ncreate table public.b (id integer references nowhere);\ncreate index on public.fine (neither);\n',
      'b.sql': 'create table public.fine (id integer);\n',
    },
    says: `
error[SC1203] type "nothing" does not exist
  a.sql:1:41
     |
   1 | create table public.a (id integer, kind nothing);
     |                                         ^^^^^^^
     = SQLSTATE 42704
  hint: declare it, or correct its name

error[SC1203] relation "nowhere" does not exist
  a.sql:2:46
     |
   2 | create table public.b (id integer references nowhere);
     |                                              ^^^^^^^
     = SQLSTATE 42P01
  hint: declare it, or correct its name

error[SC1203] column "neither" does not exist
  a.sql:3:30
     |
   3 | create index on public.fine (neither);
     |                              ^^^^^^^
     = SQLSTATE 42703
  hint: declare it, or correct its name`,
  },
  'faults that are found by the parser, by the allow-list and by PostgreSQL': {
    files: {
      'a.sql': `${TABLE}create table public.bad (id integer,, x integer);\ncreate table public.b (id integer references public.nowhere);\nvacuum;\n`,
    },
    says: `
error[SC1013] syntax error at or near ","
  a.sql:2:37
     |
   2 | create table public.bad (id integer,, x integer);
     |                                     ^
  hint: correct the statement

error[SC1203] relation "public.nowhere" does not exist
  a.sql:3:53
     |
   3 | create table public.b (id integer references public.nowhere);
     |                                                     ^^^^^^^
     = SQLSTATE 42P01
  hint: declare it, or correct its name

error[SC1002] VACUUM is not part of a desired schema
  a.sql:4:1
     |
   4 | vacuum;
     | ^^^^^^
  hint: remove it: maintenance is no part of a schema`,
  },
  'a hint that is not known': {
    files: { 'a.sql': 'create table public.a (\n  -- schemactl: renamed_form old\n  id integer\n);\n' },
    says: `
error[SC1021] unknown hint: renamed_form
  a.sql:2:3
     |
   2 |   -- schemactl: renamed_form old
     |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: did you mean renamed_from?`,
  },
  'nothing at all': {
    files: { 'a.sql': '-- nothing yet\n' },
    says: `
error[SC1001] the desired state declares nothing
  looked in a.sql
  hint: name files or folders that hold SQL or YAML with --desired; to empty a schema, declare the schema itself`,
  },
  'an extension that there is none of': {
    files: { 'a.sql': `create extension no_such_thing;\n${TABLE}` },
    args: (url) => ['plan', '--url', url, '--desired', '.', '--scratch', 'embedded'],
    says: `
error[SC8003] the embedded PostgreSQL 15 does not have the extension no_such_thing
  hint: give a throw-away server with --scratch URL, or use --scratch target`,
  },
};

const YAML: Readonly<Record<string, Broken>> = {
  'YAML that does not end': {
    files: { 'a.yaml': 'schema: public\ntables:\n  orders:\n    columns:\n      id: { type: integer\n' },
    says: `
error[SC1040] flow map in block collection must be sufficiently indented and end with a }
  a.yaml:6:1
  hint: correct the syntax at the place shown`,
  },
  'keys and a type that YAML does not have': {
    files: {
      'a.yaml':
        'schema: public\ntables:\n  orders:\n    colums:\n      id: { type: integer }\n  lines:\n    columns:\n      id: { type: integr }\n',
    },
    says: `
error[SC1046] unknown key: colums
  a.yaml:4:5
     |
   4 |     colums:
     |     ^^^^^^
     = tables.orders has: …
  hint: did you mean columns?`,
  },
  'a type in YAML that does not exist': {
    files: { 'a.yaml': 'schema: public\ntables:\n  lines:\n    columns:\n      id: { type: integr }\n' },
    says: `
error[SC1203] type "integr" does not exist
  a.yaml:5:19
     |
   5 |       id: { type: integr }
     |                   ^^^^^^
     = SQLSTATE 42704
  hint: declare it, or correct its name`,
  },
};

const FILES: Readonly<Record<string, Broken>> = {
  'a path that leads nowhere': {
    files: { 'a.sql': TABLE },
    args: (url) => ['plan', '--url', url, '--desired', 'missing.sql', '--desired', 'a.sql'],
    says: `
error[SC1015] no such file or folder: missing.sql
  missing.sql:1:1
  …
  hint: correct the path`,
  },
  'a link that leads nowhere': {
    files: { 'schemas/a.sql': TABLE },
    args: (url) => ['plan', '--url', url, '--desired', 'schemas'],
    says: `
error[SC1015] no such file or folder: schemas/dangling.sql
  schemas/dangling.sql:1:1
  …
  hint: correct the path`,
  },
  'neither SQL nor YAML': {
    files: { 'a.txt': TABLE },
    args: (url) => ['plan', '--url', url, '--desired', 'a.txt'],
    says: `
error[SC1017] not a desired-state file: a.txt
  a.txt:1:1
     |
   1 | create table public.a (id integer);
     | ^
  hint: name it .sql, .yaml or .yml`,
  },
  'a plan that is not there': {
    files: {},
    args: (url) => ['apply', 'plan.json', '--url', url, '--yes'],
    says: `
error[SC6001] the plan file cannot be read: plan.json
  ENOENT: no such file or directory, open 'plan.json'
  hint: give the path of a plan file`,
  },
};

const plan = (url: string): readonly string[] => ['plan', '--url', url, '--desired', '.'];

const SURROUNDINGS: Readonly<Record<string, Broken>> = {
  'a connection string of another sort': {
    files: { 'a.sql': TABLE },
    args: () => plan('postgresqll://x/y'),
    says: `
error[SC7011] the connection of --url cannot be used: it is neither postgresql://user@host:port/database nor "host=… dbname=…"
  hint: use postgresql://user@host:port/database`,
  },
  'a server that is down': {
    files: { 'a.sql': TABLE },
    args: () => plan('postgresql://postgres@127.0.0.1:1/x'),
    says: `
error[SC7016] cannot reach the database: connect ECONNREFUSED 127.0.0.1:1
  hint: check that the server is up, its host and its port, e.g. with psql`,
  },
  'a wrong password': {
    files: { 'a.sql': TABLE },
    args: () => plan(guarded.url.replace(/postgres:\w+@/, 'postgres:s3cret@')),
    says: `
error[SC7016] the database refused the connection: password authentication failed for user "postgres" (SQLSTATE 28P01)
  hint: check the user and the password`,
  },
  'a role that does not exist': {
    files: { 'a.sql': TABLE },
    args: (url) => plan(url.replace('postgres@', 'nobody_here@')),
    says: `
error[SC7016] the database refused the connection: role "nobody_here" does not exist (SQLSTATE 28000)
  hint: check the user and the password`,
  },
  'a database that does not exist': {
    files: { 'a.sql': TABLE },
    args: (url) => plan(url.replace(/\/test_\w+/, '/nowhere_at_all')),
    says: `
error[SC7016] the database refused the connection: database "nowhere_at_all" does not exist (SQLSTATE 3D000)
  hint: create it, or correct its name`,
  },
  'a pattern of a kind that does not exist': {
    files: { 'a.sql': TABLE },
    args: (url) => [...plan(url), '--manage', 'tabel:app.*'],
    says: `
error[SC2202] no kind of object is named tabel: tabel:app.*
  hint: did you mean table:app.*?`,
  },
  'a flag that does not exist': {
    files: {},
    args: (url) => [...plan(url), '--desird', 'x'],
    code: 64,
    says: `
error[SC7020] nonexistent flag: --desird
  hint: did you mean --desired?`,
  },
};

const CONFIGURATION: Readonly<Record<string, Broken>> = {
  'unknown keys': {
    files: {
      'schemactl.yaml': 'version: 1\ndesierd: [schemas]\nenvironments:\n  test: { url: postgresql://localhost/x, polcy: strict }\n',
    },
    args: () => ['plan', '--env', 'test'],
    says: `
error[SC7003] unknown key: desierd
  schemactl.yaml:2:1
     |
   2 | desierd: [schemas]
     | ^^^^^^^
     = the file has: …
  hint: did you mean desired?

error[SC7003] unknown key: polcy
  schemactl.yaml:4:42
     |
   4 |   test: { url: postgresql://localhost/x, polcy: strict }
     |                                          ^^^^^
     = environments.test has: …
  hint: did you mean policy?`,
  },
  'an environment that nothing defines': {
    files: { 'schemactl.yaml': 'version: 1\ndesired: [a.sql]\nenvironments:\n  production: { url: postgresql://localhost/x }\n' },
    args: () => ['plan', '--env', 'prodution'],
    says: `
error[SC7006] no environment is named prodution
  schemactl.yaml has: production
  hint: did you mean production?`,
  },
  'YAML that does not end': {
    files: { 'schemactl.yaml': 'version: 1\ndesired: [schemas\nenvironments: {}\n' },
    args: () => ['plan', '--env', 'test'],
    says: `
error[SC7002] flow sequence in block collection must be sufficiently indented and end with a ]
  schemactl.yaml:3:1
     |
   3 | environments: {}
     | ^
  hint: correct the syntax at the place shown`,
  },
};

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
  it.concurrent.each(Object.entries(cases))('%s', async (name, { files, args, code, says }) => {
    const home = join(folder, `${section}-${name}`.replaceAll(/\W+/g, '-'));
    write(home, { 'schemactl.yaml': 'version: 1\n', ...files });
    if (name === 'a link that leads nowhere') symlinkSync('nothing.sql', join(home, 'schemas/dangling.sql'));
    const desired = Object.keys(files).filter((file) => file !== 'schemactl.yaml');
    const usual = ['plan', '--url', database.url, ...desired.flatMap((file) => ['--desired', file])];
    const server = new URL(database.url);
    server.pathname = '/postgres';
    const ran = await schemactl(home, args?.(database.url) ?? usual, { SCHEMACTL_SCRATCH: server.href });
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
