/** Diagnostics SC5xxx: the ledger and running a plan. */
import type { CodeEntry } from './entry.js';

export const APPLY: Readonly<Record<string, CodeEntry>> = {
  SC5101: {
    title: 'the ledger is damaged, or something else has its place',
    cause:
      'Tables of the schema schemactl are missing or changed, or the name is used by something else. The ledger says which plans ran and how far; without it nothing can be continued safely.',
    hint: 'restore the schema schemactl, or rename what is there',
  },
  SC5102: {
    title: 'the ledger may not be read',
    cause:
      'The ledger belongs to the role that applied first, and this role has no privilege on it. Planning and applying need to know what was applied before.',
    hint: 'grant usage on schema schemactl and select on its tables, or connect as its owner',
  },
  SC5103: {
    title: 'the ledger is newer than this schemactl',
    cause: 'A newer version of schemactl has written the ledger in a form that this one does not know.',
    hint: 'use the newer version',
  },
  SC5104: {
    title: 'the plan was started before',
    cause: 'The ledger has a row for this plan already, written by another run.',
    hint: 'run apply again: it goes on where it stopped',
  },
  SC5105: {
    title: 'the plan or its phase is not open',
    cause: 'The ledger says that the plan or the phase is finished, was aborted, or never began, so no step can be written down for it.',
    hint: 'look at the table schemactl.plans',
  },
  SC5106: {
    title: 'the step is done already',
    cause: 'The ledger has the step as done, mostly because another run did it in the meantime.',
    hint: 'run apply again: it goes on after it',
  },
  SC5201: {
    title: 'the connection goes through a transaction pooler',
    cause:
      'A pooler such as PgBouncer in transaction mode gives each transaction another server session. Session locks and settings, on which apply relies, do not survive that.',
    hint: 'give the direct address of the server',
  },
  SC5202: {
    title: 'another schemactl is applying to the database',
    cause: 'One apply at a time may work on a database; another session holds the lock.',
    hint: 'wait until it is done, then run it again; schemactl status says who it is',
  },
  SC5203: {
    title: 'the session that held the apply lock is gone',
    cause:
      'The connection that held the lock was ended, by a restart, the network, or an administrator. Without the lock another apply could start, so this one stops.',
    hint: 'run apply again: it goes on where it stopped',
  },
  SC5204: {
    title: 'the connected role cannot act as the role of the plan',
    cause:
      'The plan was proven for one role, whose objects and privileges come out differently under another. The connected role is not a member of it.',
    hint: 'connect as that role, or make the plan as this one',
  },
  SC5205: {
    title: 'the server is a standby',
    cause: 'A standby takes no changes.',
    hint: 'connect to the primary',
  },
  SC5206: {
    title: 'the expand phase has not run yet',
    cause: 'The contract phase takes away what the expand phase has replaced, so it comes second.',
    hint: 'run apply with --phase expand first',
  },
  SC5207: {
    title: 'apply was interrupted',
    cause:
      'The process was asked to end (SIGINT, SIGTERM). What was committed stays and is in the ledger; the step that was running was rolled back or will be recovered.',
    hint: 'run apply again: it goes on there',
  },
  SC5208: {
    title: 'a step did not get its lock',
    cause:
      'Another session holds a lock on the same object for longer than all tries of the step together. The step never waits long, because all later queries would queue behind it.',
    hint: 'run apply again when the other session is done',
  },
  SC5209: {
    title: 'a step failed',
    cause:
      'The server refused a statement of the step, mostly because of the rows (a duplicate, a null, a value that does not fit) or the surroundings (disk, memory, a cancelled statement).',
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
  SC5212: {
    title: 'the server refused what apply needs beside the steps',
    cause:
      'Apply reads the catalog and writes its ledger around every step. Somebody took something of that away while the plan was applied: the schema schemactl, a privilege, the database.',
    hint: 'mend what the message says, then run the same apply again: the step under way was not recorded, and its own transaction was rolled back',
  },
  SC5213: {
    title: 'nothing says whether a step ran',
    cause:
      'Apply was stopped in a step that runs outside a transaction and leaves the catalog as it was, and the plan has no query that tells whether it is done.',
    hint: 'find out by hand, correct its row in schemactl.steps, and run apply again',
  },
  SC5221: {
    title: 'the role lacks a privilege that the plan needs',
    cause:
      'A statement of a step, or the ledger, needs a privilege that the role of the plan does not have here. All that are missing are listed, before anything is changed.',
    hint: 'grant what each finding says; what is granted on an object that is managed changes what the plan starts from, so make it again',
    example: 'grant create on schema app to deployer;',
  },
  SC5301: {
    title: 'a step finds something else than the plan says',
    cause: 'Between planning and this step somebody or something else changed an object that the step touches. The step was not run.',
    hint: 'make the plan again',
  },
  SC5302: {
    title: 'a step leaves something else than the plan says',
    cause:
      'After the step the objects are not what was proven in scratch: an event trigger, another session, or a server that behaves differently. A step in a transaction was rolled back.',
    hint: 'make the plan again',
  },
  SC5303: {
    title: 'rows stand in the way of a step',
    cause:
      'The step needs the rows to be in a state that some are not in: values that a constraint forbids, or an old and a new column that do not say the same.',
    hint: 'correct the rows that are named, then run the same apply again: it goes on at this step',
  },
  SC5304: {
    title: 'the contract phase is held back',
    cause:
      'The expand phase is done, and the plan says how long old programs are given from then on, or for how long nothing may have used what goes; or somebody has paused the plan.',
    hint: 'run apply with --phase contract when the time has come; schemactl resume ends a pause',
  },
  SC5305: {
    title: 'the use of what goes cannot be seen',
    cause:
      'The plan holds its contract phase back until nothing uses what that takes away (contract_after_unused), and the server does not count it: columns and views take the extension pg_stat_statements and a role that may read all of it, tables take track_counts.',
    hint: 'let the server count it, or leave contract_after_unused out and make the plan again',
  },
  SC5401: {
    title: 'something outside the plan changed meanwhile',
    cause:
      'Another session changed objects that the plan does not touch while it was applied. The plan is applied; the next plan shows what changed.',
    hint: 'run schemactl plan to see what',
  },
  SC5501: {
    title: 'the plan is not approved, and there is no terminal to ask on',
    cause: 'Apply asks before it begins, and standard input or standard error is not a terminal, as in a pipeline.',
    hint: 'approve it with --yes',
  },
  SC5502: {
    title: 'the plan was not approved',
    cause: 'The answer was not the word that was asked for.',
    hint: 'type exactly what is asked for',
  },
  SC5503: {
    title: 'what would be ended or taken back is not approved',
    cause: 'Unlock and abort ask before they change anything, and the answer was no, or there is no terminal to ask on.',
    hint: 'approve it with --yes',
  },
  SC5601: {
    title: 'the apply lock is held, and its holder is not known to be dead',
    cause:
      'Unlock ends only sessions of schemactl whose client is provably dead: a process of the machine it runs on that is gone, or a lock whose working session is gone. A client on another machine may be alive however silent it is.',
    hint: 'wait until it is done, or make sure that the client is dead and let an administrator end the session that is named',
  },
  SC5602: {
    title: 'this role may not end the session of a dead client',
    cause:
      'PostgreSQL lets a session be ended by its own role, by members of pg_signal_backend, and that of a superuser by superusers only.',
    hint: 'connect as the role of that session, or let a superuser grant pg_signal_backend',
  },
  SC5701: {
    title: 'no plan with that id was started here',
    cause: 'Only a plan that apply began is in the ledger; one that was never started needs no abort.',
    hint: 'look at schemactl status',
  },
  SC5702: {
    title: 'the plan is completed and cannot be aborted',
    cause: 'All steps of the plan took effect. Going back from there is a change like any other.',
    hint: 'take the desired state back to what it was and make a plan of that',
  },
  SC5703: {
    title: 'a step that is done cannot be undone',
    cause: 'The plan holds no statements that undo the step: what it dropped or changed is gone, or PostgreSQL cannot take it back.',
    hint: 'keep what is done with --keep, or finish the plan',
  },
  SC5704: {
    title: 'undoing a step failed',
    cause:
      'The server refused a statement that undoes a step, for example because of rows that came since. The steps after it are undone already.',
    hint: 'mend the cause and run abort again, or keep the rest with --keep',
  },
  SC5705: {
    title: 'undoing a step did not lead back',
    cause: 'After the statements that undo a step the objects are not what they were before it. In a transaction they were rolled back.',
    hint: 'keep what is done with --keep, and make a new plan from there',
  },
  SC5706: {
    title: 'what the plan touches was changed by others, so it cannot be undone',
    cause: 'Undoing begins where the plan stopped. Another session has changed an object that the plan touches since.',
    hint: 'take that change back, or keep what is done with --keep',
  },
  SC5707: {
    title: 'the plan was aborted before',
    cause: 'Its state in the ledger is final already.',
    hint: 'nothing needs to be done',
  },
  SC5708: {
    title: 'the plan was aborted, and what it did is kept',
    cause: 'With --keep nothing is undone: the database stays where the plan stopped.',
    hint: 'make a new plan: it starts from there',
  },
  SC5709: {
    title: 'abort was interrupted',
    cause: 'A signal ended abort between two steps. What was undone is recorded.',
    hint: 'run abort again: it goes on there',
  },
};
