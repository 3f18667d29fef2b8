/** A table with rows becomes a partition; it is used under both names meanwhile. */
import type { Strategy } from '../../support/online/strategy.js';
import { ARCHIVE, archiveShape, EVENTS } from '../events.js';

export const strategy: Strategy = {
  name: 'attach-partition',
  title: 'a table becomes a partition',
  entities: [EVENTS, { ...ARCHIVE, old: archiveShape('app.archive'), new: archiveShape('app.events') }],
};
