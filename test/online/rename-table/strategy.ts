/** A table is renamed: old and new programs use either name until the contract phase. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS, tableShape } from '../orders.js';

export const strategy: Strategy = {
  name: 'rename-table',
  title: 'a table is known by two names',
  entities: [{ ...ORDERS, new: tableShape('app.purchases', Object.keys(ORDERS.columns)) }],
  plan: ['--online'],
};
