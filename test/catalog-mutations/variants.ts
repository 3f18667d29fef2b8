/** Changes of columns that other rows change elsewhere too, on objects where a kind could have forgotten them. */
import { mutation } from './mutation.js';

const PARTITION = 'create table app.p (a int, b text) partition by list (a); create table app.p1 partition of app.p default';
const MATERIALIZED = `create materialized view app.v as select 1 as a, text 'x' as b`;
const IDENTITY = 'create table app.t (a int generated always as identity)';
const EXTENSION = 'create extension pg_trgm schema app';
const CHILD = 'create table app.t (a int, b text); create table app.u () inherits (app.t)';
const DEFAULTS = 'alter default privileges in schema app grant';

export const variantMutations = [
  mutation('pg_index.indisclustered', `${MATERIALIZED}; create unique index i on app.v (a)`, 'alter materialized view app.v cluster on i'),
  mutation('pg_attribute.attacl', `${MATERIALIZED}; grant select (a) on app.v to mutation_a`, 'grant update (a) on app.v to mutation_a'),
  mutation('pg_class.relname', IDENTITY, 'alter sequence app.t_a_seq rename to s'),
  mutation('pg_class.relpersistence', IDENTITY, 'alter sequence app.t_a_seq set unlogged', { since: 15 }),
  mutation(
    'pg_class.relacl',
    `${IDENTITY}; grant usage on sequence app.t_a_seq to mutation_a`,
    'grant select on sequence app.t_a_seq to mutation_a',
  ),
  mutation('pg_class.relacl', 'create table app.t (a int); grant select on app.t to mutation_a', 'grant maintain on app.t to mutation_a', {
    since: 17,
  }),
  mutation('pg_attrdef.adrelid', PARTITION, `alter table only app.p alter b set default 'x'`),
  mutation('pg_attribute.attstorage', PARTITION, 'alter table app.p1 alter b set storage external'),
  mutation('pg_attribute.attstattarget', PARTITION, 'alter table app.p1 alter b set statistics 5'),
  mutation('pg_attribute.attcompression', PARTITION, 'alter table app.p1 alter b set compression pglz'),
  mutation('pg_attribute.attoptions', PARTITION, 'alter table app.p1 alter b set (n_distinct = 5)'),
  mutation('pg_attribute.attacl', `${PARTITION}; grant select (a) on app.p1 to mutation_a`, 'grant select (b) on app.p1 to mutation_a'),
  mutation('pg_attribute.attstattarget', `${PARTITION}; create index i on app.p (lower(b))`, 'alter index app.i alter 1 set statistics 5'),
  mutation('pg_attribute.attnotnull', CHILD, 'alter table app.u alter a set not null'),
  mutation('pg_attribute.attnotnull', CHILD, 'alter table only app.t alter a set not null', { until: 17 }),
  mutation('pg_constraint.connoinherit', CHILD, 'alter table app.t add constraint c not null a no inherit', { since: 18 }),
  mutation('pg_class.relreplident', PARTITION, 'alter table app.p1 replica identity full'),
  mutation('pg_class.relpersistence', 'create unlogged table app.t (a int)', 'alter table app.t set logged'),
  mutation(
    'pg_class.reloptions',
    "create materialized view app.v as select 1 as a, text 'x' as b",
    'alter materialized view app.v set (toast.autovacuum_enabled = off)',
  ),
  mutation(
    'pg_class.reloptions',
    'create table app.t (a int); create view app.v as select a from app.t where a > 0',
    'alter view app.v set (check_option = local)',
  ),
  mutation('pg_class.reloptions', 'create view app.v as select 1 as a', 'alter view app.v set (security_invoker)', { since: 15 }),
  mutation('pg_class.relrowsecurity', PARTITION, 'alter table app.p1 enable row level security'),
  mutation('pg_attrdef.adbin', 'create type app.c as (a int); create table app.t of app.c', 'alter table app.t alter a set default 1'),
  mutation(
    'pg_attribute.attstattarget',
    'create type app.c as (a int); create table app.t of app.c',
    'alter table app.t alter a set statistics 5',
  ),
  mutation(
    'pg_depend.deptype',
    `${EXTENSION}; create table app.t (a int primary key)`,
    'alter index app.t_pkey depends on extension pg_trgm',
  ),
  mutation(
    'pg_depend.deptype',
    `${EXTENSION}; create function app.f() returns int language sql as 'select 1'`,
    'alter extension pg_trgm add function app.f()',
  ),
  mutation(
    'pg_rewrite.ev_enabled',
    'create table app.t (a int); create rule r as on insert to app.t do instead nothing',
    'alter table app.t enable always rule r',
  ),
  mutation('pg_rewrite.rulename', 'create view app.v as select 1 as a', 'create rule r as on insert to app.v do instead nothing'),
  mutation(
    'pg_trigger.tgname',
    `create view app.v as select 1 as a; create function app.f() returns trigger language plpgsql as 'begin return new; end'`,
    'create trigger g instead of insert on app.v for each row execute function app.f()',
  ),
  mutation('pg_default_acl.defaclobjtype', '', `${DEFAULTS} execute on functions to mutation_a`),
  mutation('pg_default_acl.defaclobjtype', '', `${DEFAULTS} usage on types to mutation_a`),
  mutation('pg_default_acl.defaclobjtype', '', 'alter default privileges grant usage on schemas to mutation_a'),
  mutation('pg_default_acl.defaclobjtype', '', 'alter default privileges grant select on large objects to mutation_a', { since: 18 }),
  mutation('pg_statistic_ext.stxname', MATERIALIZED, 'create statistics app.e on a, b from app.v'),
  mutation('pg_statistic_ext.stxname', PARTITION, 'create statistics app.e on a, b from app.p'),
  mutation(
    'pg_statistic_ext.stxname',
    'create foreign data wrapper w; create server s foreign data wrapper w; create foreign table app.f (a int, b text) server s',
    'create statistics app.e on a, b from app.f',
  ),
  mutation('pg_type.typnamespace', 'create type app.r as range (subtype = int4)', 'alter type app.r_multirange set schema other'),
  mutation(
    'pg_operator.oprcom',
    `create type app.c as (a int); create function app.lt(app.c, app.c) returns bool language sql as 'select true'; create operator app.<< (leftarg = app.c, rightarg = app.c, function = app.lt); create operator app.>> (leftarg = app.c, rightarg = app.c, function = app.lt)`,
    'alter operator app.<< (app.c, app.c) set (commutator = operator(app.>>))',
    { since: 17 },
  ),
  mutation(
    'pg_operator.oprcanhash',
    `create type app.c as (a int); create function app.eq(app.c, app.c) returns bool language sql as 'select true'; create operator app.=== (leftarg = app.c, rightarg = app.c, function = app.eq)`,
    'alter operator app.=== (app.c, app.c) set (hashes)',
    { since: 17 },
  ),
  mutation(
    'pg_constraint.convalidated',
    'create table app.k (a int primary key); create table app.p (a int) partition by list (a); create table app.p1 partition of app.p default; alter table app.p add constraint c foreign key (a) references app.k not valid',
    'alter table app.p1 validate constraint c',
    { since: 18, unseen: 'a copy of a foreign key on a partition is no object of its own: it is as the partitioned table has it' },
  ),
  mutation(
    'pg_constraint.conenforced',
    'create table app.k (a int primary key); create table app.t (a int constraint c references app.k not enforced)',
    'alter table app.t alter constraint c enforced',
    { since: 18 },
  ),
  mutation(
    'pg_user_mapping.umuser',
    'create foreign data wrapper w; create server s foreign data wrapper w',
    'create user mapping for public server s',
  ),
  mutation(
    'pg_proc.proconfig',
    `create function app.f() returns int language sql as 'select 1'`,
    'alter function app.f() set search_path = app, other',
  ),
  mutation(
    'pg_proc.proacl',
    'create aggregate app.g(int) (sfunc = int4pl, stype = int4); grant execute on function app.g(int) to mutation_a',
    'grant execute on function app.g(int) to mutation_b',
  ),
  mutation(
    'pg_proc.proowner',
    'create aggregate app.g(int) (sfunc = int4pl, stype = int4); alter aggregate app.g(int) owner to mutation_a',
    'alter aggregate app.g(int) owner to mutation_b',
  ),
  mutation(
    'pg_event_trigger.evtenabled',
    `create function app.ef() returns event_trigger language plpgsql as 'begin end'; create event trigger e on sql_drop execute function app.ef()`,
    'alter event trigger e enable always',
  ),
  mutation('pg_policy.polroles', 'create table app.t (a int); create policy p on app.t to mutation_a', 'alter policy p on app.t to public'),
  mutation('pg_class.reltablespace', PARTITION, 'alter table app.p1 set tablespace mutation_space'),
  mutation('pg_class.relispartition', `${PARTITION}; create index i on app.p (b)`, 'alter table app.p detach partition app.p1'),
];
