/** Diagnostics SC9xxx: bugs in schemactl. */
import type { CodeEntry } from './entry.js';

export const INTERNAL: Readonly<Record<string, CodeEntry>> = {
  SC9001: {
    title: 'a bug in schemactl',
    cause: 'Something happened that schemactl does not account for.',
    hint: 'report it with the output',
  },
  SC9002: {
    title: 'an export that differs from its database',
    cause: 'What was exported and read back differs from the database that it was exported from, so one of the two directions is wrong.',
    hint: 'report it with the plan that is shown',
  },
};
