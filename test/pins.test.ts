/** What the kinds pin with holds off whoever changes the object, takes back nothing that they did, and leaves nothing behind. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashesOf } from '../src/apply/position.js';
import { readCatalog } from '../src/catalog/read.js';
import { pinSession } from '../src/catalog/session.js';
import type { State } from '../src/core/object.js';
import type { RowSet } from '../src/core/row-set.js';
import { kinds } from '../src/kinds/registry.js';
import { kindsWithRows } from '../src/kinds/with-rows.js';
import { pinnedBy } from '../src/plan/pins.js';
import { createDatabase, query, type TestDatabase, testServer } from './support/database.js';
import { dumpVersion } from './support/dump-version.js';
import { pgDump } from './support/postgres-programs.js';
import { underWay, waitsFor } from './support/waiting.js';

/** Another major by hand: PINS_MAJOR=18 npx vitest … */
const MAJOR = Number(process.env.PINS_MAJOR ?? 15);

const mark = randomBytes(4).toString('hex');
/** Owns everything that needs no superuser, and has no other right. */
const OWNER = `pins_owner_${mark}`;
/** Only a member of owners: what the pins run as. */
const MEMBER = `pins_member_${mark}`;
const OTHER = `pins_other_${mark}`;

const AS_SUPERUSER = `
  create function app.on_ddl() returns event_trigger language plpgsql as 'begin end';
  create event trigger watch on sql_drop execute function app.on_ddl();
  create type app.cents;
  create function app.cents_in(cstring) returns app.cents language internal immutable strict as 'int8in';
  create function app.cents_out(app.cents) returns cstring language internal immutable strict as 'int8out';
  create type app.cents (input = app.cents_in, output = app.cents_out, like = bigint);
  alter type app.cents owner to ${OWNER};
  create type app.announced;
  create access method heap2 type table handler heap_tableam_handler;
  create language trusted_talk handler plpgsql_call_handler;
  update pg_language set lanpltrusted = true where lanname = 'trusted_talk';
  create language talk handler plpgsql_call_handler;
  create transform for int language talk (from sql with function prsd_lextype(internal), to sql with function int4recv(internal));
  create text search parser app.parser (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
  create text search template app.template (lexize = dsimple_lexize);
  create operator family app.family using btree;
  create operator class app.class for type integer using btree family app.family as operator 1 <, function 1 btint4cmp(integer, integer);
  create foreign data wrapper wrapper;
  create extension citext schema app;
  create extension pg_stat_statements schema app;
  grant select, update (query) on app.pg_stat_statements to ${OTHER};
  create publication published for all tables;
  create subscription subscribed connection 'host=/nowhere' publication p with (connect = false, slot_name = none);
  insert into pg_seclabel (objoid, classoid, objsubid, provider, label) values ('app'::regnamespace, 'pg_namespace'::regclass, 0, 'p', 'l');
  grant usage on foreign data wrapper wrapper to ${OWNER};
`;

const AS_OWNER = `
  create type app.mood as enum ('sad', 'happy');
  create type app.pair as (a integer, b integer);
  create type app.span as range (subtype = integer);
  create domain app.percent as integer default 0 constraint fits check (value between 0 and 100);
  create sequence app.numbers;
  create function app.twice(n integer) returns integer language sql immutable as 'select n * 2';
  create function app.touch() returns trigger language plpgsql as 'begin return new; end';
  create procedure app.work(n integer) language sql as 'select 1';
  create aggregate app.total(integer) (sfunc = int4pl, stype = integer, initcond = '0');
  create aggregate app.counted(*) (sfunc = int8inc, stype = bigint, initcond = '0');
  create table app.orders (id bigint generated always as identity primary key, serial serial, total integer not null default 0, note text);
  create index orders_note on app.orders (note);
  create trigger touched before update on app.orders for each row execute function app.touch();
  create policy own on app.orders using (true);
  create rule nothing as on delete to app.orders do instead nothing;
  alter table app.orders replica identity full;
  comment on table app.orders is 'what was ordered';
  comment on trigger touched on app.orders is 'keeps the time';
  grant select on app.orders to ${OTHER};
  grant select (total) on app.orders to ${OTHER};
  create statistics app.correlated on total, note from app.orders;
  create table app.events (id bigint, at date not null) partition by range (at);
  create index events_id on app.events (id);
  create table app.events_2025 partition of app.events for values from ('2025-01-01') to ('2026-01-01');
  create table app.rates (code text primary key, value integer);
  insert into app.rates values ('a', 1);
  create view app.totals as select id, total from app.orders;
  create materialized view app.sums as select sum(total) as sum from app.orders;
  create collation app.plain from "C";
  create conversion app.converted for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
  create function app.same(app.pair, app.pair) returns boolean language sql as 'select true';
  create operator app.=== (leftarg = app.pair, rightarg = app.pair, function = app.same);
  create function app.to_mood(integer) returns app.mood language sql as 'select null::app.mood';
  create cast (integer as app.mood) with function app.to_mood(integer);
  create text search dictionary app.words (template = simple);
  create text search configuration app.search (copy = simple);
  create server remote foreign data wrapper wrapper;
  create user mapping for public server remote;
  create foreign table app.far (id integer) server remote;
  alter default privileges for role ${OWNER} in schema app grant select on tables to ${OTHER};
  grant usage on type app.mood to ${OTHER};
`;

