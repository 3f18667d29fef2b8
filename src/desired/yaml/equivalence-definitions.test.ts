/** The same in YAML and in SQL is the same to PostgreSQL, and so is what is exported from it: views, routines, types and the rest. */
import { equivalenceSuite, type SameSchema } from '../../../test/support/yaml-equivalence.js';

const VIEWS: SameSchema = {
  title: 'views and materialized views',
  yaml: `schema: app
tables: { orders: { columns: { id: integer, total: numeric, note: text }, primary_key: [id] } }
functions: { touch: { returns: trigger, language: plpgsql, body: begin return new; end } }
views:
  plain: select id from orders
  big:
    query_file: queries/big.sql
    with: { security_barrier: true, check_option: local }
    comment: Orders that matter.
    owner: pg_monitor
    columns: { total: { default: 0, comment: in euro, grants: { pg_read_all_data: [update] } } }
    grants: { pg_read_all_data: [select] }
    triggers: { touch: { timing: instead of, events: [insert], for_each: row, execute: touch() } }
materialized_views:
  sums:
    query: |
      select note, sum(total) as "Total" from orders group by note;
    with: { fillfactor: 80 }
    replica_identity: full
    comment: By note.
    columns: { note: { statistics: 300, storage: external, comment: why, options: { n_distinct: -0.5 } } }
    indexes: { sums_note: { columns: [note, '"Total" desc'], unique: true, comment: one each } }
`,
  files: { 'queries/big.sql': 'select id, total\nfrom orders\nwhere total > 100; -- big\n;\n' },
  sql: `create schema app; create table app.orders (id integer primary key, total numeric, note text);
    create function app.touch() returns trigger language plpgsql as 'begin return new; end';
    create view app.plain as select id from app.orders;
    create view app.big with (security_barrier = true, check_option = local) as select id, total from app.orders where total > 100;
    alter view app.big alter column total set default 0; comment on view app.big is 'Orders that matter.';
    comment on column app.big.total is 'in euro'; alter view app.big owner to pg_monitor;
    grant update (total) on app.big to pg_read_all_data; grant select on app.big to pg_read_all_data;
    create trigger touch instead of insert on app.big for each row execute function app.touch();
    create materialized view app.sums with (fillfactor = 80) as select note, sum(total) as "Total" from app.orders group by note;
    alter materialized view app.sums alter column note set statistics 300, alter column note set storage external,
      alter column note set (n_distinct = -0.5), replica identity full;
    comment on materialized view app.sums is 'By note.'; comment on column app.sums.note is 'why';
    create unique index sums_note on app.sums (note, "Total" desc); comment on index app.sums_note is 'one each';`,
};

const BODY = `
declare
  found boolean := false; -- \\ tabs\tand trailing blanks  
begin
  return found is null or $1 > 0;
end`;

