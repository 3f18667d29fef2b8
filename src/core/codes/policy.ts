/** Diagnostics SC3xxx: policy and hazards. */
import type { CodeEntry } from './entry.js';

export const POLICY: Readonly<Record<string, CodeEntry>> = {
  SC3001: {
    title: 'a hazard of a plan',
    hint: 'allow exactly this hazard with --allow HAZARD:ADDRESS, or keep the object in the desired state',
  },
};
