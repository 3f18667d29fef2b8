/** Variables and overlays as a user has them: what plan, show, verify, validate, pull and fmt make of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { PlanDocument } from '../src/core/plan.js';
import { project, schemactl } from './commands/run-binary.js';
import { createDatabase, query, testServer } from './support/database.js';

vi.setConfig({ testTimeout: 240_000 });

const CONFIG = `version: 1
desired: [schemas]
variables:
  app: { identifier: app }
  region: eu
  keep_days: 90
  owner: { type: identifier }
environments:
  staging:
    variables: { app: { identifier: app_staging }, keep_days: 7, owner: { identifier: postgres } }
    overlays: [staging]
  production:
    variables: { region: us }
`;

const FILES = {
  'schemactl.yaml': CONFIG,
  'schemas/app.sql': `create schema \${app};
create table \${app}.orders (
  id bigint primary key,
  region text not null default \${region}, -- where
  note text default 'kept \${keep_days} days, not $\${keep_days}'
);
alter table \${app}.orders owner to \${owner};
create function \${app}.shell() returns text language sql as $$ select '\${HOME}' $$;
`,
  'schemas/log.yaml': `schema: \${app}
tables:
  log_\${region}:
    columns:
      id: bigint
      days: { type: integer, default: "\${keep_days}" }
      place: # by hand
        type: text
        default: lower(\${region})
`,
  'staging/only.sql': 'create table ${app}.only_here (id integer);\n',
};

let server = '';

beforeAll(async () => {
  server = (await testServer()).url;
});

const planned = (stdout: string): PlanDocument => (JSON.parse(stdout) as { plan: PlanDocument }).plan;

describe('variables', () => {
  it('give each environment a plan of its own, which lists them', async () => {
    const { url } = await createDatabase();
    const folder = project(FILES);
    const other = await createDatabase();
    const plan = (...args: readonly string[]) => schemactl(folder, ['plan', '--url', url, '--scratch', server, ...args]);
    const staging = await plan('--env', 'staging', '--out', 'plan.json', '--sql');
    expect(staging).toMatchObject({ code: 0 });
    expect(staging.stdout).toContain(`values   app = "app_staging", keep_days = 7, owner = "postgres", region = 'eu'`);
    expect(staging.stdout).toContain("'kept 7 days, not ${keep_days}'");
    expect(staging.stdout).toContain('CREATE TABLE app_staging.only_here');
    const document = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as PlanDocument;
    expect(document.plan.desired.variables).toEqual({
      app: { identifier: 'app_staging' },
      keep_days: 7,
      owner: { identifier: 'postgres' },
      region: 'eu',
    });
    expect((await schemactl(folder, ['show', 'plan.json'])).stdout).toContain("region = 'eu'");
    expect((await schemactl(folder, ['verify', 'plan.json', '--offline'])).stdout).toContain(
      'Values in the desired files: app = "app_staging"',
    );
    expect(await schemactl(folder, ['apply', 'plan.json', '--url', url, '--yes', '--env', 'staging'])).toMatchObject({ code: 0 });
    expect(
      await query(
        url,
        "select pg_get_expr(adbin, adrelid) from pg_attrdef join pg_class c on c.oid = adrelid where relname = 'log_eu' order by 1",
      ),
    ).toEqual([{ pg_get_expr: '7' }, { pg_get_expr: "lower('eu'::text)" }]);
    expect(await plan('--env', 'staging', '--detailed-exitcode')).toMatchObject({ code: 0 });

    const production = await schemactl(folder, [
      'plan',
      '--url',
      other.url,
      '--scratch',
      server,
      '--env',
      'production',
      '--var',
      'owner=postgres',
      '--json',
    ]);
    const { plan: inProduction } = planned(production.stdout);
    expect(inProduction.desired.variables).toMatchObject({ app: { identifier: 'app' }, region: 'us', owner: { identifier: 'postgres' } });
    expect(inProduction.desired.digest).not.toBe(document.plan.desired.digest);
    expect(inProduction.changes.map(({ address }) => address)).toContain('table:app.log_us');
    // A plan's state is found again with the values that it was made with.
    const between = await schemactl(folder, [
      'plan',
      '--from',
      'plan:plan.json',
      '--to',
      'plan:plan.json',
      '--scratch',
      server,
      '--detailed-exitcode',
    ]);
    expect(between).toMatchObject({ code: 0 });
  });

  it('that are missing are told with their places and a way out', async () => {
    const folder = project(FILES);
    const missing = await schemactl(folder, ['validate', '--scratch', server]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('schemas/app.sql:7:36');
    expect(missing.stderr).toContain('the variable owner has no value here');
    expect(missing.stderr).toContain('name an environment with --env');
    expect(missing.stderr.match(/SC\d{4}/g)?.filter((code) => code !== 'SC1081')).toEqual([]);
    expect(await schemactl(folder, ['validate', '--env', 'staging', '--scratch', server])).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['owner', 'is not name=value'],
    ['ownre=x', 'did you mean owner?'],
    ['keep_days=soon', 'it takes a whole number'],
  ])('--var %s is a wrong command line', async (value, words) => {
    const ran = await schemactl(project(FILES), ['validate', '--var', value]);
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain(words);
  });

  it('that nothing uses are a warning, and those of two types an error', async () => {
    const config = CONFIG.replace('    overlays: [staging]\n', '').replace('  region: eu\n', '  region: eu\n  spare: 1\n');
    const unused = await schemactl(project({ ...FILES, 'schemactl.yaml': config }), ['validate', '--env', 'staging', '--scratch', server]);
    expect(unused).toMatchObject({ code: 0 });
    expect(unused.stderr).toMatch(/SC1083[^\n]*no desired file uses the variable spare/);
    expect(unused.stderr).toContain('schemactl.yaml:6:10');
    const typed = await schemactl(project({ ...FILES, 'schemactl.yaml': config.replace('region: us', 'region: 5') }), ['validate']);
    expect(typed.code).toBe(1);
    expect(typed.stderr).toContain('the variable region is of type integer here, and of type string elsewhere');
  });

  it('stay where they are when changes are pulled', async () => {
    const { url } = await createDatabase();
    const folder = project(FILES);
    const run = (command: string, ...args: readonly string[]) =>
      schemactl(folder, [command, '--url', url, '--scratch', server, '--env', 'staging', ...args]);
    const read = (path: string) => readFileSync(join(folder, path), 'utf8');
    await run('plan', '--out', 'plan.json');
    expect(await schemactl(folder, ['apply', 'plan.json', '--url', url, '--yes', '--env', 'staging'])).toMatchObject({ code: 0 });
    expect(await run('pull', '--check')).toMatchObject({ code: 0 });
    await query(
      url,
      `alter table app_staging.orders add placed date default current_date;
       comment on column app_staging.orders.note is 'of \${HOME}';
       create table app_staging.items (order_id bigint references app_staging.orders);
       create view app_staging.marks as select 'eu' as region from app_staging.items;
       alter table app_staging.log_eu add more text default 'x';
       drop table app_staging.only_here`,
    );
    expect(await run('pull')).toMatchObject({ code: 0, stderr: '' });
    const sql = read('schemas/app.sql');
    for (const line of FILES['schemas/app.sql'].split('\n').filter((each) => !each.startsWith('  note'))) expect(sql).toContain(line);
    expect(sql).not.toContain('app_staging');
    expect(sql).toMatch(/references \$\{app\}\.orders\s*\(id\)/i);
    expect(sql).toContain("'of $${HOME}'");
    expect(read('schemas/log.yaml')).toBe(`${FILES['schemas/log.yaml']}      more: { type: text, default: "'x'::text" }\n`);
    expect(await run('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });

    const exported = await schemactl(folder, ['export', '--url', url, '--env', 'staging', '--dir', 'new', '--layout', 'schema']);
    expect(exported).toMatchObject({ code: 0 });
    writeFileSync(join(folder, 'new/app_staging.sql'), 'create schema ${app};\n');
    const over = await schemactl(folder, ['export', '--url', url, '--env', 'staging', '--dir', 'new', '--layout', 'schema']);
    expect(over).toMatchObject({ code: 1 });
    expect(over.stderr).toContain('new/app_staging.sql holds variables, which export would write over');

    const before = [sql, read('schemas/log.yaml')];
    const refusedFor = async (change: string) => {
      await query(url, change);
      const refused = await run('pull');
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect([read('schemas/app.sql'), read('schemas/log.yaml')]).toEqual(before);
      return refused.stderr;
    };
    const inSql = await refusedFor("alter table app_staging.orders alter region set default 'asia'");
    expect(inSql).toMatch(/SC2504[^\n]*the variable region\n\s*schemas\/app.sql:4:32/);
    const inYaml = await refusedFor('alter table app_staging.log_eu alter days set default 8');
    expect(inYaml).toMatch(/SC2504[^\n]*the variable keep_days\n\s*schemas\/log.yaml:6:40/);
  });

  it('are written for names that stand in the files as variables only', async () => {
    const { url } = await createDatabase();
    const folder = project({
      'schemactl.yaml':
        'version: 1\ndesired: [schemas]\nvariables: { app: { identifier: app_staging }, reader: { identifier: pg_monitor }, code: ch }\n',
      'schemas/app/tables/orders.yaml':
        'schema: ${app}\ntables:\n  orders:\n    columns: { id: bigint }\n    grants:\n      ${reader}: [select]\n',
      'schemas/app/tables/places.yaml':
        'schema: ${app}\ntables:\n  places:\n    columns: { code: text }\n    primary_key: [code]\n    rows:\n      key: code\n      values:\n        - code: ${code}\n',
    });
    const run = (command: string, ...args: readonly string[]) => schemactl(folder, [command, '--url', url, '--scratch', server, ...args]);
    expect(await run('plan', '--out', 'plan.json')).toMatchObject({ code: 0, stderr: '' });
    expect(await schemactl(folder, ['apply', 'plan.json', '--url', url, '--yes'])).toMatchObject({ code: 0 });
    expect(await query(url, 'select code from app_staging.places')).toEqual([{ code: 'ch' }]);
    await query(url, 'create table app_staging.items (id bigint); grant select on app_staging.items to pg_monitor');
    expect(await run('pull')).toMatchObject({ code: 0, stderr: '' });
    const text = readFileSync(join(folder, 'schemas/app/tables/items.yaml'), 'utf8');
    expect(text).toContain('schema: ${app}\n');
    expect(text).not.toContain('app_staging');
    expect(await run('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it('stay as they are when files get the usual form, with values or without', async () => {
    const folder = project({
      ...FILES,
      'schemas/log.yaml': `${FILES['schemas/log.yaml']}      more: {default: "\${keep_days}", type: int}\n`,
    });
    expect(await schemactl(folder, ['fmt'])).toMatchObject({ code: 0, stderr: '' });
    const text = readFileSync(join(folder, 'schemas/log.yaml'), 'utf8');
    expect(text).toBe(
      'schema: ${app}\n\ntables:\n  log_${region}:\n    columns:\n      id: bigint\n      days:\n        type: integer\n        default: ${keep_days}\n' +
        '      place:\n        # by hand\n        type: text\n        default: lower(${region})\n      more:\n        type: int\n        default: ${keep_days}\n',
    );
  });
});
