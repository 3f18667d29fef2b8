/** A foreign key of a partitioned table; before PostgreSQL 18 it can only be added NOT VALID to the partitions. */
import type { Strategy } from '../../support/online/strategy.js';
import { LOGS } from '../logs.js';
import { CUSTOMERS } from '../orders.js';

export const strategy: Strategy = {
  name: 'partitioned-foreign-key',
  title: 'a partitioned table refers to another',
  entities: [CUSTOMERS, LOGS],
};