const ROUTINES: SameSchema = {
  title: 'functions, procedures and aggregates',
  yaml: `schema: app
enums: { status: [pending, paid] }
functions:
  refund:
    arguments: [order_id bigint, "reason text default 'none, really'", out done boolean]
    returns: boolean
    language: plpgsql
    body_file: ./refund.plpgsql
    volatility: stable
    strict: true
    security_definer: true
    parallel: safe
    cost: 7.5
    set: { search_path: 'app, "My Schema"', work_mem: 1MB }
    comment: Gives money back.
    owner: pg_monitor
    grants: { PUBLIC: [], pg_read_all_data: [execute] }
  area:
    - { arguments: [a integer, b integer], returns: integer, volatility: immutable, sql_body: return a * b, comment: of a rectangle }
    - { arguments: [r numeric], returns: numeric, body: select r * r * pi()::numeric }
  by_status: { arguments: [s status], returns: "table (id integer, what status)", rows: 5, body: "select 1, s" }
  both:
    arguments: [a integer]
    returns: setof integer
    sql_body: |
      begin atomic
        select a;
        select a + 1;
      end
  length_of: { arguments: [text], returns: integer, language: internal, symbol: textlen, volatility: immutable, strict: true, leakproof: true }
  first_of: { arguments: [anyelement], returns: anyelement, language: internal, symbol: window_first_value, window: true, volatility: immutable, strict: true }
procedures:
  close: { arguments: [inout id integer, 'variadic more text[]'], language: plpgsql, body: begin null; end, comment: the day }
aggregates:
  total:
    - { arguments: [numeric], sfunc: numeric_add, stype: numeric, initcond: 0, combinefunc: numeric_add, parallel: safe, comment: a sum, grants: { PUBLIC: [] } }
    - { sfunc: int8inc, stype: bigint, initcond: "0", comment: how many }
  middle:
    arguments: [double precision]
    order_by: [double precision]
    sfunc: ordered_set_transition
    stype: internal
    finalfunc: percentile_cont_float8_final
    comment: ordered
`,
  files: { 'refund.plpgsql': BODY },
  sql: `create schema app; create type app.status as enum ('pending', 'paid');
    create function app.refund(order_id bigint, reason text default 'none, really', out done boolean) returns boolean language plpgsql
      stable strict security definer parallel safe cost 7.5 set search_path to 'app', 'My Schema' set work_mem to '1MB' as $x$${BODY}$x$;
    comment on function app.refund is 'Gives money back.'; alter function app.refund owner to pg_monitor;
    revoke all on function app.refund from public; grant execute on function app.refund to pg_read_all_data;
    create function app.area(a integer, b integer) returns integer immutable return a * b;
    comment on function app.area(integer, integer) is 'of a rectangle';
    create function app.area(r numeric) returns numeric language sql as 'select r * r * pi()::numeric';
    create function app.by_status(s app.status) returns table (id integer, what app.status) language sql rows 5 as 'select 1, s';
    create function app.both(a integer) returns setof integer begin atomic select a; select a + 1; end;
    create function app.length_of(text) returns integer language internal immutable strict leakproof as 'textlen';
    create function app.first_of(anyelement) returns anyelement language internal window immutable strict as 'window_first_value';
    create procedure app.close(inout id integer, variadic more text[]) language plpgsql as 'begin null; end';
    comment on procedure app.close is 'the day';
    create aggregate app.total(numeric) (sfunc = numeric_add, stype = numeric, initcond = '0', combinefunc = numeric_add, parallel = safe);
    comment on aggregate app.total(numeric) is 'a sum'; revoke all on function app.total(numeric) from public;
    create aggregate app.total(*) (sfunc = int8inc, stype = bigint, initcond = '0'); comment on aggregate app.total(*) is 'how many';
    create aggregate app.middle(double precision order by double precision)
      (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_cont_float8_final);
    comment on aggregate app.middle(double precision order by double precision) is 'ordered';`,
};

const TYPES: SameSchema = {
  title: 'domains, composite types and ranges',
  yaml: `schema: app
domains:
  plain: text
  email:
    type: varchar(200)
    collation: C
    not_null: true
    default: "'nobody@example.com'"
    checks: { email_at: value ~ '@', email_short: { expression: length(value) < 100, not_valid: true, comment: later } }
    comment: An address.
    owner: pg_monitor
    grants: { PUBLIC: [] }
  positive: { type: numeric, checks: [value > 0, value < 1000000] }
  codes: { type: "plain[]" }
composites:
  spot: { fields: { x: integer, Y: { type: text, collation: C, comment: down } }, comment: on paper }
  nothing: {}
  line: { fields: { a: spot, b: "spot[]" }, owner: pg_monitor }
ranges:
  spans: float8
  days: { subtype: date, subtype_diff: day_distance, multirange_type_name: many_days, comment: of a year }
  words: { subtype: text, collation: C, subtype_opclass: text_pattern_ops, grants: { PUBLIC: [] } }
functions:
  day_distance: { arguments: [date, date], returns: float8, volatility: immutable, body: "select ($1 - $2)::float8" }
`,
  sql: `create schema app; create domain app.plain as text;
    create domain app.email as varchar(200) collate "C" default 'nobody@example.com' not null constraint email_at check (value ~ '@');
    alter domain app.email add constraint email_short check (length(value) < 100) not valid;
    comment on constraint email_short on domain app.email is 'later'; comment on domain app.email is 'An address.';
    alter domain app.email owner to pg_monitor; revoke all on domain app.email from public;
    create domain app.positive as numeric check (value > 0) check (value < 1000000); create domain app.codes as app.plain[];
    create type app.spot as (x integer, "Y" text collate "C"); comment on column app.spot."Y" is 'down';
    comment on type app.spot is 'on paper'; create type app.nothing as ();
    create type app.line as (a app.spot, b app.spot[]); alter type app.line owner to pg_monitor;
    create function app.day_distance(date, date) returns float8 immutable language sql as 'select ($1 - $2)::float8';
    create type app.spans as range (subtype = float8);
    create type app.days as range (subtype = date, subtype_diff = app.day_distance, multirange_type_name = app.many_days);
    comment on type app.days is 'of a year';
    create type app.words as range (subtype = text, collation = "C", subtype_opclass = text_pattern_ops); revoke all on type app.words from public;`,
};

