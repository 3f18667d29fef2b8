/** Two columns are renamed: old and new programs use either name until the contract phase. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';
import { renamedShape } from '../renamed-shape.js';

export const strategy: Strategy = {
  name: 'rename-column',
  title: 'columns are known by two names',
  entities: [{ ...ORDERS, new: renamedShape(ORDERS.old, { customer: 'client', note: 'remark' }) }],
  plan: ['--online'],
};
