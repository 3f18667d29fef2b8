/** A partition becomes a table of its own: in the contract phase, because who reads the parent no more finds its rows. */
import type { Strategy } from '../../support/online/strategy.js';
import { ARCHIVE, archiveShape, EVENTS } from '../events.js';

export const strategy: Strategy = {
  name: 'detach-partition',
  title: 'a partition becomes a table',
  entities: [EVENTS, { ...ARCHIVE, old: archiveShape('app.events'), new: archiveShape('app.archive') }],
};
