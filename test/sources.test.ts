/** Every source of a state says the same of the same schema, and none is taken for more than it is. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readPast } from '../src/apply/past.js';
import { sourceOf } from '../src/config/source-words.js';
import { type Diagnostic, DiagnosticError } from '../src/core/diagnostic.js';
import type { CommandSource, Source } from '../src/core/source.js';
import { planBetween } from '../src/plan/between.js';
import { planText } from '../src/plan/file.js';
import { makeSnapshot } from '../src/plan/snapshot.js';
import { validateDesired } from '../src/plan/validate-desired.js';
import { project, schemactl } from './commands/run-binary.js';
import { createDatabase, query, testServer } from './support/database.js';
import { applyTo, migrate, planOf, spec, statementsOf } from './support/made-plan.js';

vi.setConfig({ testTimeout: 240_000 });

/** Of each sort a little: what other sources have to say too. */
const SHOP = `create schema app;
comment on schema app is 'the shop';
create type app.state as enum ('new', 'paid');
create domain app.email as text check (value like '%@%');
create table app.customers (id bigint generated always as identity primary key, email app.email unique);
create table app.orders (
  "Order Id" bigint primary key,
  client_id bigint not null references app.customers (id),
  state app.state not null default 'new',
  placed timestamptz not null default now()
) partition by range ("Order Id");
create table app.orders_1 partition of app.orders for values from (1) to (1000);
create index on app.orders (client_id) where state <> 'paid';
create function app.latest(bigint) returns timestamptz stable language sql as $$ select max(placed) from app.orders where client_id = $1 $$;
create view app.open as select "Order Id", app.latest(client_id) from app.orders where state = 'new';
alter table app.customers enable row level security;
create policy everybody on app.customers using (true);
grant select on app.open to public;
revoke all on function app.latest(bigint) from public;
`;

const START = 'create schema app;\ncreate table app.t (id integer primary key, old_name text);\n';
const NEXT = START.replace('old_name text', '\n  new_name text -- schemactl: renamed_from old_name\n');

let server = '';

beforeAll(async () => {
  server = (await testServer()).url;
});

const command = (argv: readonly string[], more: Partial<CommandSource> = {}): CommandSource => ({
  from: 'command',
  name: `exec:${argv.join(' ')}`,
  argv,
  folder: '.',
  timeout_ms: 20_000,
  ...more,
});

async function shop(): Promise<string> {
  const { url, drop } = await createDatabase();
  onTestFinished(drop);
  await query(url, SHOP);
  return url;
}

function checkout(files: Readonly<Record<string, string>>): string {
  const folder = project(files);
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args]);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=one');
  return folder;
}

/** What reading it comes to: findings, without a server. */
async function findings(...paths: readonly Source[]): Promise<readonly Diagnostic[]> {
  return (await validateDesired({ paths, scratch: null })).diagnostics;
}

const between = (from: readonly Source[], desired: readonly Source[]) =>
  planBetween(
    {
      from,
      desired,
      scratch: { kind: 'url', connection: spec(server) },
      manage: [],
      ignore: [],
      allow: [],
      online: true,
      environment: null,
      policy: {},
      timeouts: { lock_ms: 2_000, statement_ms: 60_000 },
      tool: { name: 'schemactl', version: '0.0.0' },
      by: 'test',
      now: new Date('2026-01-01T00:00:00Z'),
      not_after: null,
    },
    readPast,
  );

