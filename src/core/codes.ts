/**
 * The catalogue of diagnostic codes: what each one says in general, how it comes about and the usual way out. Codes are never reused or
 * renumbered. SC1 desired files, SC2 hints, diff and scope, SC3 policy and hazards, SC4 catalog and coverage, SC5 apply, SC6 trust and plan
 * file, SC7 configuration and connection, SC8 scratch, SC9 internal: the first digit says which file of core/codes/ holds the entry.
 */
import { APPLY } from './codes/apply.js';
import { CATALOG } from './codes/catalog.js';
import { COMPARISON } from './codes/comparison.js';
import { CONFIGURATION } from './codes/configuration.js';
import { DESIRED_FILES } from './codes/desired-files.js';
import type { CodeEntry } from './codes/entry.js';
import { INTERNAL } from './codes/internal.js';
import { PLAN_FILE } from './codes/plan-file.js';
import { POLICY } from './codes/policy.js';
import { SCRATCH } from './codes/scratch.js';

export type { CodeEntry } from './codes/entry.js';

/** What the first digit of a code stands for. */
export const CODE_GROUPS: Readonly<Record<string, string>> = {
  SC1: 'Desired files',
  SC2: 'Hints, comparison, scope and order',
  SC3: 'Policy and hazards',
  SC4: 'Reading the catalog',
  SC5: 'The ledger and running a plan',
  SC6: 'The plan file, its signatures and its validity',
  SC7: 'Configuration, connection, command line and files',
  SC8: 'Scratch databases',
  SC9: 'Bugs in schemactl',
};

export const CODES: Readonly<Record<string, CodeEntry>> = {
  ...DESIRED_FILES,
  ...COMPARISON,
  ...POLICY,
  ...CATALOG,
  ...APPLY,
  ...PLAN_FILE,
  ...CONFIGURATION,
  ...SCRATCH,
  ...INTERNAL,
};
