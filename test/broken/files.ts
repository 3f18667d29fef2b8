/** Desired YAML that is wrong, and files that are none, and what is said about it. */
import { type Broken, TABLE } from './broken.js';

export const YAML: Readonly<Record<string, Broken>> = {
  'YAML that does not end': {
    files: { 'a.yaml': 'schema: public\ntables:\n  orders:\n    columns:\n      id: { type: integer\n' },
    says: `
error[SC1040] flow map in block collection must be sufficiently indented and end with a }
  a.yaml:6:1
  hint: correct the syntax at the place shown`,
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
  'a type in YAML that does not exist': {
    files: { 'a.yaml': 'schema: public\ntables:\n  lines:\n    columns:\n      id: { type: integr }\n' },
    says: `
error[SC1203] type "integr" does not exist
  a.yaml:5:19
     |
   5 |       id: { type: integr }
     |                   ^^^^^^
     = SQLSTATE 42704
  hint: declare it, or correct its name`,
  },
};

export const FILES: Readonly<Record<string, Broken>> = {
  'a path that leads nowhere': {
    files: { 'a.sql': TABLE },
    args: ({ url }) => ['plan', '--url', url, '--desired', 'missing.sql', '--desired', 'a.sql'],
    says: `
error[SC1015] no such file or folder: missing.sql
  missing.sql:1:1
  …
  hint: correct the path`,
  },
  'a link that leads nowhere': {
    files: { 'schemas/a.sql': TABLE },
    dangling: ['schemas/dangling.sql'],
    args: ({ url }) => ['plan', '--url', url, '--desired', 'schemas'],
    says: `
error[SC1015] no such file or folder: schemas/dangling.sql
  schemas/dangling.sql:1:1
  …
  hint: correct the path`,
  },
  'neither SQL nor YAML': {
    files: { 'a.txt': TABLE },
    args: ({ url }) => ['plan', '--url', url, '--desired', 'a.txt'],
    says: `
error[SC1017] not a desired-state file: a.txt
  a.txt:1:1
     |
   1 | create table public.a (id integer);
     | ^
  hint: name it .sql, .yaml or .yml`,
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
