/** The catalogue of hazards, those of every kind and those of the plan itself. Names are never reused: policies and plans hold them. */
import type { HazardEntry } from './hazard-entry.js';
import { HAZARDS_OF_LOCKS } from './hazard-locks.js';
import { HAZARDS_OF_LOSS } from './hazard-losses.js';
import { HAZARDS_OF_MEANING } from './hazard-meanings.js';

export type { HazardEntry } from './hazard-entry.js';

/** By what they do; the words are headings for people. */
export const HAZARD_GROUPS: Readonly<Record<string, Readonly<Record<string, HazardEntry>>>> = {
  'Something is gone afterwards': HAZARDS_OF_LOSS,
  'Others wait': HAZARDS_OF_LOCKS,
  'Something means another thing afterwards': HAZARDS_OF_MEANING,
};

export const HAZARDS: Readonly<Record<string, HazardEntry>> = { ...HAZARDS_OF_LOSS, ...HAZARDS_OF_LOCKS, ...HAZARDS_OF_MEANING };
