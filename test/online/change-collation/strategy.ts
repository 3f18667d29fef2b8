/** A column gets another collation, with its index. */
import type { Entity, Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

/** Answers have a collation of their own: a statement whose columns change theirs cannot stay prepared in any way. */
const COLLATED: Entity = {
  ...ORDERS,
  old: { ...ORDERS.old, read: ORDERS.old.read.replace('status', 'status collate "default" as status') },
};

export const strategy: Strategy = { name: 'change-collation', title: 'a column gets another collation', entities: [COLLATED] };
