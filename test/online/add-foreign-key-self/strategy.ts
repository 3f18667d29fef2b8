/** A foreign key of a table to itself: nodes that were there to begin with stay, the others come and go. */
import type { Strategy } from '../../support/online/strategy.js';
import { sometimes, tableShape, word } from '../orders.js';

export const strategy: Strategy = {
  name: 'add-foreign-key-self',
  title: 'a table refers to itself',
  entities: [
    {
      name: 'nodes',
      columns: {
        parent: (random, _, rows) => sometimes(random, String(1 + random.below(rows))),
        label: (random) => word(random),
      },
      filled: `select i as id, case when i % 3 = 0 then null else 1 + i / 2 end as parent, 'node ' || i as label from generate_series(1, $rows) i`,
      into: 'app.nodes (id, parent, label)',
      deletes: 'inserted',
      old: tableShape('app.nodes', ['parent', 'label']),
    },
  ],
};
