/** NOT NULL on a column of a table in use. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = { name: 'set-not-null', title: 'a column becomes NOT NULL', entities: [ORDERS] };
