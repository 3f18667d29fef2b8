/** Changes of pg_type, pg_enum, pg_range, pg_collation and pg_conversion. */
import { mutation, remake } from './mutation.js';

const ENUM = `create type app.e as enum ('a', 'b')`;
const DOMAIN = 'create domain app.d as int';
const COMPOSITE = 'create type app.c as (a int)';
const RANGE = 'create type app.r as range (subtype = int4)';
const COLLATION = `create collation app.c (locale = 'C')`;
const CONVERSION = `create conversion app.v for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8`;
const domain = (columns: string, before: string, after: string) =>
  remake(columns, '', 'drop domain app.d', `create domain app.d as ${before}`, `create domain app.d as ${after}`);
const range = (columns: string, before: string, after: string, setup = '') =>
  remake(
    `pg_range.${columns}`,
    setup,
    'drop type app.r',
    `create type app.r as range (${before})`,
    `create type app.r as range (${after})`,
  );
const collation = (columns: string, before: string, after: string, options = {}) =>
  remake(
    `pg_collation.${columns}`,
    '',
    'drop collation app.c',
    `create collation app.c (${before})`,
    `create collation app.c (${after})`,
    options,
  );
const conversion = (columns: string, before: string, after: string) =>
  remake(`pg_conversion.${columns}`, '', 'drop conversion app.v', `create ${before}`, `create ${after}`);
const SHELL = 'create type app.b';
const IO = `create function app.b_in(cstring) returns app.b language internal strict immutable as 'textin';
  create function app.b_out(app.b) returns cstring language internal strict immutable as 'textout'`;
const base = (columns: string, before: string, after: string, io = IO) =>
  remake(
    columns.replace(/\b(?=typ)/g, 'pg_type.'),
    '',
    'drop type app.b cascade',
    `${SHELL}; ${IO}; create type app.b (input = app.b_in, output = app.b_out${before})`,
    `${SHELL}; ${io}; create type app.b (input = ${/app\.b_in\w*/.exec(io)?.[0]}, output = ${/app\.b_out\w*/.exec(io)?.[0]}${after})`,
  );
const BASE = `${SHELL}; ${IO}; create type app.b (input = app.b_in, output = app.b_out)`;
const alterBase = (columns: string, setup: string, change: string) =>
  mutation(columns.replace(/\b(?=typ)/g, 'pg_type.'), setup === '' ? BASE : `${BASE}; ${setup}`, `alter type app.b ${change}`);

