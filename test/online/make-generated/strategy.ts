/** A plain column becomes one that is computed from another one and stored. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = {
  name: 'make-generated',
  title: 'a plain column becomes a stored generated one',
  entities: [ORDERS],
  never: ['select gross from app.orders where gross is distinct from (total * 1.2)::numeric(12,2)'],
};
