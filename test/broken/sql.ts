/** Desired SQL that is wrong, and what is said about it. */
import { type Broken, TABLE } from './broken.js';

export const SQL: Readonly<Record<string, Broken>> = {
  'a syntax error': {
    files: { 'a.sql': 'create table public.a (\n  id integer,\n  name text,,\n);\n' },
    says: `
error[SC1013] syntax error at or near ","
  a.sql:3:13
     |
   3 |   name text,,
     |             ^
  hint: correct the statement`,
  },
  'a table that does not exist': {
    files: {
      'a.sql':
        'create table public.orders (id integer primary key);\ncreate table public.lines (\n  id integer references public.ordres (id)\n);\n',
    },
    says: `
error[SC1203] relation "public.ordres" does not exist
  a.sql:3:32
     |
   3 |   id integer references public.ordres (id)
     |                                ^^^^^^
     = SQLSTATE 42P01
  hint: did you mean orders?`,
  },
  'a column that does not exist': {
    files: { 'a.sql': 'create table public.orders (customer_id integer);\ncreate index on public.orders (custmer_id);\n' },
    says: `
error[SC1203] column "custmer_id" does not exist
  a.sql:2:32
     |
   2 | create index on public.orders (custmer_id);
     |                                ^^^^^^^^^^
     = SQLSTATE 42703
  hint: did you mean customer_id?`,
  },
  'a type that does not exist': {
    files: { 'a.sql': 'create table public.orders (\n  id integer,\n  state order_state\n);\n' },
    says: `
error[SC1203] type "order_state" does not exist
  a.sql:3:9
     |
   3 |   state order_state
     |         ^^^^^^^^^^^
     = SQLSTATE 42704
  hint: declare it, or correct its name`,
  },
  'a function that does not exist': {
    files: { 'a.sql': 'create table public.orders (\n  id integer default next_id()\n);\n' },
    says: `
error[SC1203] function next_id() does not exist
  a.sql:2:22
     |
   2 |   id integer default next_id()
     |                      ^^^^^^^
     = SQLSTATE 42883
  hint: No function matches the given name and argument types. You might need to add explicit type casts.`,
  },
  'a schema that does not exist': {
    files: { 'a.sql': 'create schema app;\ncreate table ap.orders (id integer);\n' },
    says: `
error[SC1203] schema "ap" does not exist
  a.sql:2:14
     |
   2 | create table ap.orders (id integer);
     |              ^^
     = SQLSTATE 3F000
  hint: did you mean app?`,
  },
  'one table in two files': {
    files: { 'a.sql': TABLE, 'b/b.sql': '\ncreate table public.a (id bigint);\n' },
    says: `
error[SC1010] table:public.a is declared twice
  b/b.sql:2:14
     |
   2 | create table public.a (id bigint);
     |              ^^^^^^
  first declared here at a.sql:1:14
  hint: remove one of the two`,
  },
  'statements that are no definitions': {
    files: {
      'a.sql': `${TABLE}copy public.a from '/etc/passwd';\nbegin;\ninsert into public.a values (1);\ndo $$ begin perform 1; end $$;\n\\i other.sql\n`,
    },
    says: `
error[SC1002] COPY is not part of a desired schema
  a.sql:2:1
     |
   2 | copy public.a from '/etc/passwd';
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: keep data in migrations or seed scripts; a desired schema holds definitions only

error[SC1002] BEGIN is not part of a desired schema
  a.sql:3:1
     |
   3 | begin;
     | ^^^^^
  hint: remove it: schemactl decides what runs in which transaction

error[SC1002] INSERT is not part of a desired schema
  a.sql:4:1
     |
   4 | insert into public.a values (1);
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: declare reference data in YAML, with rows under the table: they are planned as changes; keep other data in migrations

error[SC1007] DO is not part of a desired schema
  a.sql:5:1
     |
   5 | do $$ begin perform 1; end $$;
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: write the definitions themselves; schemactl finds out what exists already

error[SC1003] …
  a.sql:6:1
     |
   6 | \\i other.sql
     | ^^^^^^^^^^^^
  hint: …`,
  },
  'three faults that have nothing to do with each other, and a file that is right': {
    files: {
      'a.sql':
        'create table public.a (id integer, kind nothing);\ncreate table public.b (id integer references nowhere);\ncreate index on public.fine (neither);\n',
      'b.sql': 'create table public.fine (id integer);\n',
    },
    says: `
error[SC1203] type "nothing" does not exist
  a.sql:1:41
     |
   1 | create table public.a (id integer, kind nothing);
     |                                         ^^^^^^^
     = SQLSTATE 42704
  hint: declare it, or correct its name

error[SC1203] relation "nowhere" does not exist
  a.sql:2:46
     |
   2 | create table public.b (id integer references nowhere);
     |                                              ^^^^^^^
     = SQLSTATE 42P01
  hint: declare it, or correct its name

error[SC1203] column "neither" does not exist
  a.sql:3:30
     |
   3 | create index on public.fine (neither);
     |                              ^^^^^^^
     = SQLSTATE 42703
  hint: declare it, or correct its name`,
  },
  'faults that are found by the parser, by the allow-list and by PostgreSQL': {
    files: {
      'a.sql': `${TABLE}create table public.bad (id integer,, x integer);\ncreate table public.b (id integer references public.nowhere);\nvacuum;\n`,
    },
    says: `
error[SC1013] syntax error at or near ","
  a.sql:2:37
     |
   2 | create table public.bad (id integer,, x integer);
     |                                     ^
  hint: correct the statement

error[SC1203] relation "public.nowhere" does not exist
  a.sql:3:53
     |
   3 | create table public.b (id integer references public.nowhere);
     |                                                     ^^^^^^^
     = SQLSTATE 42P01
  hint: declare it, or correct its name

error[SC1002] VACUUM is not part of a desired schema
  a.sql:4:1
     |
   4 | vacuum;
     | ^^^^^^
  hint: remove it: maintenance is no part of a schema`,
  },
  'two views that need each other': {
    files: { 'a.sql': 'create view public.v as select * from public.w;\n', 'b.sql': 'create view public.w as select * from public.v;\n' },
    says: `
error[SC1030] these need each other: view:public.v -> view:public.w -> view:public.v
  a.sql:1:1
     |
   1 | create view public.v as select * from public.w;
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  view:public.w at b.sql:1:1
  hint: take one of the references out, or add it with an ALTER of its own`,
  },
  'one function, one index and one column twice': {
    files: {
      'a.sql': `${TABLE}create index i on public.a (id);\ncreate function public.f() returns int language sql as 'select 1';\n`,
      'b.sql': `create index i on public.a ((id + 1));\ncreate function public.f() returns int language sql as 'select 2';\n`,
      'c.sql': 'create table public.c (x integer, x integer);\n',
    },
    says: `
error[SC1010] index:public.a.i is declared twice
  b.sql:1:19
     |
   1 | create index i on public.a ((id + 1));
     |                   ^^^^^^
  first declared here at a.sql:2:19
  hint: remove one of the two

error[SC1010] function:public.f() is declared twice
  b.sql:2:1
     |
   2 | create function public.f() returns int language sql as 'select 2';
     | ^^^^^^
  first declared here at a.sql:3:1
  hint: remove one of the two

error[SC1201] column "x" specified more than once
  c.sql:1:24
     |
   1 | create table public.c (x integer, x integer);
     |                        ^
     = SQLSTATE 42701
  hint: correct the statement as the server says`,
  },
  'what belongs to the server': {
    files: {
      'a.sql': `${TABLE}create tablespace r location '/r';\ncreate database d;\nalter system set work_mem = '1GB';\nalter role r in database d set work_mem from current;\nalter database d reset all;\n`,
    },
    says: `
error[SC1002] CREATE TABLESPACE is not part of a desired schema
  a.sql:2:1
     |
   2 | create tablespace r location '/r';
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: create it outside schemactl: it belongs to the server, not to a database

error[SC1002] CREATE DATABASE is not part of a desired schema
  a.sql:3:1
     |
   3 | create database d;
     | ^^^^^^^^^^^^^^^^^
  hint: create it outside schemactl: it belongs to the server, not to a database

error[SC1002] ALTER SYSTEM is not part of a desired schema
  a.sql:4:1
     |
   4 | alter system set work_mem = '1GB';
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: create it outside schemactl: it belongs to the server, not to a database

error[SC1002] SET … FROM CURRENT is not part of a desired schema
  a.sql:5:1
     |
   5 | alter role r in database d set work_mem from current;
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: write the value: no session is meant here

error[SC1002] RESET is not part of a desired schema
  a.sql:6:1
     |
   6 | alter database d reset all;
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: leave out the SET instead`,
  },
  'a name of 64 bytes': {
    files: { 'a.sql': `create table public.${'n'.repeat(64)} (id integer);\n` },
    says: `
error[SC1009] name is longer than 63 bytes: ${'n'.repeat(64)}
  a.sql:1:21
     |
   1 | create table public.${'n'.repeat(64)} (id integer);
     |                     ${'^'.repeat(64)}
     = PostgreSQL would cut it off without an error
  hint: shorten the name`,
  },
  'lines that end with CR LF, after a byte order mark': {
    files: { 'a.sql': '\ufeffcreate table public.a (\r\n  id integer,\r\n  id2 integr\r\n);\r\ncreate table public.b (id integer,,);\r\n' },
    says: `
error[SC1203] type "integr" does not exist
  a.sql:3:7
     |
   3 |   id2 integr
     |       ^^^^^^
     = SQLSTATE 42704
  hint: did you mean integer?

error[SC1013] syntax error at or near ","
  a.sql:5:35
     |
   5 | create table public.b (id integer,,);
     |                                   ^
  hint: correct the statement`,
  },
  'a quote that is not closed': {
    files: { 'a.sql': `${TABLE}create view public.v as select 'abc;\n` },
    says: `
error[SC1013] unterminated quoted string at or near …
  a.sql:2:32
     |
   2 | create view public.v as select 'abc;
     |                                ^^^^^
  hint: correct the statement`,
  },
  'a statement of 200 KB with a fault at its end': {
    files: { 'a.sql': `${TABLE}create view public.v as select ${Array.from({ length: 20_000 }, (_, i) => `'c${i}'`).join(', ')},, 1;\n` },
    says: `
error[SC1013] syntax error at or near ","
  a.sql:2:188921
     |
   2 | … 'c19996', 'c19997', 'c19998', 'c19999',, 1;
     |                                          ^
  hint: correct the statement`,
  },
  'more nesting than a parser takes': {
    files: {
      'a.sql': `create view public.v as select ${Array(20_000).fill('1').join(' + ')};\n`,
      'b.sql': `create view public.w as select ${'('.repeat(100_000)}1${')'.repeat(100_000)};\n`,
    },
    says: `
error[SC1013] the statement is nested too deeply to be read
  a.sql:1:1
     |
   1 | create view public.v as select 1 + …
     | ^^^^^^
  hint: correct the statement

error[SC1013] memory exhausted at or near "("
  b.sql:1:10021
     |
   1 | …
     |                                          ^
  hint: correct the statement`,
  },
  'an extension that the given server does not have': {
    files: { 'a.sql': `create extension no_such_thing;\n${TABLE}` },
    says: `
error[SC8021] extension no_such_thing is not installed where the scratch database is
  a.sql:1:18
     |
   1 | create extension no_such_thing;
     |                  ^^^^^^^^^^^^^
     = SQLSTATE 0A000; extension "no_such_thing" is not available
  hint: give a server that has it: --scratch postgresql://… , or install the package that brings no_such_thing.control`,
  },
  'a hint that is not known': {
    files: { 'a.sql': 'create table public.a (\n  -- schemactl: renamed_form old\n  id integer\n);\n' },
    says: `
error[SC1021] unknown hint: renamed_form
  a.sql:2:3
     |
   2 |   -- schemactl: renamed_form old
     |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: did you mean renamed_from?`,
  },
  'nothing at all': {
    files: { 'a.sql': '-- nothing yet\n' },
    says: `
error[SC1001] the desired state declares nothing
  looked in a.sql
  hint: name files or folders that hold SQL or YAML with --desired; to empty a schema, declare the schema itself`,
  },
  'an extension that there is none of': {
    files: { 'a.sql': `create extension no_such_thing;\n${TABLE}` },
    args: ({ url }) => ['plan', '--url', url, '--desired', '.', '--scratch', 'embedded'],
    says: `
error[SC8003] the embedded PostgreSQL 15 does not have the extension no_such_thing
  hint: give a throw-away server with --scratch URL, or use --scratch target`,
  },
};
