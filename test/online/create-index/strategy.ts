/** An index, with a condition. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = { name: 'create-index', title: 'a table gets an index', entities: [ORDERS] };
