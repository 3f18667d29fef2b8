/** Connections, flags and configurations that are wrong, and what is said about them. */
import { type Broken, plan, TABLE } from './broken.js';

export const SURROUNDINGS: Readonly<Record<string, Broken>> = {
  'a connection string of another sort': {
    files: { 'a.sql': TABLE },
    args: () => plan('postgresqll://x/y'),
    says: `
error[SC7011] the connection of --url cannot be used: it is neither postgresql://user@host:port/database nor "host=… dbname=…"
  hint: use postgresql://user@host:port/database`,
  },
  'a connection string with a port that is none': {
    files: { 'a.sql': TABLE },
    args: () => plan('postgresql://postgres@127.0.0.1:99999/x'),
    says: `
error[SC7011] the connection of --url cannot be used: port 99999 is not a number between 1 and 65535
  hint: use postgresql://user@host:port/database`,
  },
  'a connection string with a word that libpq does not know': {
    files: { 'a.sql': TABLE },
    args: () => plan('host=127.0.0.1 prot=5432'),
    says: `
error[SC7011] the connection of --url cannot be used: unknown connection parameter prot; did you mean port?
  hint: use postgresql://user@host:port/database`,
  },
  'a server without TLS that is asked for it': {
    files: { 'a.sql': TABLE },
    args: ({ guarded }) => plan(`${guarded}?sslmode=require`),
    says: `
error[SC7016] cannot reach the database: The server does not support SSL connections
  hint: turn TLS on at the server, or say sslmode=disable if it needs none`,
  },
  'no password where one is asked for': {
    files: { 'a.sql': TABLE },
    args: ({ guarded }) => plan(guarded.replace(/:\w+@/, '@')),
    says: `
error[SC7016] the database asks for a password, and none was given
  hint: set PGPASSWORD, or add a line to ~/.pgpass`,
  },
  'a role that may not connect': {
    files: { 'a.sql': TABLE },
    args: ({ guarded }) => plan(guarded.replace(/postgres:\w+@/, 'visitor:s3cret@')),
    says: `
error[SC7017] the role may not do what is needed: permission denied for database "postgres" (SQLSTATE 42501)
  hint: grant it, or connect as another role`,
  },
  'a scratch server that is down': {
    files: { 'a.sql': TABLE },
    args: () => ['validate', '--desired', 'a.sql', '--scratch', 'postgresql://postgres@127.0.0.1:1/x'],
    says: `
error[SC7016] cannot reach the database: connect ECONNREFUSED 127.0.0.1:1 (the scratch server)
  hint: check that the server is up, its host and its port, e.g. with psql`,
  },
  'no database': {
    files: { 'a.sql': TABLE },
    args: () => ['plan', '--desired', 'a.sql'],
    says: `
error[SC7010] no database was named
  …
  hint: …`,
  },
  'a server that is down': {
    files: { 'a.sql': TABLE },
    args: () => plan('postgresql://postgres@127.0.0.1:1/x'),
    says: `
error[SC7016] cannot reach the database: connect ECONNREFUSED 127.0.0.1:1
  hint: check that the server is up, its host and its port, e.g. with psql`,
  },
  'a wrong password': {
    files: { 'a.sql': TABLE },
    args: ({ guarded }) => plan(guarded.replace(/postgres:\w+@/, 'postgres:s3cret@')),
    says: `
error[SC7016] the database refused the connection: password authentication failed for user "postgres" (SQLSTATE 28P01)
  hint: check the user and the password`,
  },
  'a role that does not exist': {
    files: { 'a.sql': TABLE },
    args: ({ url }) => plan(url.replace('postgres@', 'nobody_here@')),
    says: `
error[SC7016] the database refused the connection: role "nobody_here" does not exist (SQLSTATE 28000)
  hint: check the user and the password`,
  },
  'a database that does not exist': {
    files: { 'a.sql': TABLE },
    args: ({ url }) => plan(url.replace(/\/test_\w+/, '/nowhere_at_all')),
    says: `
error[SC7016] the database refused the connection: database "nowhere_at_all" does not exist (SQLSTATE 3D000)
  hint: create it, or correct its name`,
  },
  'a pattern of a kind that does not exist': {
    files: { 'a.sql': TABLE },
    args: ({ url }) => [...plan(url), '--manage', 'tabel:app.*'],
    says: `
error[SC2202] no kind of object is named tabel: tabel:app.*
  hint: did you mean table:app.*?`,
  },
  'a flag that does not exist': {
    files: {},
    args: ({ url }) => [...plan(url), '--desird', 'x'],
    code: 64,
    says: `
error[SC7020] nonexistent flag: --desird
  hint: did you mean --desired?`,
  },
};

export const CONFIGURATION: Readonly<Record<string, Broken>> = {
  'unknown keys': {
    files: {
      'schemactl.yaml': 'version: 1\ndesierd: [schemas]\nenvironments:\n  test: { url: postgresql://localhost/x, polcy: strict }\n',
    },
    args: () => ['plan', '--env', 'test'],
    says: `
error[SC7003] unknown key: desierd
  schemactl.yaml:2:1
     |
   2 | desierd: [schemas]
     | ^^^^^^^
     = the file has: …
  hint: did you mean desired?

error[SC7003] unknown key: polcy
  schemactl.yaml:4:42
     |
   4 |   test: { url: postgresql://localhost/x, polcy: strict }
     |                                          ^^^^^
     = environments.test has: …
  hint: did you mean policy?`,
  },
  'a folder': {
    files: { 'conf/schemactl.yaml': 'version: 1\n' },
    args: () => ['validate', '--config', 'conf'],
    says: `
error[SC7001] cannot read the configuration conf: …
  hint: give the path of a readable schemactl.yaml with --config`,
  },
  'a variable that is not set, and a policy that nothing defines': {
    files: {
      'schemactl.yaml':
        'version: 1\ndesired: [a.sql]\nenvironments:\n  test: { url: { env: NOT_SET_ANYWHERE }, policy: strict }\npolicies:\n  stirct: {}\n',
      'a.sql': TABLE,
    },
    args: () => ['plan', '--env', 'test'],
    says: `
error[SC7006] …
  schemactl.yaml:4:51
     |
   4 |   test: { url: { env: NOT_SET_ANYWHERE }, policy: strict }
     |                                                   ^^^^^^
  hint: did you mean stirct?`,
  },
  'an environment that nothing defines': {
    files: { 'schemactl.yaml': 'version: 1\ndesired: [a.sql]\nenvironments:\n  production: { url: postgresql://localhost/x }\n' },
    args: () => ['plan', '--env', 'prodution'],
    says: `
error[SC7006] no environment is named prodution
  schemactl.yaml has: production
  hint: did you mean production?`,
  },
  'YAML that does not end': {
    files: { 'schemactl.yaml': 'version: 1\ndesired: [schemas\nenvironments: {}\n' },
    args: () => ['plan', '--env', 'test'],
    says: `
error[SC7002] [ is never closed
  schemactl.yaml:2:10
     |
   2 | desired: [schemas
     |          ^
  hint: add ] where it ends`,
  },
};
