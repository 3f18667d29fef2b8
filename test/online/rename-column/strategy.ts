/** Two columns are renamed: old and new programs use either name until the contract phase. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS, tableShape } from '../orders.js';

const renamed = (text: string): string => text.replace(/(?<![$\w])customer\b/g, 'client').replace(/(?<![$\w])note\b/g, 'remark');
const old = tableShape('app.orders', Object.keys(ORDERS.columns));
const back = (text: string): string => text.replace(/\bclient\b/, 'client as customer').replace(/\bremark\b/, 'remark as note');

export const strategy: Strategy = {
  name: 'rename-column',
  title: 'columns are known by two names',
  entities: [
    {
      ...ORDERS,
      old,
      new: {
        rows: back(renamed(old.rows)),
        read: back(renamed(old.read)),
        range: renamed(old.range),
        insert: renamed(old.insert),
        updates: old.updates.map(({ sql, sets }) => ({ sql: renamed(sql), sets })),
        delete: old.delete,
      },
    },
  ],
  plan: ['--online'],
};