export const typeMutations = [
  mutation('pg_type.typname', ENUM, 'alter type app.e rename to f'),
  mutation('pg_type.typname', DOMAIN, 'alter domain app.d rename to f'),
  mutation('pg_type.typname', COMPOSITE, 'alter type app.c rename to f'),
  mutation('pg_type.typname', RANGE, 'alter type app.r rename to f'),
  mutation('pg_type.typname', RANGE, 'alter type app.r_multirange rename to f', { noDesiredState: null }),
  mutation('pg_type.typnamespace', ENUM, 'alter type app.e set schema other'),
  mutation('pg_type.typnamespace', DOMAIN, 'alter domain app.d set schema other'),
  mutation('pg_type.typnamespace', COMPOSITE, 'alter type app.c set schema other'),
  mutation('pg_type.typnamespace', RANGE, 'alter type app.r set schema other'),
  mutation('pg_type.typowner', `${ENUM}; alter type app.e owner to mutation_a`, 'alter type app.e owner to mutation_b'),
  mutation('pg_type.typowner', `${DOMAIN}; alter domain app.d owner to mutation_a`, 'alter domain app.d owner to mutation_b'),
  mutation('pg_type.typowner', `${COMPOSITE}; alter type app.c owner to mutation_a`, 'alter type app.c owner to mutation_b'),
  mutation('pg_type.typowner', `${RANGE}; alter type app.r owner to mutation_a`, 'alter type app.r owner to mutation_b'),
  mutation('pg_type.typacl', `${ENUM}; grant usage on type app.e to mutation_a`, 'grant usage on type app.e to mutation_b'),
  mutation('pg_type.typacl', `${DOMAIN}; grant usage on domain app.d to mutation_a`, 'revoke usage on domain app.d from mutation_a'),
  mutation('pg_type.typacl', `${ENUM}; revoke usage on type app.e from public`, 'grant usage on type app.e to public'),
  remake('pg_type.typtype', '', 'drop type app.e', ENUM, 'create domain app.e as int'),
  mutation('pg_type.typnotnull', DOMAIN, 'alter domain app.d set not null'),
  domain('pg_type.typbasetype', 'int', 'bigint'),
  domain('pg_type.typtypmod', 'varchar(5)', 'varchar(6)'),
  domain('pg_type.typndims', 'int[]', 'int[][]'),
  domain('pg_type.typcollation', 'text', 'text collate "C"'),
  mutation('pg_type.typdefaultbin pg_type.typdefault', `${DOMAIN} default 1`, 'alter domain app.d set default 2'),
  remake('pg_type.oid pg_type.typarray pg_type.typrelid', '', 'drop type app.c', COMPOSITE, COMPOSITE),
  base('typlen typbyval', '', ', passedbyvalue, internallength = 4, alignment = int4'),
  base('typalign', '', ', alignment = double'),
  base('typstorage', '', ', storage = extended'),
  base('typdelim', '', `, delimiter = ';'`),
  base('typelem typsubscript', '', ', internallength = 8, element = int4, subscript = raw_array_subscript_handler'),
  base('typinput', '', '', IO.replaceAll('app.b_in(', 'app.b_in2(')),
  base('typoutput', '', '', IO.replaceAll('app.b_out(', 'app.b_out2(')),
  base('typispreferred', '', ', preferred = true'),
  base('typcategory', '', `, category = 'S'`),
  base('typdefault', '', `, default = 'x'`),
  base('typcollation', '', ', collatable = true'),
  alterBase('typname', '', 'rename to c'),
  alterBase('typnamespace', '', 'set schema other'),
  alterBase('typowner', 'alter type app.b owner to mutation_a', 'owner to mutation_b'),
  mutation('pg_type.typacl', BASE, 'grant usage on type app.b to mutation_a'),
  alterBase(
    'typreceive',
    `create function app.b_recv(internal) returns app.b language internal strict immutable as 'textrecv'`,
    'set (receive = app.b_recv)',
  ),
  alterBase(
    'typsend',
    `create function app.b_send(app.b) returns bytea language internal strict immutable as 'textsend'`,
    'set (send = app.b_send)',
  ),
  alterBase('typmodin', '', 'set (typmod_in = varchartypmodin)'),
  alterBase('typmodout', '', 'set (typmod_out = varchartypmodout)'),
  alterBase('typanalyze', '', 'set (analyze = array_typanalyze)'),
  alterBase('typsubscript', '', 'set (subscript = jsonb_subscript_handler)'),
  alterBase('typstorage', '', 'set (storage = main)'),
  mutation('pg_type.typisdefined', `${SHELL}; ${IO}`, 'create type app.b (input = app.b_in, output = app.b_out)'),
  remake('pg_type.typname', '', 'drop type app.b', SHELL, 'create type app.c'),

  mutation('pg_enum.enumtypid', `${ENUM}; create type app.f as enum ()`, `alter type app.f add value 'x'`),
  mutation('pg_enum.enumlabel', ENUM, `alter type app.e rename value 'a' to 'c'`),
  mutation('pg_enum.enumsortorder', ENUM, `alter type app.e add value 'c' before 'b'`),
  remake('pg_enum.oid', '', 'drop type app.e', ENUM, ENUM),

  mutation('pg_range.rngtypid', RANGE, 'create type app.q as range (subtype = int4)'),
  range('rngsubtype', 'subtype = int4', 'subtype = int8'),
  range('rngmultitypid', 'subtype = int4, multirange_type_name = app.m', 'subtype = int4, multirange_type_name = app.n'),
  range('rngcollation', 'subtype = text', 'subtype = text, collation = "C"'),
  range('rngsubopc', 'subtype = text', 'subtype = text, subtype_opclass = text_pattern_ops'),
  range('rngsubdiff', 'subtype = int4', 'subtype = int4, subtype_diff = int4range_subdiff'),
  remake(
    'pg_range.rngcanonical',
    '',
    'drop type app.r cascade',
    RANGE,
    `create type app.r; create function app.canon(app.r) returns app.r language internal strict immutable as 'int4range_canonical'; create type app.r as range (subtype = int4, canonical = app.canon)`,
  ),

  mutation('pg_collation.collname', COLLATION, 'alter collation app.c rename to d'),
  mutation('pg_collation.collnamespace', COLLATION, 'alter collation app.c set schema other'),
  mutation(
    'pg_collation.collowner',
    `${COLLATION}; alter collation app.c owner to mutation_a`,
    'alter collation app.c owner to mutation_b',
  ),
  collation('collprovider', `provider = libc, locale = 'C'`, `provider = icu, locale = 'en'`),
  collation('collisdeterministic', `provider = icu, locale = 'en'`, `provider = icu, locale = 'en', deterministic = false`),
  collation('collcollate', `lc_collate = 'C', lc_ctype = 'C'`, `lc_collate = 'POSIX', lc_ctype = 'C'`),
  collation('collctype', `lc_collate = 'C', lc_ctype = 'C'`, `lc_collate = 'C', lc_ctype = 'POSIX'`),
  collation('collcollate', `provider = icu, locale = 'en'`, `provider = icu, locale = 'de'`, { until: 14 }),
  collation('colliculocale', `provider = icu, locale = 'en'`, `provider = icu, locale = 'de'`, { since: 15, until: 16 }),
  collation('colllocale', `provider = icu, locale = 'en'`, `provider = icu, locale = 'de'`, { since: 17 }),
  collation('collicurules', `provider = icu, locale = 'en'`, `provider = icu, locale = 'en', rules = '&a < b'`, { since: 16 }),
  collation('oid', `locale = 'C'`, `locale = 'C'`),

  mutation('pg_conversion.conname', CONVERSION, 'alter conversion app.v rename to w'),
  mutation('pg_conversion.connamespace', CONVERSION, 'alter conversion app.v set schema other'),
  mutation(
    'pg_conversion.conowner',
    `${CONVERSION}; alter conversion app.v owner to mutation_a`,
    'alter conversion app.v owner to mutation_b',
  ),
  conversion(
    'conforencoding',
    `conversion app.v for 'LATIN2' to 'UTF8' from iso8859_to_utf8`,
    `conversion app.v for 'LATIN3' to 'UTF8' from iso8859_to_utf8`,
  ),
  conversion(
    'contoencoding',
    `conversion app.v for 'UTF8' to 'LATIN2' from utf8_to_iso8859`,
    `conversion app.v for 'UTF8' to 'LATIN3' from utf8_to_iso8859`,
  ),
  remake(
    'pg_conversion.conproc',
    `create function app.p(int, int, cstring, internal, int, bool) returns int language c strict as '$libdir/utf8_and_iso8859_1', 'iso8859_1_to_utf8'`,
    'drop conversion app.v',
    CONVERSION,
    `create conversion app.v for 'LATIN1' to 'UTF8' from app.p`,
  ),
  conversion(
    'condefault',
    `conversion app.v for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8`,
    `default conversion app.v for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8`,
  ),
  conversion('oid', CONVERSION.slice(7), CONVERSION.slice(7)),
];
