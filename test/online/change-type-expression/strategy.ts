/** A column gets another type by an expression. */
import type { Entity, Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

/** Answers are texts: a statement whose columns change their type cannot stay prepared in any way. */
const TEXT_OF: Entity = {
  ...ORDERS,
  old: {
    ...ORDERS.old,
    rows: ORDERS.old.rows.replace('total', 'total::numeric(10,2) as total'),
    read: ORDERS.old.read.replace('total', 'total::numeric(10,2)::text as total'),
  },
};

export const strategy: Strategy = {
  name: 'change-type-expression',
  title: 'numeric becomes double precision by an expression',
  entities: [TEXT_OF],
};
