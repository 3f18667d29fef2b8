/** Changes of pg_proc, pg_aggregate, pg_language, pg_cast and pg_transform. */
import { mutation, remake } from './mutation.js';

const FUNCTION = `create function app.f(a int) returns int language sql as 'select 1'`;
const PROCEDURE = `create procedure app.p(a int) language sql as 'select 1'`;
const proc = (columns: string, setup: string, change: string, options = {}) => mutation(`pg_proc.${columns}`, setup, change, options);
const remade = (columns: string, before: string, after: string, options = {}) =>
  remake(`pg_proc.${columns}`, '', `drop routine app.f`, `create ${before}`, `create ${after}`, options);
const setting = (columns: string, clause: string) => proc(columns, FUNCTION, `alter function app.f ${clause}`);

const ADD = `create function app.add(internal, int) returns internal language internal as 'int8_avg_accum_inv'; create function app.af(internal) returns int language internal as 'hashint4'`;
const STATE = 'sfunc = int4pl, stype = int4';
const aggregate = (columns: string, before: string, after: string, setup = '') =>
  remake(
    columns
      .split(' ')
      .map((column) => `pg_aggregate.${column}`)
      .join(' '),
    setup,
    'drop aggregate app.g(int)',
    `create aggregate app.g(int) (${before})`,
    `create aggregate app.g(int) (${after})`,
  );
const MOVING = `${STATE}, msfunc = int4pl, minvfunc = int4mi, mstype = int4`;
const FINALS = `create function app.fin(int) returns int language sql as 'select 1'; create function app.fin(int, int) returns int language sql as 'select 1';
  create function app.fin2(int) returns int language sql as 'select 1'`;

const HANDLERS = `create function app.lh() returns language_handler language internal as 'fmgr_sql_validator'; create function app.lh2() returns language_handler language internal as 'fmgr_sql_validator';
  create function app.li(internal) returns void language internal as 'fmgr_sql_validator'; create function app.lv(oid) returns void language internal as 'fmgr_sql_validator'`;
const language = (columns: string, before: string, after: string) =>
  remake(`pg_language.${columns}`, HANDLERS, 'drop language l', `create ${before}`, `create ${after}`);
const LANGUAGE = `${HANDLERS}; create trusted language l handler app.lh`;

const CAST = `create type app.c as (a int); create type app.d as (a int); create function app.f(app.c) returns int language sql as 'select 1'; create function app.g(app.c) returns int language sql as 'select 1'`;
const cast = (columns: string, before: string, after: string) =>
  remake(
    `pg_cast.${columns}`,
    CAST,
    'drop cast (app.c as int)',
    `create cast (app.c as int) ${before}`,
    `create cast (app.c as int) ${after}`,
  );
const INOUT = 'create cast (app.c as app.d) with inout';

const TRANSFORM = `create type app.c as (a int); create type app.d as (a int);
  create function app.x1(internal) returns internal language internal immutable as 'hashint4'; create function app.x2(internal) returns internal language internal immutable as 'hashint4';
  create function app.y1(internal) returns app.c language internal immutable as 'hashint4'; create function app.y2(internal) returns app.c language internal immutable as 'hashint4'`;
const transform = (columns: string, before: string, after: string) =>
  remake(
    `pg_transform.${columns}`,
    TRANSFORM,
    'drop transform for app.c language plpgsql',
    `create transform for app.c language plpgsql (${before})`,
    `create transform for app.c language plpgsql (${after})`,
  );
const BOTH = 'from sql with function app.x1(internal), to sql with function app.y1(internal)';
const FOR_C = `create transform for app.c language plpgsql (${BOTH})`;

