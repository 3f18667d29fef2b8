/** A unique constraint on a column whose values are different already, with nulls among them. */
import type { Strategy } from '../../support/online/strategy.js';
import { sometimes, tableShape, word } from '../orders.js';

export const strategy: Strategy = {
  name: 'add-unique',
  title: 'a column becomes UNIQUE',
  entities: [
    {
      name: 'users',
      columns: {
        email: (random, key) => sometimes(random, `${key}-${word(random)}@example.org`),
        name: (random) => sometimes(random, word(random)),
      },
      filled: `select i as id, case when i % 5 = 0 then null else i || '@example.org' end as email, 'name ' || i as name from generate_series(1, $rows) i`,
      into: 'app.users (id, email, name)',
      old: tableShape('app.users', ['email', 'name']),
    },
  ],
};
