/** A new column that is computed from another one and stored. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = {
  name: 'add-stored-generated',
  title: 'a stored generated column is added',
  entities: [ORDERS],
  never: ['select gross from app.orders where gross is distinct from (total * 1.2)::numeric(12,2)'],
};