describe('one schema by every source', () => {
  it('is the same, whichever of two they are', async () => {
    const url = await shop();
    const folder = checkout({ 'schemas/app.sql': SHOP });
    const snapshot = await makeSnapshot({ target: spec(url), manage: [], ignore: [] });
    writeFileSync(join(folder, 'shop.json'), snapshot.text);
    const { document } = await planOf((await createDatabase()).url, '', { desired: [join(folder, 'schemas/app.sql')] });
    writeFileSync(join(folder, 'plan.json'), planText(document));
    const sources: readonly Source[] = [
      join(folder, 'schemas'),
      command(['cat', 'app.sql'], { folder: join(folder, 'schemas') }),
      { from: 'git', revision: 'HEAD', path: 'schemas', folder },
      { from: 'git', revision: 'main', path: 'app.sql', folder: join(folder, 'schemas') },
      { from: 'database', name: 'env:SHOP', connection: spec(url) },
      { from: 'snapshot', path: join(folder, 'shop.json') },
      { from: 'plan', path: join(folder, 'plan.json') },
    ];
    for (const source of sources) {
      const outcome = await planOf(url, '', { desired: [source] });
      expect(statementsOf(outcome.document), JSON.stringify(source)).toEqual([]);
      expect(outcome.objects, JSON.stringify(source)).toBeGreaterThan(20);
    }
    for (const [from, to] of [
      [2, 5],
      [4, 1],
      [5, 6],
    ] as const) {
      const { document: plan } = await between([sources[from] as Source], [sources[to] as Source]);
      expect(statementsOf(plan), `${from} to ${to}`).toEqual([]);
    }
  });

  it('can be applied from, whatever it is', async () => {
    const url = await shop();
    const empty = await createDatabase();
    onTestFinished(empty.drop);
    const folder = project();
    writeFileSync(join(folder, 'shop.json'), (await makeSnapshot({ target: spec(url), manage: [], ignore: [] })).text);
    await migrate(empty.url, '', { desired: [{ from: 'snapshot', path: join(folder, 'shop.json') }] });
    const after = await planOf(empty.url, '', { desired: [{ from: 'database', name: 'shop', connection: spec(url) }] });
    expect(statementsOf(after.document)).toEqual([]);
  });
});

describe('a snapshot', () => {
  it('has the same bytes for the same objects, keeps to its published schema and holds no secret', async () => {
    const [one, other] = [await shop(), await shop()];
    for (const url of [one, other]) {
      await query(url, `create extension postgres_fdw; create server far foreign data wrapper postgres_fdw`);
      await query(url, `create user mapping for current_user server far options (user 'u', password 'c4nary')`);
    }
    const [first, second] = await Promise.all([one, other].map((url) => makeSnapshot({ target: spec(url), manage: [], ignore: [] })));
    expect(first?.text).toBe(second?.text);
    expect(first?.text).not.toContain('c4nary');
    const schema = JSON.parse(readFileSync('schemas/snapshot.schema.json', 'utf8')) as object;
    const validate = new Ajv({ strict: true }).compile(schema);
    expect(validate(JSON.parse(first?.text ?? '')) || validate.errors).toBe(true);
  });

  it('is refused when it is something else', async () => {
    const refusals: readonly (readonly [text: string, summary: string])[] = [
      ['{"format": ', 'the snapshot is not JSON: the document ends in the middle'],
      ['{"format": "schemactl-plan"}', 'the file is not a snapshot of schemactl'],
      ['{"format": "schemactl-snapshot", "format_version": "2.0"}', 'the snapshot has format 2.0, and this schemactl reads format 1'],
    ];
    const folder = project();
    for (const [text, summary] of refusals) {
      writeFileSync(join(folder, 's.json'), text);
      expect((await findings({ from: 'snapshot', path: join(folder, 's.json') }))[0]).toMatchObject({ code: 'SC1072', summary });
    }
  });
});