const inDatabase = (sql: string): string => `do $$ begin execute format($f$${sql}$f$, current_database()); end $$`;

const overtaken = 'fails when the pin is gone';
const waits = 'goes on when the pin is gone';
const superuser = true;

/** What is pinned, what somebody else does to it meanwhile, and how that ends. */
const ROWS: readonly (readonly [address: string, change: string, end: typeof overtaken | typeof waits, superuser?: boolean])[] = [
  ['table:app.orders', 'alter table app.orders add column extra text', waits],
  ['table:app.orders', 'alter table app.orders set (fillfactor = 70)', waits],
  ['table:app.orders', 'alter table app.orders add constraint positive check (total >= 0) not valid', waits],
  ['table:app.orders', 'alter table app.orders validate constraint positive', waits],
  ['table:app.orders', 'create index orders_total on app.orders (total)', waits],
  ['table:app.orders', 'create statistics app.more on id, total from app.orders', waits],
  ['table:app.orders', `alter table app.orders owner to current_user; alter table app.orders owner to ${OWNER}`, waits],
  // What takes no lock on the table, but writes its row.
  ['table:app.orders', `grant insert on app.orders to ${OTHER}`, overtaken],
  ['column:app.orders.note', 'alter table app.orders alter column note set statistics 10', waits],
  ['default:app.orders.total', 'alter table app.orders alter column total set default 7', waits],
  ['trigger:app.orders.touched', 'alter table app.orders disable trigger touched', waits],
  ['policy:app.orders.own', 'alter policy own on app.orders using (total > 0)', waits],
  ['rule:app.orders.nothing', 'alter table app.orders disable rule nothing', waits],
  ['replica_identity:table:app.orders', 'alter table app.orders replica identity nothing', waits],
  ['owner:table:app.orders', `alter table app.orders owner to ${OTHER}; alter table app.orders owner to ${OWNER}`, waits],
  ['comment:table:app.orders', `comment on table app.orders is 'something else'`, waits],
  ['sequence:app.orders_id_seq', 'alter table app.orders alter column id set increment 5', waits],
  ['sequence:app.orders_serial_seq', 'alter table app.orders alter column serial drop default', waits],
  [`privilege:table:app.orders@${OTHER}`, `grant update on app.orders to ${OTHER}`, overtaken],
  [`privilege:column:app.orders.total@${OTHER}`, 'alter table app.orders alter column total set statistics 20', waits],
  ['table:app.events', 'alter table app.events add column extra text', waits],
  ['table:app.events', `create table app.events_2026 partition of app.events for values from ('2026-01-01') to ('2027-01-01')`, waits],
  ['partition:app.events_2025', 'alter table app.events detach partition app.events_2025', waits],
  ['index:app.events.events_id', 'create index on app.events (at)', waits],
  ['index:app.orders.orders_note', 'alter index app.orders_note set (fillfactor = 50)', waits],
  ['index:app.orders.orders_note', `comment on index app.orders_note is 'looked up'`, waits],
  ['constraint:app.orders.orders_pkey', 'alter index app.orders_pkey set (fillfactor = 50)', waits],
  ['constraint:app.orders.orders_pkey', 'alter table app.orders cluster on orders_pkey', waits],
  ['view:app.totals', 'create or replace view app.totals as select id, total + 1 as total from app.orders', waits],
  ['view:app.totals', `comment on view app.totals is 'sums'`, waits],
  ['view:app.totals', `grant select on app.totals to ${OTHER}`, overtaken],
  ['materialized_view:app.sums', 'alter materialized view app.sums set (fillfactor = 50)', waits],
  ['materialized_view:app.sums', 'create index on app.sums (sum)', waits],
  ['materialized_view:app.sums', `grant select on app.sums to ${OTHER}`, overtaken],
  ['foreign_table:app.far', `alter foreign table app.far options (add host 'x')`, waits],
  ['sequence:app.numbers', 'alter sequence app.numbers increment by 5', waits],
  ['sequence:app.numbers', `alter sequence app.numbers owner to ${OTHER}`, waits],
  [
    'function:app.twice(integer)',
    `create or replace function app.twice(n integer) returns integer language sql immutable as 'select n * 3'`,
    overtaken,
  ],
  ['function:app.twice(integer)', 'alter function app.twice(integer) stable', overtaken],
  ['function:app.twice(integer)', `grant execute on function app.twice(integer) to ${OTHER}`, overtaken],
  ['function:app.twice(integer)', `alter function app.twice(integer) owner to ${OTHER}`, overtaken],
  ['procedure:app.work(integer)', `create or replace procedure app.work(n integer) language sql as 'select 2'`, overtaken],
  [
    'aggregate:app.total(integer)',
    `create or replace aggregate app.total(integer) (sfunc = int4pl, stype = integer, initcond = '1')`,
    overtaken,
  ],
  ['aggregate:app.counted(*)', `grant execute on function app.counted() to ${OTHER}`, overtaken],
  ['enum:app.mood', `alter type app.mood add value 'calm'`, waits],
  ['enum:app.mood', `comment on type app.mood is 'how one feels'`, waits],
  [`privilege:enum:app.mood@${OTHER}`, `grant usage on type app.mood to public`, overtaken],
  ['owner:enum:app.mood', `alter type app.mood owner to ${OTHER}`, overtaken],
  ['composite:app.pair', 'alter type app.pair add attribute c integer', waits],
  ['composite:app.pair', `alter type app.pair owner to ${OTHER}`, waits],
  ['range:app.span', `alter type app.span owner to ${OTHER}`, overtaken],
  ['base_type:app.cents', `alter type app.cents owner to ${OTHER}`, overtaken],
  ['base_type:app.cents', 'alter type app.cents set (analyze = array_typanalyze)', overtaken, superuser],
  ['domain:app.percent', 'alter domain app.percent set not null', overtaken],
  ['domain:app.percent', 'alter domain app.percent set default 1', overtaken],
  ['schema:app', `grant usage on schema app to ${OTHER}`, overtaken],
  [
    `default_privilege:app.${OWNER}.tables@${OTHER}`,
    `alter default privileges for role ${OWNER} in schema app grant insert on tables to ${OTHER}`,
    overtaken,
  ],
  ['row:app.rates.a', 'update app.rates set value = 2', waits],
  ['statistics:app.correlated', `alter statistics app.correlated owner to ${OTHER}`, waits],
  ['collation:app.plain', `alter collation app.plain owner to ${OTHER}`, waits],
  ['conversion:app.converted', `alter conversion app.converted owner to ${OTHER}`, waits],
  ['operator:app."==="(app.pair, app.pair)', `alter operator app.===(app.pair, app.pair) owner to ${OTHER}`, waits],
  ['operator_class:app.class(btree)', `comment on operator class app.class using btree is 'ours'`, waits, superuser],
  ['operator_family:app.family(btree)', `alter operator family app.family using btree owner to ${OTHER}`, waits, superuser],
  ['text_search_configuration:app.search', `comment on text search configuration app.search is 'ours'`, waits],
  ['text_search_dictionary:app.words', 'alter text search dictionary app.words (accept = false)', overtaken],
  ['text_search_parser:app.parser', `comment on text search parser app.parser is 'ours'`, waits, superuser],
  [
    `member_privilege:extension:pg_stat_statements@"table pg_stat_statements to ${OTHER}"`,
    `grant insert on app.pg_stat_statements to ${OTHER}`,
    overtaken,
    superuser,
  ],
  [
    `member_privilege:extension:pg_stat_statements@"table pg_stat_statements (query) to ${OTHER}"`,
    `grant insert (query) on app.pg_stat_statements to ${OTHER}`,
    overtaken,
    superuser,
  ],
  ['text_search_template:app.template', `comment on text search template app.template is 'ours'`, waits, superuser],
  ['foreign_data_wrapper:wrapper', `alter foreign data wrapper wrapper options (add debug 'true')`, overtaken, superuser],
  ['server:remote', `alter server remote options (add host 'x')`, overtaken],
  ['language:trusted_talk', `grant usage on language trusted_talk to ${OTHER}`, overtaken, superuser],
  ['language:talk', 'drop language talk cascade', waits, superuser],
  ['event_trigger:watch', 'alter event trigger watch disable', waits, superuser],
  ['subscription:subscribed', 'alter subscription subscribed set (binary)', waits, superuser],
  ['access_method:heap2', 'drop access method heap2', waits, superuser],
  [`role:${OTHER}`, `alter role ${OTHER} connection limit 5`, overtaken, superuser],
  [`role_setting:work_mem@${OTHER}`, `alter role ${OTHER} set work_mem = '9MB'`, overtaken, superuser],
  ['database_setting:work_mem', inDatabase(`alter database %I set temp_buffers = '9MB'`), overtaken, superuser],
  [`database_setting:work_mem@${OTHER}`, inDatabase(`alter role ${OTHER} in database %I set temp_buffers = '9MB'`), overtaken, superuser],
  [`parameter_privilege:log_statement@${OTHER}`, `grant alter system on parameter log_statement to ${OTHER}`, overtaken, superuser],
];

