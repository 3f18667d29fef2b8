/** The same by a key of two columns, beside a DEFAULT partition with rows, neither of which ATTACH reads. */
import type { Strategy } from '../../support/online/strategy.js';
import { ARCHIVE, archiveShape, EVENTS } from '../events.js';

export const strategy: Strategy = {
  name: 'attach-partition-columns',
  title: 'a table becomes a partition by two columns, beside a DEFAULT one',
  plan: ['--online'],
  entities: [EVENTS, { ...ARCHIVE, old: archiveShape('app.archive'), new: archiveShape('app.events') }],
};
