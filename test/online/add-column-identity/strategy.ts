/** A new identity column. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = {
  name: 'add-column-identity',
  title: 'an identity column is added',
  entities: [ORDERS],
  never: ['select place from app.orders group by place having count(*) > 1'],
};
