/** Diagnostics SC5xxx: the ledger and running a plan. */
import type { CodeEntry } from './entry.js';

export const APPLY: Readonly<Record<string, CodeEntry>> = {
  SC5101: {
    title: 'the ledger is damaged, or something else has its place',
    hint: 'restore the schema schemactl, or rename what is there',
  },
  SC5102: {
    title: 'the ledger may not be read',
    hint: 'grant usage on schema schemactl and select on its tables, or connect as its owner',
  },
  SC5103: {
    title: 'the ledger is newer than this schemactl',
    hint: 'use the newer version',
  },
  SC5104: {
    title: 'the plan was started before',
    hint: 'run apply again: it goes on where it stopped',
  },
  SC5105: {
    title: 'the plan or its phase is not open',
    hint: 'look at the table schemactl.plans',
  },
  SC5106: {
    title: 'the step is done already',
    hint: 'run apply again: it goes on after it',
  },
  SC5201: {
    title: 'the connection goes through a transaction pooler',
    hint: 'give the direct address of the server',
  },
  SC5202: {
    title: 'another schemactl is applying to the database',
    hint: 'wait until it is done, then run apply again',
  },
  SC5203: {
    title: 'the session that held the apply lock is gone',
    hint: 'run apply again: it goes on where it stopped',
  },
  SC5204: {
    title: 'the connected role cannot act as the role of the plan',
    hint: 'connect as that role, or make the plan as this one',
  },
  SC5205: {
    title: 'the server is a standby',
    hint: 'connect to the primary',
  },
  SC5206: {
    title: 'the expand phase has not run yet',
    hint: 'run apply with --phase expand first',
  },
  SC5207: {
    title: 'apply was interrupted',
    hint: 'run apply again: it goes on there',
  },
  SC5208: {
    title: 'a step did not get its lock',
    hint: 'run apply again when the other session is done',
  },
  SC5209: {
    title: 'a step failed',
    hint: 'mend the cause, then run the same apply again',
  },
  SC5210: {
    title: 'transactions are read-only',
    cause: 'The role or the database sets default_transaction_read_only, so that no step of a plan could write anything.',
    hint: 'set default_transaction_read_only to off for the role and the database that apply connects with',
  },
  SC5211: {
    title: 'the connection was lost and could not be made again',
    cause: 'The server or the network went away in the middle of a plan, and did not come back within a minute.',
    hint: 'run the same apply again when the server is back',
  },
  SC5301: {
    title: 'a step finds something else than the plan says',
    hint: 'make the plan again',
  },
  SC5302: {
    title: 'a step leaves something else than the plan says',
    hint: 'make the plan again',
  },
  SC5401: {
    title: 'something outside the plan changed meanwhile',
    hint: 'run schemactl plan to see what',
  },
  SC5501: {
    title: 'the plan is not approved, and there is no terminal to ask on',
    hint: 'approve it with --yes',
  },
  SC5502: {
    title: 'the plan was not approved',
    hint: 'type exactly what is asked for',
  },
};
