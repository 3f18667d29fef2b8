/** A table with rows becomes one that is partitioned by hash. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = { name: 'partition-by-hash', title: 'a table is partitioned by hash', entities: [ORDERS] };
