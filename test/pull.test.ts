/** What pull makes of files that people wrote: their words, order and comments stay, whatever changes in the database. */
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { formatYaml } from '../src/desired/yaml/format.js';
import { kinds } from '../src/kinds/registry.js';
import { pullSchema } from '../src/pull/pull.js';
import { unifiedDiff } from '../src/report/unified-diff.js';
import { createDatabase, testServer, withClient } from './support/database.js';
import { possibleChanges, pulled, pullScene } from './support/pull-suite.js';

// A server may be busy.
vi.setConfig({ testTimeout: 120_000 });

const spec = (url: string) => ({ config: { connectionString: url }, label: 'test' });

const SQL = {
  'app.sql': `-- The shop.
create schema app;

-- Who buys.
create table app.customers (
  id    bigint generated always as identity primary key, -- never reused
  email text not null unique,                            -- as typed
  -- filled by the importer
  note  varchar(100) default 'none'
);
comment on table app.customers is 'Who buys.';

/* What they buy. */
create table app.orders (id int primary key, customer_id bigint references app.customers(id), total numeric(10, 2));
create index on app.orders (customer_id); -- for the list
grant select, insert on app.orders to pg_monitor;

-- How much somebody spent.
create function app.spent(customer bigint) returns numeric
  language sql stable -- no writes
as $$
  select sum(total) from app.orders where customer_id = customer
$$;
alter table app.orders enable row level security;
`,
};

const YAML = {
  'app.yaml': `# The shop.
schema: app

tables:
  # Who buys.
  customers:
    columns:
      id: { type: bigint, identity: always }   # never reused
      email: {type: text, not_null: true}
      # filled by the importer
      note:
        type: varchar(100)
        default: "'none'"  # until they say
    primary_key: [id]
    uniques:
      - [email]

  orders:   # what they buy
    columns:
      id: int
      customer_id: bigint
      total: 'numeric(10, 2)'
    primary_key: [id]
    foreign_keys:
      - columns: [customer_id]
        references: customers(id)
    indexes:
      - [customer_id]
    grants: { pg_monitor: [select, insert] }
`,
};

type Files = Readonly<Record<string, string>>;

/** The diff that pulling a change comes to. */
async function diffOf(files: Files, change: string, only: readonly string[] = []): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pull-'));
  const database = await createDatabase();
  const { url: server } = await testServer();
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await withClient(database.url, (client) => client.query(`${SQL['app.sql']}; ${change}`));
    const { files: found } = await pullSchema(
      {
        target: spec(database.url),
        scratch: { kind: 'url', connection: spec(server) },
        desired: [folder],
        manage: ['app'],
        ignore: [],
        only,
      },
      async () => null,
    );
    return found
      .map(({ path, before, after }) => unifiedDiff(relative(folder, path), before, after))
      .join('')
      .split('\n')
      .filter((line) => /^[-+]/.test(line) && !/^(---|\+\+\+) [ab]/.test(line))
      .join('\n');
  } finally {
    await database.drop();
    await rm(folder, { recursive: true });
  }
}

