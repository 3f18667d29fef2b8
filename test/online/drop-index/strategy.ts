/** An index goes. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = { name: 'drop-index', title: 'an index goes', entities: [ORDERS] };
