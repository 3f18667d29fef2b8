/** Diagnostics SC9xxx: bugs in schemactl. */
import type { CodeEntry } from './entry.js';

export const INTERNAL: Readonly<Record<string, CodeEntry>> = {
  SC9001: {
    title: 'a bug in schemactl',
    hint: 'report it with the output',
  },
  SC9002: {
    title: 'an export that differs from its database',
    hint: 'report it with the plan that is shown',
  },
};