describe('a command', () => {
  it('has its output read as a file of its name', async () => {
    const print = command(['node', '-e', 'console.log("create table t (\\n  a integr2)")']);
    const [finding] = (await validateDesired({ paths: [print], scratch: { kind: 'url', connection: spec(server) } })).diagnostics;
    expect(finding).toMatchObject({ code: 'SC1203', span: { file: print.name, start: { line: 2, column: 5 } } });
  });

  it.each<[what: string, argv: readonly string[], summary: string, detail?: string]>([
    ['fails', ['node', '-e', 'console.error("no models"); process.exit(3)'], 'the command ended with exit code 3', 'no models'],
    ['prints nothing', ['node', '-e', ''], 'the command printed nothing on standard output'],
    ['is not there', ['no-such-program'], 'the command cannot be started: there is no program no-such-program'],
    ['is killed', ['node', '-e', 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9999)'], 'the command was ended by SIGTERM'],
  ])('that %s is an error with what it said', async (_, argv, summary, detail) => {
    const [finding] = await findings(command(argv));
    expect(finding).toMatchObject({ code: 'SC1070', summary, ...(detail ? { detail } : {}) });
  });

  it('ends in time, with all that it started', async () => {
    const started = Date.now();
    const sleep = command(['sh', '-c', 'sleep 30 & sleep 30'], { timeout_ms: 300 });
    expect((await findings(sleep))[0]).toMatchObject({ code: 'SC1070', summary: 'the command did not end within 0.3 s' });
    expect(Date.now() - started).toBeLessThan(20_000);
  });
});

describe('a revision of git', () => {
  it('is read without the checkout, with places in it', async () => {
    const folder = checkout({ 'schemas/app.sql': SHOP, 'schemas/more/t.yaml': 'tables:\n  t: { colums: {} }\n', 'schemas/notes.md': '' });
    writeFileSync(join(folder, 'schemas/app.sql'), 'changed since');
    const found = await findings({ from: 'git', revision: 'main', path: 'schemas', folder });
    expect(found).toMatchObject([{ code: 'SC1046', span: { file: 'main:schemas/more/t.yaml', start: { line: 2, column: 8 } } }]);
  });

  it.each<[revision: string, path: string]>([
    ['mian', 'schemas'],
    ['main', 'schema'],
    ['--output=x', 'schemas'],
  ])('that is not there (%s:%s) is an error', async (revision, path) => {
    const folder = checkout({ 'schemas/app.sql': SHOP });
    expect(await findings({ from: 'git', revision, path, folder })).toMatchObject([{ code: 'SC1071' }]);
  });
});

describe('a plan', () => {
  it('leads to the files that it was made from, also when they have changed since, and to no others', async () => {
    const folder = checkout({ 'app.sql': SHOP });
    const database = await createDatabase();
    onTestFinished(database.drop);
    const { document } = await planOf(database.url, '', { desired: [join(folder, 'app.sql')] });
    const plan = join(folder, 'plan.json');
    writeFileSync(plan, planText(document));
    expect((await applyTo(database.url, document)).exitCode).toBe(0);
    writeFileSync(join(folder, 'app.sql'), 'create schema app;');
    const lost = await planOf(database.url, '', { desired: [{ from: 'plan', path: plan }] }).catch((error: unknown) => error);
    expect((lost as DiagnosticError).diagnostics).toMatchObject([{ code: 'SC1073' }]);
    // By the names that the plan has: those that git knows are from where the user is.
    const ran = await schemactl(folder, ['plan', '--url', database.url, '--desired', 'app.sql', '--allow', '*', '--out', 'second.json'], {
      SCHEMACTL_SCRATCH: server,
    });
    expect(ran.stderr).toBe('');
    writeFileSync(join(folder, 'app.sql'), 'create schema app; create table app.later ();');
    const again = await schemactl(folder, ['validate', '--desired', 'plan:second.json'], { SCHEMACTL_SCRATCH: server });
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('SC1073') });
    writeFileSync(join(folder, 'app.sql'), 'create schema app;');
    const same = await schemactl(folder, ['validate', '--desired', 'plan:second.json'], { SCHEMACTL_SCRATCH: server });
    expect(same).toMatchObject({ code: 0, stdout: 'Valid: 1 file, 2 objects.\n' });
  });
});

