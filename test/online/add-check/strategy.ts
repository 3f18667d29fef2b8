/** A check over several columns. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = { name: 'add-check', title: 'a table gets a CHECK', entities: [ORDERS] };
