/** Diagnostics SC3xxx: policy and hazards. */
import type { CodeEntry } from './entry.js';

export const POLICY: Readonly<Record<string, CodeEntry>> = {
  SC3001: {
    title: 'a hazard of a plan',
    cause:
      'A step of the plan can destroy data, break running programs or hold them up, and neither the policy of the environment nor a flag allows it.',
    hint: 'allow exactly this hazard with --allow HAZARD:ADDRESS, or keep the object in the desired state',
    example: 'schemactl plan --env production --allow drop-column:app.orders.note',
  },
};
