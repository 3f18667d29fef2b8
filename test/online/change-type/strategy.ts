/** A column gets a wider type, with its index. */
import type { Entity, Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

/** Answers are texts: a statement whose columns change their type cannot stay prepared in any way. */
const TEXT_OF: Entity = {
  ...ORDERS,
  old: {
    ...ORDERS.old,
    read: ORDERS.old.read.replace('select customer', 'select customer::text as customer'),
    range: ORDERS.old.range.replace('max(customer)', 'max(customer)::text'),
  },
};

export const strategy: Strategy = { name: 'change-type', title: 'integer becomes bigint', entities: [TEXT_OF] };
