/** Diagnostics SC2xxx: hints, comparison, scope and order. */
import type { CodeEntry } from './entry.js';

export const COMPARISON: Readonly<Record<string, CodeEntry>> = {
  SC2102: {
    title: 'a rename hint that has done its work',
    hint: 'remove the hint',
  },
  SC2103: {
    title: 'a rename hint whose old name is declared as well',
    hint: 'remove the declaration of the old name, or the hint',
  },
  SC2104: {
    title: 'a rename hint of which both names exist',
    hint: 'drop one of them by hand, or remove the hint',
  },
  SC2105: {
    title: 'a rename that PostgreSQL cannot do',
    hint: 'remove the hint',
  },
  SC2106: {
    title: 'a rename hint of which neither name exists',
    hint: 'remove the hint if the database is new',
  },
  SC2107: {
    title: 'two objects renamed from one name',
    hint: 'keep one of the hints',
  },
  SC2108: {
    title: 'a hint that is of no use',
    hint: 'remove the hint',
  },
  SC2201: {
    title: 'a managed schema that nothing names any more',
    hint: 'say which with --manage or --ignore',
  },
  SC2202: {
    title: 'a pattern of a kind that does not exist',
    hint: 'correct the word before the colon',
  },
  SC2301: {
    title: 'something that is not managed depends on what is changed',
    hint: 'add it to the desired state and to the scope',
  },
  SC2302: {
    title: 'changes that wait for each other',
    hint: 'make the change in two plans',
  },
  SC2401: {
    title: 'an index that cannot leave its partitioned index alone',
    hint: 'drop the partitioned index too, or detach the partition',
  },
  SC2402: {
    title: 'planning was interrupted',
    hint: 'run the command again',
  },
};
