/** Desired YAML that is wrong, and files that are none, and what is said about it. */
import { type Broken, TABLE } from './broken.js';

export const YAML: Readonly<Record<string, Broken>> = {
  'YAML that does not end': {
    files: { 'a.yaml': 'schema: public\ntables:\n  orders:\n    columns:\n      id: { type: integer\n' },
    says: `
error[SC1040] { is never closed
  a.yaml:5:11
     |
   5 |       id: { type: integer
     |           ^
  hint: add } where it ends`,
  },
  'keys and a type that YAML does not have': {
    files: {
      'a.yaml':
        'schema: public\ntables:\n  orders:\n    colums:\n      id: { type: integer }\n  lines:\n    columns:\n      id: { type: integr }\n',
    },
    says: `
error[SC1046] unknown key: colums
  a.yaml:4:5
     |
   4 |     colums:
     |     ^^^^^^
     = tables.orders has: …
  hint: did you mean columns?`,
  },
  'a name given twice': {
    files: {
      'a.yaml': 'schema: public\ntables:\n  a: { columns: { id: { type: integer } } }\n  a: { columns: { id: { type: bigint } } }\n',
    },
    says: `
error[SC1040] the key a is given twice
  a.yaml:4:3
     |
   4 |   a: { columns: { id: { type: bigint } } }
     |   ^
  hint: remove one of the two`,
  },
  'SQL text that leaves its place': {
    files: { 'a.yaml': 'schema: public\ntables:\n  a:\n    columns:\n      id: { type: "integer; drop table b" }\n' },
    says: `
error[SC1041] a semicolon does not belong into the SQL text of type
  a.yaml:5:27
     |
   5 |       id: { type: "integer; drop table b" }
     |                           ^
     = found "integer; drop table b"
  hint: correct the text; what has a key of its own is said with that key`,
  },
  'a type in YAML that does not exist': {
    files: { 'a.yaml': 'schema: public\ntables:\n  lines:\n    columns:\n      id: { type: integr }\n' },
    says: `
error[SC1203] type "integr" does not exist
  a.yaml:5:19
     |
   5 |       id: { type: integr }
     |                   ^^^^^^
     = SQLSTATE 42704
  hint: did you mean integer?`,
  },
};

export const FILES: Readonly<Record<string, Broken>> = {
  'a path that leads nowhere': {
    files: { 'a.sql': TABLE },
    desired: ['missing.sql', 'a.sql'],
    says: `
error[SC1015] no such file or folder: missing.sql
  missing.sql:1:1
  …
  hint: correct the path`,
  },
  'a link that leads nowhere': {
    files: { 'schemas/a.sql': TABLE },
    links: { 'schemas/dangling.sql': 'nothing.sql' },
    desired: ['schemas'],
    says: `
error[SC1015] no such file or folder: schemas/dangling.sql
  schemas/dangling.sql:1:1
  …
  hint: correct the path`,
  },
  'neither SQL nor YAML': {
    files: { 'a.txt': TABLE },
    says: `
error[SC1017] not a desired-state file: a.txt
  a.txt:1:1
     |
   1 | create table public.a (id integer);
     | ^
  hint: name it .sql, .yaml or .yml`,
  },
  'a link that leads back to its own folder': {
    files: { 'schemas/a.sql': TABLE },
    links: { 'schemas/again': '.' },
    desired: ['schemas'],
    says: `
error[SC1015] the link leads back to a folder that it is in: schemas/again
  schemas/again:1:1
  hint: remove the link`,
  },
  'two links that lead to each other': {
    files: { 'schemas/a.sql': TABLE },
    links: { 'schemas/b.sql': 'c.sql', 'schemas/c.sql': 'b.sql' },
    desired: ['schemas'],
    says: `
error[SC1015] cannot read schemas/b.sql
  schemas/b.sql:1:1
  ELOOP: …
  hint: correct the path

error[SC1015] cannot read schemas/c.sql
  schemas/c.sql:1:1
  ELOOP: …
  hint: correct the path`,
  },
  'a folder with nothing in it': {
    files: {},
    folders: ['schemas'],
    desired: ['schemas'],
    says: `
error[SC1001] the desired state declares nothing
  looked in schemas
  hint: name files or folders that hold SQL or YAML with --desired; to empty a schema, declare the schema itself`,
  },
  'another encoding': {
    files: { 'a.sql': Buffer.from('-- Stra\xdfe\n', 'latin1'), 'b.sql': Buffer.from('\ufeffselect 1;\n', 'utf16le') },
    says: `
error[SC1016] file is not UTF-8: a.sql
  a.sql:1:8
     |
   1 | …
     |        ^
  hint: iconv -t utf-8 a.sql > NEW_FILE

error[SC1016] file is not UTF-8: b.sql
  b.sql:1:1
     |
   1 | …
     | ^
  hint: iconv -t utf-8 b.sql > NEW_FILE`,
  },
  'a NUL byte in SQL and in YAML': {
    files: { 'a.sql': `${TABLE}\0`, 'b.yaml': 'schema: public\ntables:\n  a\0: {}\n' },
    says: `
error[SC1016] the file is not text: it holds the character NUL
  a.sql:2:1
     |
   2 | \\x00
     | ^^^^
  hint: take it out, or convert the file to UTF-8

error[SC1016] the file is not text: it holds the character NUL
  b.yaml:3:4
     |
   3 |   a\\x00: {}
     |    ^^^^
  hint: take it out, or convert the file to UTF-8`,
  },
  'SQL that is wrong beside YAML that is wrong, in five files': {
    files: {
      'a.sql': 'create tabel public.x;\n',
      'b.sql': `${TABLE}drop table public.q;\n`,
      'c.yaml': 'schema: public\ntabels: {}\n',
      'd.yml': 'schema: [\n',
      'e.sql': 'create view public.v as select * from public.nowhere;\n',
    },
    says: `
error[SC1013] syntax error at or near "tabel"
  a.sql:1:8
     |
   1 | create tabel public.x;
     |        ^^^^^
  hint: correct the statement

error[SC1006] DROP TABLE is not part of a desired schema
  b.sql:2:1
     |
   2 | drop table public.q;
     | ^^^^^^^^^^^^^^^^^^^
  hint: remove it: what no file declares is what schemactl drops

error[SC1046] unknown key: tabels
  c.yaml:2:1
     |
   2 | tabels: {}
     | ^^^^^^
     = the file has: …
  hint: did you mean tables?

error[SC1040] [ is never closed
  d.yml:1:9
     |
   1 | schema: [
     |         ^
  hint: add ] where it ends

error[SC1203] relation "public.nowhere" does not exist
  e.sql:1:39
     |
   1 | create view public.v as select * from public.nowhere;
     |                                       ^^^^^^
     = SQLSTATE 42P01
  hint: declare it, or correct its name`,
  },
  'a plan that is a folder': {
    files: { 'plan.json/a.sql': TABLE },
    args: ({ url }) => ['apply', 'plan.json', '--url', url, '--yes'],
    says: `
error[SC6001] the plan file cannot be read: plan.json
  EISDIR: …
  hint: give the path of a plan file`,
  },
  'a plan that is not there': {
    files: {},
    args: ({ url }) => ['apply', 'plan.json', '--url', url, '--yes'],
    says: `
error[SC6001] the plan file cannot be read: plan.json
  ENOENT: no such file or directory, open 'plan.json'
  hint: give the path of a plan file`,
  },
};
