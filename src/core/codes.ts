/**
 * The catalogue of diagnostic codes: what each one says in general and the usual way out. Codes are never reused or renumbered.
 * SC1 desired files, SC2 hints, diff and scope, SC3 policy and hazards, SC4 catalog and coverage, SC5 apply, SC6 trust and plan file,
 * SC7 configuration and connection, SC8 scratch, SC9 internal.
 */

export interface CodeEntry {
  readonly title: string;
  readonly hint: string;
}

export const CODES: Readonly<Record<string, CodeEntry>> = {
  SC1002: { title: 'a statement that a desired schema cannot hold', hint: 'remove it: a desired schema says what exists, not how to get there' },
  SC1003: { title: 'a psql command in a desired file', hint: 'remove the line' },
  SC1004: { title: 'a setting that a desired file cannot make', hint: 'remove the SET; owners and settings are declared beside the object' },
  SC1005: { title: 'a DROP IF EXISTS that has no effect', hint: 'remove it' },
  SC1006: { title: 'a DROP in a desired schema', hint: 'remove the DROP and the declaration of what it drops' },
  SC1007: { title: 'a DO block that does more than guard definitions', hint: 'write the definitions themselves' },
  SC1008: { title: 'a DO block that defines nothing', hint: 'remove it' },
  SC1009: { title: 'a name that PostgreSQL would cut off', hint: 'shorten it to at most 63 bytes' },
  SC1010: { title: 'the same thing is declared twice', hint: 'remove one of the two' },
  SC1011: { title: 'IF NOT EXISTS of what is declared already', hint: 'remove one of the two' },
  SC1012: { title: 'a temporary object', hint: 'remove TEMPORARY, or the statement' },
  SC1013: { title: 'a syntax error in SQL', hint: 'correct the statement' },
  SC1015: { title: 'a desired file or folder cannot be read', hint: 'correct the path' },
  SC1016: { title: 'a desired file is not UTF-8', hint: 'convert it, e.g. with iconv -t utf-8' },
  SC1017: { title: 'a file that holds no desired state', hint: 'name it .sql, .yaml or .yml' },
  SC1021: { title: 'an unknown hint', hint: 'use renamed_from, using, backfill or deprecated' },
  SC1022: { title: 'a hint without a value', hint: 'write -- schemactl: NAME VALUE' },
  SC1023: { title: 'a hint that is attached to nothing', hint: 'put it on the line of what it speaks of, or right before it' },
  SC1030: { title: 'declarations that need each other', hint: 'break the cycle with an ALTER of its own' },
  SC1201: { title: 'PostgreSQL refuses a declaration', hint: 'correct the statement at the place shown' },
  SC1203: { title: 'a declaration names something that does not exist', hint: 'declare it, or correct its name' },
  SC3001: {
    title: 'a hazard is blocked by policy',
    hint: 'allow exactly this hazard with --allow HAZARD:ADDRESS, or keep the object in the desired state',
  },
  SC7001: { title: 'the configuration file cannot be read', hint: 'give the path of a readable schemactl.yaml with --config' },
  SC7002: { title: 'the configuration file is not valid YAML', hint: 'correct the syntax at the place shown' },
  SC7003: { title: 'unknown key', hint: 'see docs/guides/configuration.md for the keys that exist' },
  SC7004: { title: 'a required key is missing', hint: 'add the key' },
  SC7005: { title: 'a value of the wrong type or form', hint: 'write the value in the form shown' },
  SC7006: { title: 'a name that nothing defines', hint: 'define it in schemactl.yaml or correct its spelling' },
  SC7007: { title: 'a password is written in the configuration file', hint: 'use url: {env: NAME}, {file: PATH} or {command: [...]}' },
  SC7010: { title: 'no database was named', hint: 'give --url, --env, or set DATABASE_URL' },
  SC7011: { title: 'a connection string cannot be read', hint: 'use postgresql://user@host:port/database' },
  SC7012: { title: 'an environment variable is not set', hint: 'set the variable' },
  SC7013: { title: 'a file or command that should give the connection string fails', hint: 'run it by hand to see why' },
  SC7014: {
    title: 'a connection service is not defined',
    hint: 'define it in the file that PGSERVICEFILE names, or in ~/.pg_service.conf',
  },
  SC7015: { title: 'TLS settings cannot be used', hint: 'correct sslmode and the certificate files' },
  SC7016: { title: 'the database cannot be reached', hint: 'check host, port, and credentials, e.g. with psql' },
  SC7020: { title: 'a command-line value is not valid', hint: 'see the help of the command' },
  SC7021: { title: 'no desired state was named', hint: 'give --desired PATH or a schemactl.yaml with desired' },
  SC7022: { title: 'a file cannot be written', hint: 'check the folder and its permissions' },
  SC7023: { title: 'a file exists already', hint: 'move it away first' },
  SC8021: { title: 'an extension is not installed where the scratch database is', hint: 'give a server that has it with --scratch' },
  SC9001: { title: 'a bug in schemactl', hint: 'report it with the output' },
};