/** What holds the objects of a kind: they themselves, what they are part of, or nothing, for a reason that the plan gives. */
const HELD_BY: Readonly<Record<string, readonly string[]>> = {
  cast: ['nothing'],
  column: ['table'],
  // One on a trigger is held by nothing.
  comment: ['nothing', 'table'],
  constraint: ['itself'],
  default: ['table'],
  domain_constraint: ['nothing'],
  extension: ['nothing'],
  // A partitioned one is held by its table.
  index: ['itself', 'table'],
  index_attachment: ['index'],
  owner: [],
  partition: ['table'],
  policy: ['table'],
  privilege: ['itself', 'table'],
  publication: ['nothing'],
  replica_identity: ['table'],
  role_membership: ['nothing'],
  rule: ['table'],
  security_label: ['nothing'],
  sequence: ['itself', 'table'],
  sequence_owner: ['sequence'],
  shell_type: ['nothing'],
  transform: ['nothing'],
  trigger: ['table'],
  user_mapping: ['nothing'],
};

const CASES = ROWS.map(([address, change, end, isSuperuser = false]) => ({ address, change, end, isSuperuser }));

let held: TestDatabase;
/** The same without any pin: where the changes alone lead to. */
let free: TestDatabase;
let state: State;
/** Sessions in `held`: of an apply, of somebody else, and of who looks on. */
let pinning: pg.Client;
let changing: pg.Client;
let watching: pg.Client;
/** Session in `free`. */
let alone: pg.Client;

