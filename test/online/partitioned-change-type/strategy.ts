/** A column of a partitioned table gets a wider type, in all its partitions. */
import type { Entity, Strategy } from '../../support/online/strategy.js';
import { LOGS } from '../logs.js';

/** Answers are texts: a statement whose columns change their type cannot stay prepared in any way. */
const TEXT_OF: Entity = {
  ...LOGS,
  old: {
    ...LOGS.old,
    read: LOGS.old.read.replace('select customer', 'select customer::text as customer'),
    range: LOGS.old.range.replace('max(customer)', 'max(customer)::text'),
  },
};

export const strategy: Strategy = {
  name: 'partitioned-change-type',
  title: 'integer becomes bigint in a partitioned table',
  entities: [TEXT_OF],
};
