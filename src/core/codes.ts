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