async function setUp(): Promise<TestDatabase> {
  const database = await createDatabase({ major: MAJOR });
  await query(database.url, `create schema app authorization ${OWNER}; grant create on schema app to ${OTHER}`);
  await query(database.url, AS_SUPERUSER);
  await query(database.url, inDatabase(`alter database %I set work_mem = '1MB'`));
  await query(database.url, inDatabase(`alter role ${OTHER} in database %I set work_mem = '2MB'`));
  await query(database.url, `grant create on database ${database.name} to ${OWNER}; set role ${OWNER}; ${AS_OWNER}`);
  return database;
}

async function connect({ url }: TestDatabase): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await pinSession(client);
  return client;
}

/** Roles of other tests come and go on the same server. */
const ownOnly = (read: State): State =>
  new Map(
    [...read].filter(([address]) => !/(^|:)(role(_membership|_setting)?|parameter_privilege):/.test(address) || address.includes(mark)),
  );

const RATES: RowSet = { schema: 'app', table: 'rates', key: ['code'], columns: ['value'], only: null };

const stateIn = async (client: pg.Client): Promise<State> =>
  ownOnly(await readCatalog(client, { major: MAJOR, kinds: kindsWithRows(kinds, [RATES]) }));

const hashesIn = async (client: pg.Client): Promise<object> => Object.fromEntries(hashesOf(await stateIn(client)));

