/** A table with rows becomes one that is partitioned by list: an update moves a row to another partition. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = { name: 'partition-by-list', title: 'a table is partitioned by list', entities: [ORDERS] };
