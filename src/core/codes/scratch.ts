/** Diagnostics SC8xxx: scratch databases. */
import type { CodeEntry } from './entry.js';

export const SCRATCH: Readonly<Record<string, CodeEntry>> = {
  SC8001: {
    title: "no embedded PostgreSQL of the server's major version",
    hint: 'install it, or give a server with --scratch URL',
  },
  SC8002: {
    title: 'a superuser would evaluate the desired state on the target',
    hint: 'use --scratch embedded, or type --scratch target to consent',
  },
  SC8003: {
    title: 'the embedded PostgreSQL lacks an extension',
    hint: 'give a server that has it with --scratch URL',
  },
  SC8021: {
    title: 'an extension is not installed where scratch is',
    hint: 'give a server that has it with --scratch URL',
  },
  SC8031: {
    title: 'no embedded PostgreSQL is installed for this platform',
    hint: 'npm install --include=optional, or give a server with --scratch URL',
  },
  SC8032: {
    title: 'the embedded PostgreSQL does not run here',
    hint: 'give a server with --scratch URL',
  },
  SC8101: {
    title: 'a statement of the plan fails in scratch',
    hint: 'give a scratch server that is more like the live one with --scratch URL',
  },
};
