/** A column gets another collation, with its index. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = {
  name: 'change-collation',
  title: 'a column gets another collation',
  entities: [ORDERS],
};