describe('SQL', () => {
  it.each([
    [
      'a type, in its column, beside its comment',
      'alter table app.customers alter column email type varchar(200)',
      `-  email text not null unique,                            -- as typed
+  email character varying(200) not null unique,                            -- as typed`,
    ],
    [
      'a column that goes, with its comment',
      'alter table app.customers drop column note',
      `-  email text not null unique,                            -- as typed
-  -- filled by the importer
-  note  varchar(100) default 'none'
+  email text not null unique                            -- as typed`,
    ],
    [
      'a new column, behind the others and in their case',
      'alter table app.customers add column born date not null',
      `-  note  varchar(100) default 'none'
+  note  varchar(100) default 'none',
+  born date not null`,
    ],
    [
      'a statement in one line',
      'alter table app.orders alter column total type numeric(12,2), add column paid boolean default false',
      `-create table app.orders (id int primary key, customer_id bigint references app.customers(id), total numeric(10, 2));
+create table app.orders (id int primary key, customer_id bigint references app.customers(id), total numeric(12, 2), paid boolean default false);`,
    ],
    [
      'a foreign key without a name',
      `alter table app.orders drop constraint orders_customer_id_fkey;
       alter table app.orders add foreign key (customer_id) references app.customers on delete cascade`,
      `-create table app.orders (id int primary key, customer_id bigint references app.customers(id), total numeric(10, 2));
+create table app.orders (id int primary key, customer_id bigint references app.customers(id) on delete cascade, total numeric(10, 2));`,
    ],
    [
      'a default that goes',
      'alter table app.customers alter column note drop default',
      `-  note  varchar(100) default 'none'
+  note  varchar(100)`,
    ],
    [
      'a comment that says something else',
      `comment on table app.customers is 'Who pays; it''s them.'`,
      `-comment on table app.customers is 'Who buys.';
+comment on table app.customers is 'Who pays; it''s them.';`,
    ],
    [
      'an index that goes with the comment behind it',
      'drop index app.orders_customer_id_idx',
      '-create index on app.orders (customer_id); -- for the list',
    ],
    [
      'row security that is switched off',
      'alter table app.orders disable row level security',
      '-alter table app.orders enable row level security;',
    ],
    [
      'a new index beside the one that is there',
      'create index orders_total on app.orders (total desc)',
      `+
+create index orders_total on app.orders (total desc);`,
    ],
    [
      'a renamed column, with the comments above and behind it',
      'alter table app.customers rename column note to remark; alter table app.customers rename column email to mail',
      `-  email text not null unique,                            -- as typed
+  mail text not null unique,                            -- as typed
-  note  varchar(100) default 'none'
+  remark  varchar(100) default 'none'`,
    ],
    [
      'a renamed column in one line, where other statements name it too',
      'alter table app.orders rename column customer_id to "Buyer"',
      `-create table app.orders (id int primary key, customer_id bigint references app.customers(id), total numeric(10, 2));
-create index on app.orders (customer_id); -- for the list
+create table app.orders (id int primary key, "Buyer" bigint references app.customers(id), total numeric(10, 2));
+create index on app.orders ("Buyer"); -- for the list`,
    ],
    [
      'a renamed table, with all that stands in it and speaks of it',
      'alter table app.customers rename to clients',
      `-create table app.customers (
+create table app.clients (
-comment on table app.customers is 'Who buys.';
+comment on table app.clients is 'Who buys.';
-create table app.orders (id int primary key, customer_id bigint references app.customers(id), total numeric(10, 2));
+create table app.orders (id int primary key, customer_id bigint references app.clients(id), total numeric(10, 2));`,
    ],
  ])('%s', async (_title, change, diff) => {
    expect(await diffOf(SQL, change)).toBe(diff);
  });

  it('writes only what it is asked for', async () => {
    const change = 'alter table app.customers drop column note; alter table app.orders drop column total cascade';
    expect(await diffOf(SQL, change, ['column:app.orders.*'])).toBe(
      `-create table app.orders (id int primary key, customer_id bigint references app.customers(id), total numeric(10, 2));
+create table app.orders (id int primary key, customer_id bigint references app.customers(id));`,
    );
  });
});