const BASE_TYPES: SameSchema = {
  title: 'base types and ranges with their functions, and a type that is only announced',
  yaml: `schema: app
ranges:
  steps: { subtype: integer, canonical: canonical_steps }
base_types:
  cents:
    input: cents_in
    output: cents_out
    receive: cents_recv
    send: cents_send
    like: bigint
    category: N
    preferred: true
    default: 0
    delimiter: ";"
    comment: Money.
    owner: pg_monitor
    grants: { PUBLIC: [] }
  line: { input: app.line_in, output: app.line_out, typmod_in: varchartypmodin, typmod_out: varchartypmodout, analyze: array_typanalyze, storage: extended, collatable: true, default: "it's" }
  pair: { input: pair_in, output: pair_out, internallength: 8, alignment: double, passedbyvalue: true, element: integer, subscript: raw_array_subscript_handler }
shell_types: { later: { comment: announced } }
domains: { price: cents }
tables: { bills: { columns: { total: price, notes: "app.line(80)[]" } } }
functions:
  cents_in: { arguments: [cstring], returns: cents, language: internal, volatility: immutable, strict: true, symbol: int8in }
  cents_out: { arguments: [cents], returns: cstring, language: internal, volatility: immutable, strict: true, symbol: int8out }
  cents_recv: { arguments: [internal], returns: cents, language: internal, volatility: immutable, strict: true, symbol: int8recv }
  cents_send: { arguments: [cents], returns: bytea, language: internal, volatility: immutable, strict: true, symbol: int8send }
  line_in: { arguments: [cstring, oid, integer], returns: app.line, language: internal, symbol: varcharin }
  line_out: { arguments: [app.line], returns: cstring, language: internal, symbol: varcharout }
  pair_in: { arguments: [cstring], returns: pair, language: internal, symbol: int8in }
  pair_out: { arguments: [pair], returns: cstring, language: internal, symbol: int8out }
  canonical_steps: { arguments: [steps], returns: steps, language: internal, volatility: immutable, symbol: int4range_canonical }
`,
  sql: `create schema app; create type app.cents; create type app.line; create type app.pair; create type app.later;
    comment on type app.later is 'announced';
    create function app.cents_in(cstring) returns app.cents language internal immutable strict as 'int8in';
    create function app.cents_out(app.cents) returns cstring language internal immutable strict as 'int8out';
    create function app.cents_recv(internal) returns app.cents language internal immutable strict as 'int8recv';
    create function app.cents_send(app.cents) returns bytea language internal immutable strict as 'int8send';
    create type app.cents (input = app.cents_in, output = app.cents_out, receive = app.cents_recv, send = app.cents_send,
      passedbyvalue, internallength = 8, alignment = double, category = 'N', preferred = true, default = '0', delimiter = ';');
    comment on type app.cents is 'Money.'; alter type app.cents owner to pg_monitor; revoke all on type app.cents from public;
    create function app.line_in(cstring, oid, integer) returns app.line language internal as 'varcharin';
    create function app.line_out(app.line) returns cstring language internal as 'varcharout';
    create type app.line (input = app.line_in, output = app.line_out, typmod_in = varchartypmodin, typmod_out = varchartypmodout,
      analyze = array_typanalyze, storage = extended, collatable = true, default = 'it''s');
    create function app.pair_in(cstring) returns app.pair language internal as 'int8in';
    create function app.pair_out(app.pair) returns cstring language internal as 'int8out';
    create type app.pair (input = app.pair_in, output = app.pair_out, like = bigint, element = integer, subscript = raw_array_subscript_handler);
    create type app.steps; create function app.canonical_steps(app.steps) returns app.steps language internal immutable as 'int4range_canonical';
    create type app.steps as range (subtype = integer, canonical = app.canonical_steps);
    create domain app.price as app.cents; create table app.bills (total app.price, notes app.line(80)[]);`,
};

