/** Diagnostics SC7xxx: configuration, connections, command line and files. */
import type { CodeEntry } from './entry.js';

export const CONFIGURATION: Readonly<Record<string, CodeEntry>> = {
  SC7001: {
    title: 'the configuration file cannot be read',
    cause: 'The file that --config or SCHEMACTL_CONFIG names does not exist, is a folder, or may not be read.',
    hint: 'give the path of a readable schemactl.yaml with --config',
  },
  SC7002: {
    title: 'the configuration file is not valid YAML',
    cause: "The text does not follow YAML's own rules: indentation by tabs, a key twice, a bracket that is not closed.",
    hint: 'correct the syntax at the place shown',
  },
  SC7003: {
    title: 'an unknown key',
    cause:
      'The key does not exist at this place, mostly because it is misspelt or stands one level too deep or too high. Nothing in a configuration is passed over.',
    hint: 'see docs/guides/configuration.md for the keys that exist',
  },
  SC7004: {
    title: 'a required key is missing',
    cause: 'The configuration cannot be read without the key.',
    hint: 'add the key',
  },
  SC7005: {
    title: 'a value of the wrong type or form',
    cause: 'The value is not of the type or form that the key takes, or contradicts another one.',
    hint: 'write the value in the form shown',
  },
  SC7006: {
    title: 'a name that nothing defines',
    cause: 'An environment, a policy or a similar name is used here and defined nowhere.',
    hint: 'define it in schemactl.yaml, or correct its spelling',
  },
  SC7010: {
    title: 'no database was named',
    cause: 'Neither a flag, nor the environment, nor a variable says which database is meant, and none is guessed.',
    hint: 'give --url or --env, or set DATABASE_URL',
  },
  SC7011: {
    title: 'a connection string cannot be used',
    cause: 'The text is neither a URL nor a list of key=value pairs as libpq reads them, or has a setting that cannot be honoured.',
    hint: 'use postgresql://user@host:port/database',
    example: `postgresql://app@db.example.org:5432/shop?sslmode=verify-full
host=db.example.org user=app dbname=shop sslmode=verify-full`,
  },
  SC7012: {
    title: 'an environment variable is not set',
    cause: 'The configuration takes a value from a variable that is not set or empty.',
    hint: 'set the variable',
    example: `environments:
  production:
    url: { env: PRODUCTION_URL }`,
  },
  SC7013: {
    title: 'the source of a connection string fails',
    cause: 'The file or the command that the configuration takes the connection string from gave none.',
    hint: 'run it by hand to see why',
  },
  SC7014: {
    title: 'a connection service is not defined',
    cause: 'The service is in none of the connection service files that were looked at.',
    hint: 'define it in the file that PGSERVICEFILE names, or in ~/.pg_service.conf',
  },
  SC7016: {
    title: 'the database cannot be reached',
    cause:
      'Nothing answers at the address, the server is starting or stopping, TLS does not come about, or the server refuses the role, the password or the database.',
    hint: 'check host, port, and credentials, e.g. with psql',
  },
  SC7017: {
    title: 'the role may not do what is needed',
    cause: 'The server answered, but the role lacks a privilege, such as CONNECT on the database or USAGE on a schema.',
    hint: 'grant it, or connect as another role',
  },
  SC7020: {
    title: 'the command line is wrong',
    cause: 'A command, a flag or a value is not known, is missing, or does not go with another one.',
    hint: 'see schemactl COMMAND --help',
  },
  SC7021: {
    title: 'no desired state was named',
    cause: 'Neither --desired nor the configuration says where the desired state is.',
    hint: 'give --desired PATH, or list it in schemactl.yaml',
  },
  SC7022: {
    title: 'a file cannot be read or written',
    cause: 'A path given for a result does not exist, is not writable, or the disk is full.',
    hint: 'check the folder and its permissions',
  },
  SC7023: {
    title: 'a file exists already',
    cause: 'Files of a project are not written over.',
    hint: 'move it away first',
  },
  SC7024: {
    title: 'a picture cannot be drawn',
    cause:
      'Graphviz in WebAssembly lays out what graph --format svg prints, and it could not, mostly because the graph is too large for its memory.',
    hint: 'draw what is near one address, or print --format dot and draw it with a Graphviz of your own',
  },
};
