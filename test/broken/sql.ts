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
  hint: keep data in migrations or seed scripts; a desired schema holds definitions only

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
