/** Changes of pg_namespace, pg_extension, pg_description, pg_depend and pg_default_acl, and comments on everything. */
import { type Mutation, mutation, remake } from './mutation.js';

const TABLE = 'create table app.t (a int, b text)';
const EXTENSION = 'create extension pg_trgm schema app';
const MEMBER = 'app.similarity(text, text)';
const FUNCTION = `create function app.f() returns int language sql as 'select 1'`;
const LABELLED = `${TABLE}; create table app.u (a int)`;
/** As the provider's library would have the server write it: none is loaded here. */
const label = (columns: string, change: string): Mutation =>
  mutation(
    `pg_seclabel.${columns}`,
    `${LABELLED}; insert into pg_seclabel (objoid, classoid, objsubid, provider, label) values ('app.t'::regclass, 'pg_class'::regclass, 0, 'p', 'l')`,
    `update pg_seclabel set ${change} where provider = 'p'`,
    { noDesiredState: 'no label provider is loaded' },
  );
const DEFAULTS = 'alter default privileges in schema app grant select on tables to mutation_a';
const TRIGGER = `${TABLE}; create function app.tf() returns trigger language plpgsql as 'begin return new; end'; create trigger g before insert on app.t for each row execute function app.tf()`;

/** What COMMENT ON takes, with what makes it. */
const COMMENTED: readonly (readonly [setup: string, target: string])[] = [
  [TABLE, 'table app.t'],
  [TABLE, 'column app.t.a'],
  [TABLE, 'type app.t'],
  ['create view app.v as select 1 as a', 'view app.v'],
  ['create view app.v as select 1 as a', 'column app.v.a'],
  ['create materialized view app.v as select 1 as a', 'materialized view app.v'],
  ['create materialized view app.v as select 1 as a', 'column app.v.a'],
  ['create sequence app.s', 'sequence app.s'],
  ['create table app.t (a int generated always as identity)', 'sequence app.t_a_seq'],
  [`${TABLE}; create index i on app.t (a)`, 'index app.i'],
  ['create table app.t (a int primary key)', 'index app.t_pkey'],
  ['create table app.t (a int primary key)', 'constraint t_pkey on app.t'],
  ['create table app.t (a int constraint c check (a > 0))', 'constraint c on app.t'],
  ['create domain app.d as int constraint c check (value > 0)', 'constraint c on domain app.d'],
  ['create domain app.d as int', 'domain app.d'],
  ['create type app.c as (a int)', 'type app.c'],
  ['create type app.c as (a int)', 'column app.c.a'],
  [`create type app.e as enum ('a')`, 'type app.e'],
  ['create type app.r as range (subtype = int4)', 'type app.r'],
  ['create type app.r as range (subtype = int4)', 'type app.r_multirange'],
  [FUNCTION, 'function app.f()'],
  [`create procedure app.p() language sql as 'select 1'`, 'procedure app.p()'],
  ['create aggregate app.g(int) (sfunc = int4pl, stype = int4)', 'aggregate app.g(int)'],
  [TRIGGER, 'trigger g on app.t'],
  [`${TABLE}; create rule r as on insert to app.t do instead nothing`, 'rule r on app.t'],
  [`${TABLE}; create policy p on app.t`, 'policy p on app.t'],
  [`${TABLE}; create statistics app.s on a, b from app.t`, 'statistics app.s'],
  ['', 'schema app'],
  [EXTENSION, 'extension pg_trgm'],
  [`create collation app.c (locale = 'C')`, 'collation app.c'],
  [`create conversion app.v for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8`, 'conversion app.v'],
  [
    `${FUNCTION.replace('f()', 'f(int, int)')}; create operator app.=== (leftarg = int, rightarg = int, function = app.f)`,
    'operator app.=== (int, int)',
  ],
  [
    'create operator class app.o for type int4 using btree as operator 1 <, function 1 btint4cmp(int4, int4)',
    'operator class app.o using btree',
  ],
  ['create operator family app.o using btree', 'operator family app.o using btree'],
  ['create access method m type index handler bthandler', 'access method m'],
  [`create type app.c as (a int); create cast (app.c as int) with inout`, 'cast (app.c as int)'],
  [`create function app.lh() returns language_handler language internal as 'hashint4'; create language l handler app.lh`, 'language l'],
  [
    `create type app.c as (a int); create function app.x(internal) returns internal language internal immutable as 'hashint4'; create transform for app.c language plpgsql (from sql with function app.x(internal))`,
    'transform for app.c language plpgsql',
  ],
  [
    `create function app.ef() returns event_trigger language plpgsql as 'begin end'; create event trigger e on sql_drop execute function app.ef()`,
    'event trigger e',
  ],
  ['create publication p', 'publication p'],
  ['create foreign data wrapper w', 'foreign data wrapper w'],
  ['create foreign data wrapper w; create server s foreign data wrapper w', 'server s'],
  [
    'create foreign data wrapper w; create server s foreign data wrapper w; create foreign table app.f (a int) server s',
    'foreign table app.f',
  ],
  ['create foreign data wrapper w; create server s foreign data wrapper w; create foreign table app.f (a int) server s', 'column app.f.a'],
  ['create text search configuration app.c (parser = pg_catalog.default)', 'text search configuration app.c'],
  ['create text search dictionary app.d (template = pg_catalog.simple)', 'text search dictionary app.d'],
  [
    'create text search parser app.p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype)',
    'text search parser app.p',
  ],
  ['create text search template app.m (lexize = dsimple_lexize)', 'text search template app.m'],
  ['create table app.p (a int primary key) partition by list (a); create table app.p1 partition of app.p default', 'index app.p1_pkey'],
];

const INHERITED = 'what a child has only inherited is no object of its own, and pg_dump loses the comment too';