describe('plan --from --to', () => {
  const run = (folder: string, ...args: readonly string[]) => schemactl(folder, args, { SCHEMACTL_SCRATCH: server });

  it('says the way from one source to another, with the hints of the one that it leads to', async () => {
    const folder = checkout({ 'schemas/app.sql': START });
    writeFileSync(join(folder, 'schemas/app.sql'), NEXT);
    const ran = await run(folder, 'plan', '--from', 'git:HEAD:schemas', '--to', 'schemas', '--detailed-exitcode');
    expect(ran).toMatchObject({ code: 2, stderr: '' });
    expect(ran.stdout).toContain('> column  new_name  was old_name');
    expect(ran.stdout).toMatch(/^plan {2}git:HEAD:schemas {2}PostgreSQL 15/);
    expect(ran.stdout).toContain('This compares two sources: there is no database to apply it to.');
    expect(ran.stdout).toContain('Plan: 0 to add, 0 to change, 1 to rename, 0 to replace, 0 to drop.');
    expect(await run(folder, 'plan', '--from', 'schemas', '--to', 'git:HEAD:schemas')).toMatchObject({ code: 3 });
  });

  it('is a plan like any other when it is from a database, and none that can be saved otherwise', async () => {
    const folder = checkout({ 'app.sql': NEXT });
    const { url, drop } = await createDatabase();
    onTestFinished(drop);
    await query(url, START);
    const saved = await run(folder, 'plan', '--from', `url:${url}`, '--to', 'app.sql', '--out', 'plan.json');
    expect(saved).toMatchObject({ code: 0 });
    expect(await run(folder, 'apply', 'plan.json', '--url', url, '--yes')).toMatchObject({ code: 0 });
    const refused = await run(folder, 'plan', '--from', 'git:HEAD:app.sql', '--to', 'app.sql', '--out', 'plan.json');
    expect(refused).toMatchObject({ code: 64, stderr: expect.stringContaining('--out needs a database to plan for') });
  });

  it('gives a plan that no database is taken for', async () => {
    const folder = checkout({ 'a.sql': 'create schema app;', 'b.sql': 'create schema app; create table app.t ();' });
    const ran = await run(folder, 'plan', '--from', 'a.sql', '--to', 'b.sql', '--format', 'json');
    writeFileSync(join(folder, 'plan.json'), ran.stdout);
    const database = await createDatabase();
    onTestFinished(database.drop);
    await query(database.url, 'create schema app');
    expect(await run(folder, 'apply', 'plan.json', '--url', database.url, '--yes')).toMatchObject({ code: 4 });
  });

  it('takes both flags or none, and no database beside them', async () => {
    const folder = project({ 'a.sql': START });
    const one = await run(folder, 'plan', '--from', 'a.sql');
    expect(one).toMatchObject({ code: 64, stderr: expect.stringContaining('--to') });
    const both = await run(folder, 'plan', '--from', 'a.sql', '--to', 'a.sql', '--url', 'postgresql://x/y');
    expect(both).toMatchObject({ code: 64, stderr: expect.stringContaining('--url') });
  });
});

describe('the words that name a source', () => {
  it.each<[words: string, problem: string]>([
    ['exec:cat a.sql | sort', '| would need a shell, and commands run without one: cat a.sql | sort'],
    ['exec:echo $HOME', '$ would need a shell, and commands run without one: echo $HOME'],
    ["exec:echo 'a", "' is never closed in: echo 'a"],
    ['exec: ', 'nothing follows exec:'],
    ['git:main', 'git:main does not name a revision and a path'],
    ['git::schemas', 'git::schemas does not name a revision and a path'],
    ['postgresql://x/y', 'a connection string is no file'],
  ])('%s is refused', (words, problem) => expect(sourceOf(words, '/here')).toMatchObject({ problem }));

  it.each<[words: string, source: object]>([
    ['schemas', { kind: 'path', path: '/here/schemas' }],
    ['./exec:x', { kind: 'path', path: '/here/exec:x' }],
    ['other:x', { kind: 'path', path: '/here/other:x' }],
    ['exec:a  b "c d" e\\ f \'$x|\'g ""', { kind: 'command', argv: ['a', 'b', 'c d', 'e f', '$x|g', ''], folder: '/here' }],
    ['url:postgresql://x/y', { kind: 'connection', connection: { from: 'text', url: 'postgresql://x/y' } }],
    ['env:STAGING', { kind: 'connection', connection: { from: 'env', name: 'STAGING' } }],
    ['environment:staging', { kind: 'environment', name: 'staging' }],
    ['git:origin/main:./schemas', { kind: 'git', revision: 'origin/main', path: 'schemas', folder: '/here' }],
    ['git:HEAD~2:', { kind: 'git', revision: 'HEAD~2', path: '', folder: '/here' }],
    ['snapshot:a.json', { kind: 'snapshot', path: '/here/a.json' }],
    ['plan:p.json', { kind: 'plan', path: '/here/p.json' }],
  ])('%s is understood', (words, source) => expect(sourceOf(words, '/here')).toMatchObject(source));
});

