/** Diagnostics SC7xxx: configuration, connections, command line and files. */
import type { CodeEntry } from './entry.js';

export const CONFIGURATION: Readonly<Record<string, CodeEntry>> = {
  SC7001: {
    title: 'the configuration file cannot be read',
    hint: 'give the path of a readable schemactl.yaml with --config',
  },
  SC7002: {
    title: 'the configuration file is not valid YAML',
    hint: 'correct the syntax at the place shown',
  },
  SC7003: {
    title: 'an unknown key',
    hint: 'see docs/guides/configuration.md for the keys that exist',
  },
  SC7004: {
    title: 'a required key is missing',
    hint: 'add the key',
  },
  SC7005: {
    title: 'a value of the wrong type or form',
    hint: 'write the value in the form shown',
  },
  SC7006: {
    title: 'a name that nothing defines',
    hint: 'define it in schemactl.yaml, or correct its spelling',
  },
  SC7010: {
    title: 'no database was named',
    hint: 'give --url or --env, or set DATABASE_URL',
  },
  SC7011: {
    title: 'a connection string cannot be used',
    hint: 'use postgresql://user@host:port/database',
  },
  SC7012: {
    title: 'an environment variable is not set',
    hint: 'set the variable',
  },
  SC7013: {
    title: 'the source of a connection string fails',
    hint: 'run it by hand to see why',
  },
  SC7014: {
    title: 'a connection service is not defined',
    hint: 'define it in the file that PGSERVICEFILE names, or in ~/.pg_service.conf',
  },
  SC7016: {
    title: 'the database cannot be reached',
    hint: 'check host, port, and credentials, e.g. with psql',
  },
  SC7017: {
    title: 'the role may not do what is needed',
    hint: 'grant it, or connect as another role',
  },
  SC7020: {
    title: 'the command line is wrong',
    hint: 'see schemactl COMMAND --help',
  },
  SC7021: {
    title: 'no desired state was named',
    hint: 'give --desired PATH, or list it in schemactl.yaml',
  },
  SC7022: {
    title: 'a file cannot be read or written',
    hint: 'check the folder and its permissions',
  },
  SC7023: {
    title: 'a file exists already',
    hint: 'move it away first',
  },
};
