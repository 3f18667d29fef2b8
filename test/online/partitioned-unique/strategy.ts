/** A unique constraint of a partitioned table, built partition by partition. */
import type { Strategy } from '../../support/online/strategy.js';
import { LOGS } from '../logs.js';

export const strategy: Strategy = { name: 'partitioned-unique', title: 'a partitioned table gets a UNIQUE', entities: [LOGS] };
