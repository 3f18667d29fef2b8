/** Labels of an enum get another order. Statements that are prepared with the type itself, in what they take or return, end with it. */
import type { Shape, Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

const asText = (text: string): string => text.replace(/(?<![$\w])status\b(?! =)/, 'status::text as status');
const fromText = (text: string): string => text.replaceAll('$status', '$status::text::app.state');
const { rows, read, range, insert, updates, delete: gone } = ORDERS.old;
const old: Shape = {
  rows: asText(rows),
  read: asText(read),
  range,
  insert: fromText(insert),
  updates: updates.map(({ sql, sets }) => ({ sql: fromText(sql), sets })),
  delete: gone,
};

export const strategy: Strategy = {
  name: 'reorder-enum',
  title: 'labels of an enum get another order',
  entities: [{ ...ORDERS, old, filled: ORDERS.filled.replace(' as status', '::app.state as status') }],
};
