/** A table with rows becomes one that is partitioned by range. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = { name: 'partition-by-range', title: 'a table is partitioned by range', entities: [ORDERS] };
