/** Diagnostics SC2xxx: hints, comparison, scope and order. */
import type { CodeEntry } from './entry.js';

export const COMPARISON: Readonly<Record<string, CodeEntry>> = {
  SC2102: {
    title: 'a rename hint that has done its work',
    cause: 'The database has the new name already. The hint would do nothing, and keeping it hides a later rename.',
    hint: 'remove the hint',
  },
  SC2103: {
    title: 'a rename hint whose old name is declared as well',
    cause: 'The old name is declared, so it is to stay, and the hint says that it is to go.',
    hint: 'remove the declaration of the old name, or the hint',
  },
  SC2104: {
    title: 'a rename hint of which both names exist',
    cause:
      'The database has an object under the old name and one under the new name, so renaming the one onto the other is impossible, and neither may be given up silently.',
    hint: 'drop one of them by hand, or remove the hint',
  },
  SC2105: {
    title: 'a rename that PostgreSQL cannot do',
    cause: 'PostgreSQL has no statement that renames objects of this kind.',
    hint: 'remove the hint',
  },
  SC2106: {
    title: 'a rename hint of which neither name exists',
    cause:
      'The database has neither the old nor the new name, so there is nothing to rename and the object is simply created. That is usual in a new database.',
    hint: 'remove the hint if the database is new',
  },
  SC2107: {
    title: 'two objects renamed from one name',
    cause: 'One object cannot become two.',
    hint: 'keep one of the hints',
  },
  SC2108: {
    title: 'a hint that is of no use',
    cause: "A hint says how to get from the database's state to the desired one, and this plan has no change that it could speak of.",
    hint: 'remove the hint',
  },
  SC2201: {
    title: 'a managed schema that nothing names any more',
    cause:
      'The last applied plan managed the schema, and no file names it now. Whether it is to be dropped or to be left alone cannot be told from that.',
    hint: 'say which with --manage or --ignore',
    example: `schemactl plan --ignore old_schema      # leave it alone
schemactl plan --manage old_schema --manage app --allow drop-table:old_schema.t   # drop it`,
  },
  SC2202: {
    title: 'a pattern of a kind that does not exist',
    cause: 'Patterns are SCHEMA, SCHEMA.NAME or KIND:SCHEMA.NAME, and the word before the colon is no kind of object that schemactl knows.',
    hint: 'correct the word before the colon',
    example: '--manage app --manage shop.orders --ignore shop.tmp_*',
  },
  SC2203: {
    title: 'something of the whole server is declared and not managed',
    cause:
      'What belongs to the whole server is only managed where a pattern lists it, and the role that plans and the bootstrap superuser never are: no plan may change who it runs as.',
    hint: 'list it with --manage, or remove the statement',
  },
  SC2204: {
    title: 'another name of the database',
    cause:
      'ALTER DATABASE and ALTER ROLE … IN DATABASE name a database. A desired state is of one database, which may have other names elsewhere: one other name is taken for it, with this warning; two are an error.',
    hint: 'name one database only',
  },
  SC2301: {
    title: 'something that is not managed depends on what is changed',
    cause:
      'The change makes it necessary to drop or to make again an object that is outside the scope of the plan. What is not managed is never dropped or changed.',
    hint: 'add it to the desired state and to the scope',
  },
  SC2302: {
    title: 'changes that wait for each other',
    cause:
      'Each of these changes can only be made after another one of them. A chain like that mostly comes from changing several objects that use each other at once.',
    hint: 'make the change in two plans',
  },
  SC2401: {
    title: 'an index that cannot leave its partitioned index alone',
    cause: 'PostgreSQL has no statement that takes an index off its partitioned index.',
    hint: 'drop the partitioned index too, or detach the partition',
  },
  SC2402: {
    title: 'planning was interrupted',
    cause: 'The process was asked to end (SIGINT, SIGTERM) while it planned. Planning changes nothing.',
    hint: 'run the command again',
  },
  SC2403: {
    title: 'a plan is open',
    cause: 'A plan was started here and not finished: it stopped, it runs now, or its contract phase is still to come.',
    hint: 'finish it with apply, or give it up with schemactl abort',
  },
  SC2404: {
    title: 'the desired state has moved away from an open plan',
    cause:
      'A plan stands between two states, and where it leads is no longer what the files say. Finishing it and planning on top of it would both be wrong.',
    hint: 'give it up with schemactl abort and plan again, or plan from where it stands with --supersede',
  },
  SC2405: {
    title: 'the plan to be superseded is not open',
    cause: 'Only a plan that was started and not finished can be taken over from where it stands.',
    hint: 'look at schemactl status, and leave out --supersede',
  },
  SC2406: {
    title: 'a table is partitioned otherwise, and changes in another way too',
    cause:
      'The rows of a table that becomes partitioned, or gets other partitions or none, are copied as they are. Where its columns change at the same time, or it is a partition or a child itself, there is no such copy, and its rows are never dropped instead.',
    hint: 'make the change in two plans',
  },
  SC2407: {
    title: 'dropped tables have been kept for long enough',
    cause:
      'Dropped tables are kept (retire_for) in a schema of their own until the date in its comment. That date has passed; only a plan drops them.',
    hint: 'plan with --purge, or write a later date into the comment of the schema',
  },
  SC2408: {
    title: 'a hint says how a column comes back that does not go',
    cause:
      'The hint down says how programs that know the new columns alone keep the old one right until it is dropped. The column that it names is not there, or stays.',
    hint: 'name the column that goes in the same plan, or leave the hint out',
  },
  SC2501: {
    title: 'no edit of the files says what the database has',
    cause:
      'Pull changes as little of the files as it can and asks the server whether they now say what the database has. It tried clauses, added statements and whole statements for this object, and none of them came to that.',
    hint: 'change the files by hand; schemactl plan shows what differs',
  },
  SC2502: {
    title: 'a file changed while it was being edited',
    cause: 'Between reading the desired files and writing them back somebody else wrote to one of them. Nothing was written over it.',
    hint: 'run the command again',
  },
  SC2503: {
    title: 'a source that nothing can be written into',
    cause:
      'Both pull and fmt write desired files. A command, a revision of git, a database, a snapshot or a plan gives a state and takes none: change what it comes from.',
    hint: 'name files or folders with --desired',
  },
  SC2504: {
    title: 'a value in the place of a variable',
    cause:
      'Where a desired file says ${name}, the database has something else than the value of the variable. Written over it, one database would decide for all environments, so pull leaves the file as it is and says where.',
    hint: 'change the value of the variable, or the file, by hand',
  },
  SC2505: {
    title: 'comments that an export would write over',
    cause:
      'The file that export would write is there, holds comments, and says something else than the database. Export writes whole files, which no comment would survive, so it writes none at all.',
    hint: 'write the changes in place with schemactl pull, or give --overwrite',
  },
  SC2510: {
    title: 'pull would lose declared rows',
    cause:
      'The change can only be written by writing the whole entry of the table anew, as the database has it, and rows are no part of what pull reads there.',
    hint: 'change the entry by hand (schemactl plan shows the difference)',
  },
  SC2511: {
    title: 'declared rows that an export would write over',
    cause:
      'The file that export would write is there and declares rows of a table. Export writes whole files, and no rows but those of tables that --rows names.',
    hint: 'give --rows for each of its tables with rows, or write what changed into it, in place, with schemactl pull',
  },
};
