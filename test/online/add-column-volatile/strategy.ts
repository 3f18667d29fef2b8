/** A new column whose default differs per row. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = {
  name: 'add-column-volatile',
  title: 'a column with a volatile default is added',
  entities: [ORDERS],
  never: ['select token from app.orders group by token having count(*) > 1'],
};
