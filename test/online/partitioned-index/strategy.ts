/** An index of a partitioned table, built partition by partition. */
import type { Strategy } from '../../support/online/strategy.js';
import { LOGS } from '../logs.js';

export const strategy: Strategy = { name: 'partitioned-index', title: 'a partitioned table gets an index', entities: [LOGS] };
