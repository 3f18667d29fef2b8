/** A foreign key whose referenced table is partitioned. */
import type { Strategy } from '../../support/online/strategy.js';
import { LOGS } from '../logs.js';
import { sometimes, tableShape, word } from '../orders.js';

export const strategy: Strategy = {
  name: 'foreign-key-to-partitioned',
  title: 'a table refers to a partitioned one',
  entities: [
    { ...LOGS, deletes: 'inserted' },
    {
      name: 'remarks',
      columns: {
        log: (random, _, rows) => sometimes(random, String(1 + random.below(rows))),
        body: (random) => word(random),
      },
      filled: `select i as id, case when i % 3 = 0 then null else i end as log, 'body ' || i as body from generate_series(1, $rows) i`,
      into: 'app.remarks (id, log, body)',
      old: tableShape('app.remarks', ['log', 'body']),
    },
  ],
};
