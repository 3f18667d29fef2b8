/** A partitioned table in use; its partitions are the strategy's own matter. */
import type { Entity } from '../support/online/strategy.js';
import { sometimes, tableShape, word } from './orders.js';

export const LOGS: Entity = {
  name: 'logs',
  columns: {
    customer: (random, _, rows) => String(1 + random.below(Math.max(1, Math.floor(rows / 10)))),
    text: (random) => sometimes(random, word(random)),
  },
  filled: `select i as id, 1 + i % greatest(1, $rows / 10) as customer, case when i % 3 = 0 then null else 'text ' || i end as text from generate_series(1, $rows) i`,
  into: 'app.logs (id, customer, text)',
  old: tableShape('app.logs', ['customer', 'text']),
};
