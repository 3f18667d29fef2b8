/** A table with rows, a foreign key, an index and a view becomes one that is partitioned by range. */
import type { Strategy } from '../../support/online/strategy.js';
import { CUSTOMERS, ORDERS } from '../orders.js';

export const strategy: Strategy = { name: 'partition-by-range', title: 'a table is partitioned by range', entities: [CUSTOMERS, ORDERS] };