it('the configuration lists sources too, with places', async () => {
  const folder = project({
    'schemactl.yaml': `version: 1
desired:
  - command: [cat, more.sql]
    timeout: 10s
  - exec:cat 'app.sql'
environments:
  wrong: { desired: ['exec:cat $HOME'] }
`,
    'app.sql': SHOP,
    'more.sql': 'create schema more;',
  });
  const refused = await schemactl(folder, ['validate', '--no-scratch']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('schemactl.yaml:7:22') });
  expect(refused.stderr).toContain('error[SC7005] $ would need a shell, and commands run without one: cat $HOME');
  const config = readFileSync(join(folder, 'schemactl.yaml'), 'utf8');
  writeFileSync(join(folder, 'schemactl.yaml'), config.replace("'exec:cat $HOME'", `"exec:cat '$HOME'"`));
  expect(await schemactl(folder, ['validate', '--no-scratch'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Valid: 2 files'),
  });
});

describe('hints beside a source that cannot carry them', () => {
  const OLD =
    'create schema app; create table app.bills (id integer primary key, client text, total integer unique); create index on app.bills (client); create function app.f(integer) returns integer language sql as $$ select 1 $$;';
  const NEW = OLD.replaceAll('app.bills', 'app.invoices').replaceAll('client', 'customer');
  const cases: readonly (readonly [what: string, hints: string, says: readonly object[] | readonly string[]])[] = [
    [
      'rename what a database, a command or a snapshot calls otherwise',
      'table:app.invoices: { renamed_from: bills }\n  column:app.invoices.customer: { renamed_from: client }',
      ['alter table app.bills rename to invoices', 'alter table app.invoices rename column client to customer'],
    ],
    [
      'are refused where there is no such object',
      'table:app.invoises: { renamed_from: bills }',
      [{ code: 'SC1074', hint: 'did you mean table:app.invoices?', span: { start: { line: 2, column: 25 } } }],
    ],
    [
      'are refused where arguments are left out',
      'function:app.f: { renamed_from: g }',
      [{ code: 'SC1074', hint: 'write function:app.f(integer)' }],
    ],
    [
      'are refused where two have one old name',
      'column:app.invoices.customer: { renamed_from: x }\n  column:app.invoices.total: { renamed_from: x }',
      [{ code: 'SC2107' }],
    ],
    ['are refused where they are no hints', 'table:app.invoices: { renamed: bills }', [{ code: 'SC1046' }]],
    ['are refused where they speak of no address', 'app.invoices: { renamed_from: bills }', [{ code: 'SC1046' }]],
  ];

  it.each(cases)('%s', async (_, hints, says) => {
    const [live, model] = [await createDatabase(), await createDatabase()];
    onTestFinished(live.drop);
    onTestFinished(model.drop);
    await query(live.url, OLD);
    await query(model.url, NEW);
    const folder = project({ 'hints.yaml': `hints:\n  ${hints}\n`, 'model.sql': NEW });
    const file = join(folder, 'hints.yaml');
    const sources: readonly Source[] =
      typeof says[0] === 'string'
        ? [{ from: 'database', name: 'model', connection: spec(model.url) }, command(['cat', 'model.sql'], { folder })]
        : [{ from: 'database', name: 'model', connection: spec(model.url) }];
    for (const source of sources) {
      const outcome = await planOf(live.url, '', { desired: [source, file] }).catch((error: unknown) => error);
      if (outcome instanceof DiagnosticError)
        expect(outcome.diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject(says);
      else if (outcome instanceof Error) throw outcome;
      else expect(statementsOf((outcome as Awaited<ReturnType<typeof planOf>>).document).map((sql) => sql.toLowerCase())).toEqual(says);
    }
  });

  it('are refused beside one that the other source gives too', async () => {
    const folder = project({
      'a.sql': 'create schema app;\ncreate table app.t (a integer); -- schemactl: renamed_from u\n',
      'b.yaml': 'hints:\n  table:app.t: { renamed_from: v }\n',
    });
    const scratch = { kind: 'url', connection: spec(server) } as const;
    const { diagnostics } = await validateDesired({ paths: [folder], scratch });
    expect(diagnostics).toMatchObject([{ code: 'SC1075', related: [{ span: { start: { line: 2 } } }] }]);
  });
});
