/** A foreign key between two tables that are both written. */
import type { Strategy } from '../../support/online/strategy.js';
import { CUSTOMERS, ORDERS } from '../orders.js';

export const strategy: Strategy = { name: 'add-foreign-key', title: 'a table refers to another', entities: [CUSTOMERS, ORDERS] };
