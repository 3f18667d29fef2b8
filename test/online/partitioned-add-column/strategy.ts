/** A new column of a partitioned table whose default differs per row. */
import type { Strategy } from '../../support/online/strategy.js';
import { LOGS } from '../logs.js';

export const strategy: Strategy = {
  name: 'partitioned-add-column',
  title: 'a column with a volatile default is added to a partitioned table',
  entities: [LOGS],
  never: ['select token from app.logs group by token having count(*) > 1'],
};
