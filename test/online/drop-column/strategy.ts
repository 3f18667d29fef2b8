/** A column goes: in the contract phase, when only the application that knows it no more is left. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS, tableShape } from '../orders.js';

const LEFT = ['customer', 'status', 'total'];
const { note: _, ...columns } = ORDERS.columns;

export const strategy: Strategy = {
  name: 'drop-column',
  title: 'a column goes',
  entities: [
    {
      ...ORDERS,
      columns,
      into: 'app.orders (id, customer, status, total)',
      new: tableShape('app.orders', LEFT),
      old: { ...tableShape('app.orders', LEFT), range: ORDERS.old.range.replace('max(customer)', 'max(note)') },
    },
  ],
};
