/** Two columns of a partitioned table are renamed: old and new programs use either name until the contract phase. */
import type { Strategy } from '../../support/online/strategy.js';
import { LOGS } from '../logs.js';
import { renamedShape } from '../renamed-shape.js';

export const strategy: Strategy = {
  name: 'partitioned-rename-column',
  title: 'columns of a partitioned table are known by two names',
  entities: [{ ...LOGS, new: renamedShape(LOGS.old, { customer: 'client', text: 'content' }) }],
  plan: ['--online'],
};
