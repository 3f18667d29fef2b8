/** The type of a primary key, with the foreign keys that refer to it. */
import type { Entity, Strategy } from '../../support/online/strategy.js';
import { CUSTOMERS, ORDERS } from '../orders.js';

/** Answers are texts: a statement whose columns change their type cannot stay prepared in any way. */
const TEXT_OF: Entity = {
  ...ORDERS,
  old: {
    ...ORDERS.old,
    read: ORDERS.old.read.replace('select customer', 'select customer::text as customer'),
    range: ORDERS.old.range.replace('max(customer)', 'max(customer)::text'),
  },
};

export const strategy: Strategy = {
  name: 'change-key-type',
  title: 'integer keys become bigint, with what refers to them',
  entities: [CUSTOMERS, TEXT_OF],
};