const AROUND: SameSchema = {
  title: 'rules, statistics, replica identity, event triggers, extensions and default privileges',
  yaml: `extensions: { hstore: { schema: app, version: "1.8" }, citext: { comment: any case } }
event_triggers:
  watch: { event: ddl_command_end, tags: [CREATE TABLE, ALTER TABLE], execute: app.watch(), enabled: false, comment: all DDL }
default_privileges:
  pg_monitor: { functions: { PUBLIC: [] }, tables: { pg_read_all_data: [select, insert with grant option], $owner: [select] } }
schemas:
  app: { default_privileges: { pg_monitor: { tables: { pg_read_all_data: select }, types: { PUBLIC: usage } } } }
---
schema: app
functions:
  watch: { returns: event_trigger, language: plpgsql, body: begin end }
  touch: { returns: trigger, language: plpgsql, body: begin return new; end, depends_on_extensions: [hstore] }
tables:
  t:
    columns: { a: integer, b: { type: text, not_null: true }, c: integer }
    uniques: { t_b: { columns: [b], comment: one each, index_comment: for lookups } }
    replica_identity: { index: t_b }
    rules:
      quiet: { event: insert, where: new.a < 0, instead: true, do: nothing, comment: no debts }
      log: { event: update, do: ["insert into log values (old.a)", "insert into log values (new.a)"] }
      tell: { event: delete, do: notify gone, enabled: false }
    indexes: { t_a: { columns: [a], depends_on_extensions: [hstore] } }
    triggers: { touch: { timing: before, events: update, for_each: row, execute: touch(), depends_on_extensions: [hstore] } }
  log: { columns: { a: integer }, replica_identity: nothing }
  whole: { columns: { a: integer }, replica_identity: full }
  p:
    partition_by: list (a)
    columns: { a: integer }
    triggers: { seen: { timing: after, events: insert, for_each: row, execute: touch(), enabled: always, enabled_on: { p1: false } } }
  p1: { partition_of: { table: p, for_values: in (1) } }
statistics:
  t_ab: { from: t, columns: [a, b], kinds: [ndistinct, mcv], target: 500, comment: together, owner: pg_monitor }
  t_all: { from: t, columns: [c], expressions: [lower(b), a + c] }
  t_one: { from: t, expressions: [a * 2] }
`,
  sql: `create schema app; create extension hstore with schema app version '1.8'; create extension citext;
    comment on extension citext is 'any case';
    create function app.watch() returns event_trigger language plpgsql as 'begin end';
    create event trigger watch on ddl_command_end when tag in ('CREATE TABLE', 'ALTER TABLE') execute function app.watch();
    alter event trigger watch disable; comment on event trigger watch is 'all DDL';
    alter default privileges for role pg_monitor revoke all on functions from public;
    alter default privileges for role pg_monitor revoke all on tables from pg_monitor;
    alter default privileges for role pg_monitor grant select on tables to pg_monitor;
    alter default privileges for role pg_monitor grant select on tables to pg_read_all_data;
    alter default privileges for role pg_monitor grant insert on tables to pg_read_all_data with grant option;
    alter default privileges for role pg_monitor in schema app grant select on tables to pg_read_all_data;
    alter default privileges for role pg_monitor in schema app grant usage on types to public;
    create function app.touch() returns trigger language plpgsql as 'begin return new; end';
    alter function app.touch() depends on extension hstore;
    create table app.t (a integer, b text not null, c integer, constraint t_b unique (b));
    comment on constraint t_b on app.t is 'one each'; comment on index app.t_b is 'for lookups';
    alter table app.t replica identity using index t_b;
    create table app.log (a integer); alter table app.log replica identity nothing;
    create table app.whole (a integer); alter table app.whole replica identity full;
    create rule quiet as on insert to app.t where new.a < 0 do instead nothing; comment on rule quiet on app.t is 'no debts';
    create rule log as on update to app.t do (insert into app.log values (old.a); insert into app.log values (new.a));
    create rule tell as on delete to app.t do notify gone; alter table app.t disable rule tell;
    create index t_a on app.t (a); alter index app.t_a depends on extension hstore;
    create trigger touch before update on app.t for each row execute function app.touch();
    alter trigger touch on app.t depends on extension hstore;
    create table app.p (a integer) partition by list (a); create table app.p1 partition of app.p for values in (1);
    create trigger seen after insert on app.p for each row execute function app.touch();
    alter table app.p enable always trigger seen; alter table app.p1 disable trigger seen;
    create statistics app.t_ab (ndistinct, mcv) on a, b from app.t; alter statistics app.t_ab set statistics 500;
    comment on statistics app.t_ab is 'together'; alter statistics app.t_ab owner to pg_monitor;
    create statistics app.t_all on c, lower(b), (a + c) from app.t; create statistics app.t_one on (a * 2) from app.t;`,
};

equivalenceSuite([VIEWS, ROUTINES, TYPES, BASE_TYPES, AROUND]);