async function pin(address: string, isSuperuser: boolean): Promise<void> {
  const found = pinnedBy(address, state, state);
  if (found === null || !('sql' in found.pin)) throw new Error(`nothing pins ${address}`);
  await pinning.query(`begin${isSuperuser ? '' : `; set local role ${MEMBER}`}`);
  await pinning.query(found.pin.sql);
}

beforeAll(async () => {
  const { url } = await testServer(MAJOR);
  await query(url, `create role ${OWNER}; create role ${OTHER}; create role ${MEMBER} in role ${OWNER}, ${OTHER}`);
  await query(url, `alter role ${OTHER} set work_mem = '3MB'; grant set on parameter log_statement to ${OTHER}`);
  held = await setUp();
  free = await setUp();
  [pinning, changing, watching, alone] = await Promise.all([connect(held), connect(held), connect(held), connect(free)]);
  state = await stateIn(watching);
});

afterAll(async () => {
  for (const client of [pinning, changing, watching, alone]) await client?.end();
  for (const database of [held, free]) await database?.drop();
  await query(
    (await testServer(MAJOR)).url,
    `revoke all on parameter log_statement from ${OTHER}; drop role if exists ${MEMBER}, ${OTHER}, ${OWNER}`,
  );
});

beforeEach(async () => {
  for (const client of [pinning, changing]) await client.query('rollback');
});

describe('what holds the objects of every kind', () => {
  it.each(kinds.map(({ name }) => name))('%s', (name) => {
    const objects = [...state.values()].filter((object) => object.kind === name);
    expect(objects, 'there is one').not.toEqual([]);
    const holders = objects.map(({ address }) => {
      const found = pinnedBy(address, state, state);
      return found === null || 'reason' in found.pin ? 'nothing' : found.object.kind === name ? 'itself' : found.object.kind;
    });
    if (name !== 'owner') expect([...new Set(holders)].sort()).toEqual(HELD_BY[name] ?? ['itself']);
    const isTried = ROWS.some(([address]) => pinnedBy(address, state, state)?.object.kind === name);
    expect(isTried, 'a row shows that it holds').toBe(holders.includes('itself'));
  });
});

it('a pin leaves nothing behind that the reader or pg_dump sees', async () => {
  // It refuses servers that are newer than itself.
  const dumpOf = async (): Promise<string> => ((await dumpVersion()) < MAJOR ? '' : pgDump(held.url));
  const dump = await dumpOf();
  for (const { address, isSuperuser } of CASES) {
    await pin(address, isSuperuser);
    await pinning.query('commit');
  }
  expect(await hashesIn(watching)).toEqual(Object.fromEntries(hashesOf(state)));
  expect(await dumpOf()).toBe(dump);
});

describe('whoever changes what is pinned waits; and a pin waits for whoever was first', () => {
  it.each(CASES)('$address: $change', async ({ address, change, end, isSuperuser }) => {
    const failure = end === waits ? null : 'tuple concurrently updated';
    await pin(address, isSuperuser);
    await changing.query('begin');
    const later = underWay(changing.query(change));
    await waitsFor(watching, changing, pinning, later);
    await pinning.query('commit');
    expect(await later.failure, 'what becomes of the change').toBe(failure);
    await changing.query('rollback');

    await alone.query(change);
    await changing.query(`begin; ${change}`);
    const pinned = underWay(pin(address, isSuperuser));
    await waitsFor(watching, pinning, changing, pinned);
    await changing.query('commit');
    expect(await pinned.failure, 'what becomes of the pin').toBe(failure);
    await pinning.query('commit');
  });

  it('and no pin takes anything back, nor does one that comes when all is done', async () => {
    for (const { address, isSuperuser } of CASES) {
      await pin(address, isSuperuser);
      await pinning.query('commit');
    }
    expect(await hashesIn(watching)).toEqual(await hashesIn(alone));
  });
});
