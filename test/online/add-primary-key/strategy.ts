/** A primary key on a column that may be null until then. */
import type { Strategy } from '../../support/online/strategy.js';
import { sometimes, tableShape, word } from '../orders.js';

export const strategy: Strategy = {
  name: 'add-primary-key',
  title: 'a nullable column becomes the primary key',
  entities: [
    {
      name: 'events',
      columns: { kind: (random) => sometimes(random, word(random)), payload: (random) => word(random) },
      filled: `select i as id, case when i % 4 = 0 then null else 'kind ' || i % 9 end as kind, md5(i::text) as payload from generate_series(1, $rows) i`,
      into: 'app.events (id, kind, payload)',
      old: tableShape('app.events', ['kind', 'payload']),
    },
  ],
};