describe('YAML', () => {
  const base = `comment on table app.customers is null; alter table app.orders disable row level security; drop function app.spent;`;
  it.each([
    [
      'a member in brackets',
      'alter table app.customers alter column email drop not null',
      `-      email: {type: text, not_null: true}
+      email: {type: text}`,
    ],
    [
      'a type in its quotes',
      'alter table app.orders alter column total type numeric(12,2)',
      `-      total: 'numeric(10, 2)'
+      total: 'numeric(12,2)'`,
    ],
    [
      'a column that goes, with the comment above it',
      'alter table app.customers drop column note',
      `-      # filled by the importer
-      note:
-        type: varchar(100)
-        default: "'none'"  # until they say`,
    ],
    [
      'a value with a comment behind it',
      `alter table app.customers alter column note set default 'some'`,
      `-        default: "'none'"  # until they say
+        default: "'some'::character varying"  # until they say`,
    ],
    [
      'a column that gets more than a type',
      'alter table app.orders alter column customer_id set not null',
      `-      customer_id: bigint
+      customer_id: { type: bigint, not_null: true }`,
    ],
    [
      'new columns',
      'alter table app.orders add column paid boolean default false, add column note text',
      `+      paid: { type: boolean, default: false }
+      note: text`,
    ],
    [
      'a renamed column, with the comments in it',
      'alter table app.customers rename column note to "Remark: old"',
      `-      note:
+      "Remark: old":`,
    ],
    [
      'a renamed column that others refer to',
      'alter table app.orders rename column total to amount',
      `-      total: 'numeric(10, 2)'
+      amount: 'numeric(10, 2)'`,
    ],
    [
      'a renamed table, which changes otherwise too',
      'alter table app.customers rename to clients; alter table app.clients rename column email to mail; alter table app.clients add born date',
      `-  customers:
+  clients:
-      email: {type: text, not_null: true}
+      mail: {type: text, not_null: true}
+      born: date
-      - [email]
+      customers_email_key: [ mail ]
-        references: customers(id)
+        references: clients(id)`,
    ],
    ['what is in a list', 'create index on app.orders (total)', '+      - [ total ]'],
    ['a section that is not there yet', `alter table app.orders add check (total > 0)`, '+    checks: [ total > (0)::numeric ]'],
    [
      'grants',
      'grant select on app.orders to pg_read_all_data',
      `-    grants: { pg_monitor: [select, insert] }
+    grants: { pg_monitor: [select, insert], pg_read_all_data: [ select ] }`,
    ],
    [
      'a new table',
      'create table app.tags (name text primary key)',
      '+  tags:\n+    columns:\n+      name: text\n+    primary_key: [ name ]',
    ],
  ])('%s', async (_title, change, diff) => {
    expect(await diffOf(YAML, `${base} ${change}`)).toBe(diff);
  });
});

describe('privileges on what an extension installed', () => {
  const STATISTICS = 'create extension pg_stat_statements schema app;';
  const inSql = { 'app.sql': `${SQL['app.sql']}${STATISTICS}\ngrant select on app.pg_stat_statements to pg_monitor; -- the graphs\n` };
  it.each([
    [
      'granted',
      'grant select, insert on app.pg_stat_statements to pg_monitor',
      `-grant select on app.pg_stat_statements to pg_monitor; -- the graphs
+grant insert, select on app.pg_stat_statements to pg_monitor; -- the graphs`,
    ],
    [
      'to another',
      'grant select on app.pg_stat_statements to pg_monitor, pg_read_all_data',
      '+\n+grant select on table app.pg_stat_statements to pg_read_all_data;',
    ],
    ['revoked', '', '-grant select on app.pg_stat_statements to pg_monitor; -- the graphs'],
  ])('%s', async (_title, change, diff) => {
    expect(await diffOf(inSql, `${STATISTICS} ${change}`)).toBe(diff);
  });
});

it.each([
  ['sql dump', 3],
  ['sql by object', 3],
  ['yaml by schema', 3],
  ['yaml by object', 3],
] as const)('random changes of a real schema, %s: %i', { timeout: 600_000 }, async (layout, count) => {
  const scene = await pullScene(layout);
  try {
    for (const sql of await possibleChanges(scene, count, 7)) expect((await pulled(scene, sql)).complaints, sql).toEqual([]);
    // What export writes is in the usual form already.
    for (const [path, text] of scene.exported) if (path.endsWith('.yaml')) expect(formatYaml(text, kinds), path).toBe(text);
    for (const [path, text] of scene.files) expect(readFileSync(join(scene.folder, path), 'utf8')).toBe(text);
  } finally {
    await scene.close();
  }
});
