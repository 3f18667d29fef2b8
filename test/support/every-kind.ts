/** A database that holds every kind of object, as a script for psql on an empty server; knows nothing of schemactl. */

const SINCE_15 = `
  grant set on parameter log_statement to reader;
  create publication of_schema for tables in schema app with (publish = 'insert');
  create publication of_part for table app.orders (id, total) where (total > 0);
  create unique index orders_note_once on app.orders (note) nulls not distinct;
`;

const SINCE_18 = `
  create table app.stays (room int4range, during daterange, guest text not null, constraint stays_pkey primary key (room, during without overlaps));
  create table app.bills (room int4range, during daterange, constraint bills_stay foreign key (room, period during) references app.stays (room, period during));
  create table app.sums (a int not null, b int generated always as (a * 2) virtual, constraint a_small check (a < 10) not enforced);
`;

const EVERY_MAJOR = `
  create role owner createdb connection limit 5;
  create role reader login valid until '2031-02-03 04:05:06+00';
  create role "Group 1" noinherit;
  grant "Group 1" to reader with admin option;
  alter role reader set work_mem = '3MB';
  alter role all set app.tenant = 'nobody';
  alter database :"DBNAME" set search_path = app, "$user";
  alter role reader in database :"DBNAME" set statement_timeout = '5s';
  comment on role owner is 'owns';

  create schema app authorization owner;
  comment on schema app is 'everything';
  grant usage on schema app to reader;
  create extension citext schema app;
  create extension btree_gist schema app;
  grant execute on function app.citext_eq(app.citext, app.citext) to reader;
  alter default privileges for role owner in schema app grant select on tables to reader;
  alter default privileges for role owner grant usage on types to reader;

  create type app.mood as enum ('sad', 'happy');
  create type app.pair as (a integer, b text collate "C");
  create type app.span as range (subtype = float8, subtype_diff = float8mi);
  create type app.cents;
  create function app.cents_in(cstring) returns app.cents language internal immutable strict as 'int8in';
  create function app.cents_out(app.cents) returns cstring language internal immutable strict as 'int8out';
  create function app.cents_send(app.cents) returns bytea language internal immutable strict as 'int8send';
  create type app.cents (input = app.cents_in, output = app.cents_out, send = app.cents_send, like = bigint, category = 'N', delimiter = ';', default = '0');
  comment on type app.cents is 'money';
  grant usage on type app.cents to reader;
  create domain app.price as app.cents;
  create type app.announced;
  create type app.steps;
  create function app.canonical_steps(app.steps) returns app.steps language internal immutable strict as 'int4range_canonical';
  create type app.steps as range (subtype = integer, canonical = app.canonical_steps);
  create domain app.percent as integer default 0 not null constraint fits check (value between 0 and 100);
  comment on constraint fits on domain app.percent is 'as it says';
  grant usage on type app.mood to reader;
  alter type app.mood owner to owner;
  create sequence app.numbers as smallint increment 5 cache 3 cycle;
  create unlogged sequence app.lost;
  create collation app.plain (locale = 'C');
  create conversion app.converted for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;

  create function app.twice(n integer default 1, variadic rest integer[] default '{}') returns integer
    language sql immutable strict parallel safe cost 7 set work_mem = '2MB' as 'select n * 2';
  create function app.both(a integer, out b text, out c app.mood) language sql begin atomic select 'x', 'sad'::app.mood; end;
  create function app.touch() returns trigger language plpgsql as $$ begin return new; end $$;
  create function app.on_ddl() returns event_trigger language plpgsql as 'begin end';
  create procedure app.work(n integer) language plpgsql security definer as $$ begin perform 1; end $$;
  create aggregate app.total(integer) (sfunc = int4pl, stype = integer, initcond = '0', parallel = safe);
  create aggregate app.counted(*) (sfunc = int8inc, stype = bigint, initcond = '0');
  revoke execute on function app.twice(integer, integer[]) from public;
  grant execute on function app.twice(integer, integer[]) to reader with grant option;
  create function app.same(app.pair, app.pair) returns boolean language sql as 'select true';
  create operator app.=== (leftarg = app.pair, rightarg = app.pair, function = app.same, commutator = operator(app.===), restrict = eqsel);
  create operator family app.family using btree;
  create operator class app.class for type integer using btree family app.family as operator 1 <, function 1 btint4cmp(integer, integer);
  create function app.to_mood(integer) returns app.mood language sql as 'select null::app.mood';
  create cast (integer as app.mood) with function app.to_mood(integer) as assignment;

  create table app.orders (
    id bigint generated always as identity (start 10) primary key, serial serial, mood app.mood not null default 'sad',
    total integer not null default 0 constraint positive check (total >= 0), note text collate app.plain, share app.percent,
    double integer generated always as (total * 2) stored, during int4range, constraint apart exclude using gist (during with &&)
  ) with (fillfactor = 70);
  alter table app.orders owner to owner;
  alter table app.orders alter column note set storage external, alter column note set statistics 50, alter column total set (n_distinct = 5);
  alter table app.orders alter column note set compression pglz;
  create index orders_note on app.orders using btree (lower(note) desc nulls last) include (id) with (fillfactor = 50) where total > 0;
  alter index app.orders_note alter column 1 set statistics 77;
  alter table app.orders cluster on orders_pkey;
  create trigger touched before update of total on app.orders for each row when (new.total > 0) execute function app.touch();
  alter table app.orders disable trigger touched;
  alter table app.orders enable row level security;
  alter table app.orders force row level security;
  create policy own on app.orders for select to reader using (total > 0);
  create rule nothing as on delete to app.orders do instead nothing;
  alter table app.orders replica identity full;
  comment on column app.orders.total is 'what was paid';
  comment on trigger touched on app.orders is 'keeps the time';
  comment on constraint positive on app.orders is 'never less';
  grant select, insert on app.orders to reader;
  grant update (note) on app.orders to reader;
  create statistics app.correlated (dependencies, mcv) on total, note from app.orders;
  alter statistics app.correlated set statistics 30;
  create table app.lines (order_id bigint references app.orders on delete cascade deferrable initially deferred, n integer, unique (order_id, n));
  create sequence app.of_lines owned by app.lines.n;
  create table app.of_pair of app.pair (a primary key);
  create table app.parent (a integer not null, b text);
  create table app.child (c integer) inherits (app.parent);
  create table app.events (id bigint, at date not null, primary key (id, at)) partition by range (at);
  create index events_at on app.events (at);
  create table app.events_2025 partition of app.events for values from ('2025-01-01') to ('2026-01-01');
  create table app.events_rest partition of app.events default partition by hash (id);
  create table app.events_rest_0 partition of app.events_rest for values with (modulus 2, remainder 0);
  create unlogged table app.cache (k text primary key, v jsonb);

  create view app.totals (id, sum) with (security_barrier) as select id, total from app.orders where total > 0 with local check option;
  alter view app.totals alter column sum set default 5;
  comment on column app.totals.sum is 'in all';
  create materialized view app.sums_of with (fillfactor = 60) as select mood, sum(total) as sum from app.orders group by mood;
  create unique index sums_of_mood on app.sums_of (mood);
  alter materialized view app.sums_of owner to owner;

  create text search parser app.parser (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
  create text search template app.template (lexize = dsimple_lexize);
  create text search dictionary app.words (template = simple, accept = false);
  create text search configuration app.search (copy = simple);
  alter text search configuration app.search alter mapping for word with app.words, english_stem;

  create foreign data wrapper wrapper options (debug 'true');
  create server remote type 'x' version '1' foreign data wrapper wrapper options (host 'nowhere');
  create user mapping for reader server remote;
  create foreign table app.far (id integer options (column_name 'no') not null, b text default 'x') server remote options (table_name 't');
  grant usage on foreign server remote to reader;

  create event trigger watch on sql_drop when tag in ('DROP TABLE') execute function app.on_ddl();
  create access method heap2 type table handler heap_tableam_handler;
  create function app.talk_handler() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
  create language talk handler app.talk_handler;
  create transform for integer language talk (from sql with function prsd_lextype(internal), to sql with function int4recv(internal));
  create publication published for all tables with (publish = 'insert, update');
  create subscription subscribed connection 'host=/nowhere' publication p with (connect = false, slot_name = none);
`;

/** Sequences are unlogged since 15. */
export function everyKind(major: number): string {
  const all = [EVERY_MAJOR, ...(major >= 15 ? [SINCE_15] : []), ...(major >= 18 ? [SINCE_18] : [])].join('\n');
  return major >= 15 ? all : all.replace('create unlogged sequence', 'create sequence');
}

/** Kinds that no script makes on a server as it comes from the package, with the reason. */
export const NOT_MADE: Readonly<Record<string, string>> = {
  security_label: 'takes a library that provides labels, which no server here has',
};
