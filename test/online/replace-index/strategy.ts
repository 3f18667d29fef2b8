/** An index of the same name with other columns: there is always one. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

export const strategy: Strategy = { name: 'replace-index', title: 'an index gets other columns', entities: [ORDERS] };