const comments = COMMENTED.map(
  ([setup, target]): Mutation =>
    mutation(
      'pg_description.description',
      `${setup === '' ? '' : `${setup}; `}comment on ${target} is 'one'`,
      `comment on ${target} is 'two'`,
    ),
);

const inherited = mutation(
  'pg_description.description',
  `create table app.t (a int constraint c check (a > 0)); create table app.u () inherits (app.t); comment on constraint c on app.u is 'one'`,
  `comment on constraint c on app.u is 'two'`,
  { unseen: INHERITED, noDesiredState: 'the comment has no target' },
);

const ofNotNull = mutation(
  'pg_description.description',
  `create table app.t (a int constraint c not null); comment on constraint c on app.t is 'one'`,
  `comment on constraint c on app.t is 'two'`,
  {
    since: 18,
    unseen: 'NOT NULL is an attribute of its column, so that its comment has no target',
    noDesiredState: 'the comment has no target',
  },
);

const dependent = (setup: string, object: string): Mutation =>
  mutation('pg_depend.deptype', `${EXTENSION}; ${setup}`, `alter ${object} depends on extension pg_trgm`);

export const databaseMutations = [
  mutation('pg_namespace.nspname', '', 'alter schema other rename to another'),
  mutation('pg_namespace.nspowner', 'alter schema app owner to mutation_a', 'alter schema app owner to mutation_b'),
  mutation('pg_namespace.nspacl', 'grant usage on schema app to mutation_a', 'grant usage on schema app to mutation_b'),
  mutation('pg_namespace.nspacl', 'grant usage on schema public to mutation_a', 'grant usage on schema public to mutation_b'),
  mutation('pg_namespace.oid', '', 'drop schema other; create schema other'),

  mutation('pg_extension.extname', '', EXTENSION),
  mutation(
    'pg_init_privs.initprivs',
    `${EXTENSION}; grant execute on function ${MEMBER} to mutation_a`,
    `alter extension pg_trgm drop function ${MEMBER}; alter extension pg_trgm add function ${MEMBER}`,
    { noDesiredState: 'no desired file takes members out of an extension or into it' },
  ),
  mutation(
    'pg_proc.proacl',
    `${EXTENSION}; grant execute on function ${MEMBER} to mutation_a`,
    `grant execute on function ${MEMBER} to mutation_b`,
  ),
  mutation('pg_extension.extnamespace', EXTENSION, 'alter extension pg_trgm set schema other'),
  mutation('pg_extension.extversion', `create extension pg_trgm schema app version '1.4'`, `alter extension pg_trgm update to '1.5'`, {
    noDesiredState: 'there is no way back from a newer version',
  }),
  remake('pg_extension.oid', '', 'drop extension pg_trgm', EXTENSION, EXTENSION),

  label('objoid', `objoid = 'app.u'::regclass`),
  label('classoid pg_seclabel.objoid', `classoid = 'pg_namespace'::regclass, objoid = 'app'::regnamespace`),
  label('objsubid', 'objsubid = 2'),
  label('provider', `provider = 'q'`),
  label('label', `label = 'm'`),

  mutation(
    'pg_description.objoid',
    `${TABLE}; create table app.u (a int); comment on table app.t is 'x'`,
    `comment on table app.t is null; comment on table app.u is 'x'`,
  ),
  mutation(
    'pg_description.classoid',
    `${TABLE}; ${FUNCTION}; comment on table app.t is 'x'`,
    `comment on table app.t is null; comment on function app.f() is 'x'`,
  ),
  mutation(
    'pg_description.objsubid',
    `${TABLE}; comment on column app.t.a is 'x'`,
    `comment on column app.t.a is null; comment on column app.t.b is 'x'`,
  ),
  ...comments,
  inherited,
  ofNotNull,

  dependent(FUNCTION, 'function app.f()'),
  dependent(`create procedure app.p() language sql as 'select 1'`, 'procedure app.p()'),
  dependent(TRIGGER, 'trigger g on app.t'),
  dependent('create materialized view app.v as select 1 as a', 'materialized view app.v'),
  dependent(`${TABLE}; create index i on app.t (a)`, 'index app.i'),
  mutation(
    'pg_depend.refobjid pg_depend.refobjsubid',
    'create sequence app.s; create table app.t (a int, b int); create table app.u (a int, b int); alter sequence app.s owned by app.t.a',
    'alter sequence app.s owned by app.u.b',
  ),
  mutation(
    'pg_depend.objid pg_depend.classid pg_depend.objsubid pg_depend.refclassid',
    TABLE,
    `${FUNCTION}; create view app.v as select app.f() as f, t.a from app.t`,
  ),

  mutation(
    'pg_default_acl.defaclrole',
    'alter default privileges for role mutation_a in schema app grant select on tables to public',
    'alter default privileges for role mutation_a in schema app revoke select on tables from public; alter default privileges for role mutation_b in schema app grant select on tables to public',
  ),
  mutation(
    'pg_default_acl.defaclnamespace',
    DEFAULTS,
    `${DEFAULTS.replace('grant', 'revoke').replace(' to ', ' from ')}; ${DEFAULTS.replace('app', 'other')}`,
  ),
  mutation(
    'pg_default_acl.defaclobjtype',
    DEFAULTS,
    `${DEFAULTS.replace('grant', 'revoke').replace(' to ', ' from ')}; ${DEFAULTS.replace('tables', 'sequences')}`,
  ),
  mutation('pg_default_acl.defaclacl', DEFAULTS, DEFAULTS.replace('select', 'update')),
  mutation('pg_default_acl.oid', DEFAULTS, `${DEFAULTS.replace('grant', 'revoke').replace(' to ', ' from ')}; ${DEFAULTS}`),
];