export const routineMutations = [
  proc('proname', FUNCTION, 'alter function app.f rename to g'),
  proc('proname', PROCEDURE, 'alter procedure app.p rename to q'),
  proc('pronamespace', FUNCTION, 'alter function app.f set schema other'),
  proc('proowner', `${FUNCTION}; alter function app.f(int) owner to mutation_a`, 'alter function app.f(int) owner to mutation_b'),
  proc('proowner', `${PROCEDURE}; alter procedure app.p owner to mutation_a`, 'alter procedure app.p owner to mutation_b'),
  proc(
    'prolang',
    `create function app.f() returns int language sql as 'select 1'`,
    `create or replace function app.f() returns int language plpgsql as 'select 1'`,
  ),
  setting('procost', 'cost 7'),
  proc('procost', `create function app.f() returns int language internal as 'now' cost 5`, 'alter function app.f cost 100'),
  proc('prorows', `create function app.f() returns setof int language sql as 'select 1'`, 'alter function app.f rows 7'),
  remade(
    'provariadic',
    `function app.f(int[]) returns int language sql as 'select 1'`,
    `function app.f(variadic int[]) returns int language sql as 'select 1'`,
  ),
  proc(
    'prosupport',
    `create function app.sup(internal) returns internal language internal as 'textlike_support'; ${FUNCTION}`,
    'alter function app.f support app.sup',
  ),
  remade(
    'prokind',
    `function app.f() returns int language internal as 'now'`,
    `function app.f() returns int language internal window as 'now'`,
  ),
  remade('prokind', `function app.f() returns void language sql as 'select 1'`, `procedure app.f() language sql as 'select 1'`),
  setting('prosecdef', 'security definer'),
  proc('prosecdef', PROCEDURE, 'alter procedure app.p security definer'),
  setting('proleakproof', 'leakproof'),
  setting('proisstrict', 'strict'),
  remade(
    'proretset',
    `function app.f() returns int language sql as 'select 1'`,
    `function app.f() returns setof int language sql as 'select 1'`,
  ),
  setting('provolatile', 'immutable'),
  setting('proparallel', 'parallel safe'),
  remade(
    'pronargs pg_proc.proargtypes',
    `function app.f(int) returns int language sql as 'select 1'`,
    `function app.f(int, int) returns int language sql as 'select 1'`,
  ),
  proc('pronargdefaults', FUNCTION, `create or replace function app.f(a int default 1) returns int language sql as 'select 1'`),
  remade(
    'prorettype',
    `function app.f() returns int language sql as 'select 1'`,
    `function app.f() returns bigint language sql as 'select 1'`,
  ),
  remade(
    'proallargtypes',
    `function app.f(out a int, out b int) language sql as 'select 1, 2'`,
    `function app.f(out a int, out b text) language sql as 'select 1, text ''x'''`,
  ),
  remade(
    'proargmodes',
    `function app.f(a int, out b int) language sql as 'select 1'`,
    `function app.f(inout a int, out b int) language sql as 'select 1, 2'`,
  ),
  remade(
    'proargnames',
    `function app.f(a int) returns int language sql as 'select 1'`,
    `function app.f(b int) returns int language sql as 'select 1'`,
  ),
  proc(
    'proargdefaults',
    `create function app.f(a int default 1) returns int language sql as 'select 1'`,
    `create or replace function app.f(a int default 2) returns int language sql as 'select 1'`,
  ),
  proc(
    'proargdefaults',
    `create procedure app.p(a int default 1) language sql as 'select 1'`,
    `create or replace procedure app.p(a int default 2) language sql as 'select 1'`,
  ),
  remake(
    'pg_proc.protrftypes',
    `${TRANSFORM}; ${FOR_C}`,
    'drop function app.f',
    `create function app.f() returns int language plpgsql as 'begin return 1; end'`,
    `create function app.f() returns int language plpgsql transform for type app.c as 'begin return 1; end'`,
  ),
  proc('prosrc', FUNCTION, `create or replace function app.f(a int) returns int language sql as 'select 2'`),
  proc('prosrc', PROCEDURE, `create or replace procedure app.p(a int) language sql as 'select 2'`),
  proc(
    'probin',
    `create function app.f() returns trigger language c as '$libdir/tcn', 'triggered_change_notification'`,
    `create or replace function app.f() returns trigger language c as '$libdir/moddatetime', 'moddatetime'`,
  ),
  proc(
    'prosqlbody',
    'create function app.f() returns int language sql return 1',
    'create or replace function app.f() returns int language sql return 2',
  ),
  proc(
    'prosqlbody',
    'create procedure app.p() language sql begin atomic select 1; end',
    'create or replace procedure app.p() language sql begin atomic select 2; end',
  ),
  setting('proconfig', `set work_mem = '5MB'`),
  proc('proconfig', PROCEDURE, `alter procedure app.p set work_mem = '5MB'`),
  proc('proacl', `${FUNCTION}; grant execute on function app.f(int) to mutation_a`, 'grant execute on function app.f(int) to mutation_b'),
  proc('proacl', `${FUNCTION}; revoke execute on function app.f(int) from public`, 'grant execute on function app.f(int) to public'),
  proc('proacl', `${PROCEDURE}; grant execute on procedure app.p to mutation_a`, 'grant execute on procedure app.p to mutation_b'),
  remade('oid', `function app.f() returns int language sql as 'select 1'`, `function app.f() returns int language sql as 'select 1'`),

  mutation('pg_aggregate.aggfnoid', `create aggregate app.g(int) (${STATE})`, 'alter aggregate app.g(int) rename to h'),
  remake(
    'pg_aggregate.aggkind',
    `create function app.fin(int, int) returns int language sql as 'select 1'`,
    'drop routine app.g',
    `create aggregate app.g(order by int) (${STATE})`,
    `create aggregate app.g(int) (${STATE})`,
  ),
  remake(
    'pg_aggregate.aggnumdirectargs',
    `create function app.s3(int, int, int) returns int language sql as 'select 1'; create function app.fin(int, int) returns int language sql as 'select 1'`,
    'drop routine app.g',
    'create aggregate app.g(order by int, int) (sfunc = app.s3, stype = int4)',
    `create aggregate app.g(int order by int) (${STATE})`,
  ),
  aggregate('aggtransfn', STATE, 'sfunc = int4mi, stype = int4'),
  aggregate('aggfinalfn', `${STATE}, finalfunc = app.fin`, `${STATE}, finalfunc = app.fin2`, FINALS),
  aggregate('aggcombinefn', STATE, `${STATE}, combinefunc = int4pl`),
  aggregate(
    'aggserialfn aggdeserialfn',
    `sfunc = app.add, stype = internal, finalfunc = app.af, combinefunc = app.comb`,
    `sfunc = app.add, stype = internal, finalfunc = app.af, combinefunc = app.comb, serialfunc = app.ser, deserialfunc = app.deser`,
    `${ADD}; create function app.comb(internal, internal) returns internal language internal as 'int8_avg_combine';
     create function app.ser(internal) returns bytea language internal strict as 'int8_avg_serialize'; create function app.deser(bytea, internal) returns internal language internal strict as 'int8_avg_deserialize'`,
  ),
  aggregate('aggmtransfn aggminvtransfn aggmtranstype', STATE, MOVING),
  aggregate('aggmtransfn', MOVING, MOVING.replace('msfunc = int4pl', 'msfunc = int4mul')),
  aggregate('aggmfinalfn', `${MOVING}, mfinalfunc = app.fin`, `${MOVING}, mfinalfunc = app.fin2`, FINALS),
  aggregate('aggfinalextra', `${STATE}, finalfunc = app.fin`, `${STATE}, finalfunc = app.fin, finalfunc_extra`, FINALS),
  aggregate('aggmfinalextra', `${MOVING}, mfinalfunc = app.fin`, `${MOVING}, mfinalfunc = app.fin, mfinalfunc_extra`, FINALS),
  aggregate('aggfinalmodify', `${STATE}, finalfunc = app.fin`, `${STATE}, finalfunc = app.fin, finalfunc_modify = shareable`, FINALS),
  aggregate('aggmfinalmodify', `${MOVING}, mfinalfunc = app.fin`, `${MOVING}, mfinalfunc = app.fin, mfinalfunc_modify = shareable`, FINALS),
  aggregate('aggsortop', 'sfunc = int4larger, stype = int4', 'sfunc = int4larger, stype = int4, sortop = operator(pg_catalog.>)'),
  remake(
    'pg_aggregate.aggtranstype',
    `create function app.st(bigint, int) returns bigint language sql as 'select 1'`,
    'drop aggregate app.g(int)',
    `create aggregate app.g(int) (${STATE})`,
    'create aggregate app.g(int) (sfunc = app.st, stype = bigint)',
  ),
  aggregate('aggtransspace', STATE, `${STATE}, sspace = 100`),
  aggregate('aggmtransspace', MOVING, `${MOVING}, msspace = 100`),
  aggregate('agginitval', STATE, `${STATE}, initcond = '0'`),
  aggregate('aggminitval', MOVING, `${MOVING}, minitcond = '0'`),
  mutation(
    'pg_proc.proparallel',
    `create aggregate app.g(int) (${STATE})`,
    `create or replace aggregate app.g(int) (${STATE}, parallel = safe)`,
  ),

  mutation('pg_language.lanname', LANGUAGE, 'alter language l rename to m'),
  mutation('pg_language.lanowner', `${LANGUAGE}; alter language l owner to mutation_a`, 'alter language l owner to mutation_b'),
  mutation('pg_language.lanacl', `${LANGUAGE}; grant usage on language l to mutation_a`, 'grant usage on language l to mutation_b'),
  mutation('pg_language.lanacl', 'grant usage on language plpgsql to mutation_a', 'grant usage on language plpgsql to mutation_b'),
  language('lanpltrusted', 'trusted language l handler app.lh', 'language l handler app.lh'),
  language('lanplcallfoid', 'trusted language l handler app.lh', 'trusted language l handler app.lh2'),
  language('laninline', 'trusted language l handler app.lh', 'trusted language l handler app.lh inline app.li'),
  language('lanvalidator', 'trusted language l handler app.lh', 'trusted language l handler app.lh validator app.lv'),
  language('oid', 'trusted language l handler app.lh', 'trusted language l handler app.lh'),

  remake('pg_cast.castsource', CAST, 'drop cast (app.c as app.d)', INOUT, 'create cast (app.d as app.c) with inout'),
  remake('pg_cast.casttarget', CAST, 'drop cast (app.c as app.d)', INOUT, 'create cast (app.d as app.c) with inout'),
  cast('castfunc', 'with function app.f(app.c)', 'with function app.g(app.c)'),
  cast('castcontext', 'with function app.f(app.c)', 'with function app.f(app.c) as assignment'),
  cast('castmethod', 'with function app.f(app.c)', 'with inout'),
  cast('oid', 'with inout', 'with inout'),

  remake(
    'pg_transform.trftype',
    `${TRANSFORM}; create function app.z(internal) returns app.d language internal immutable as 'hashint4'`,
    'drop transform for app.c language plpgsql',
    FOR_C,
    'create transform for app.d language plpgsql (from sql with function app.x1(internal), to sql with function app.z(internal))',
  ),
  remake(
    'pg_transform.trflang',
    TRANSFORM,
    'drop transform for app.c language plpgsql',
    FOR_C,
    `create transform for app.c language sql (${BOTH})`,
  ),
  transform('trffromsql', BOTH, BOTH.replace('x1', 'x2')),
  transform('trftosql', BOTH, BOTH.replace('y1', 'y2')),
  transform('oid', BOTH, BOTH),
];
