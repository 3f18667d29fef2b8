/** A new column that numbers the rows, by a sequence. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = {
  name: 'add-column-serial',
  title: 'a serial column is added',
  entities: [ORDERS],
  never: ['select place from app.orders group by place having count(*) > 1'],
};
