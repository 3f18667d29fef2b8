/** A column is split into two, and goes: old programs know the one, new ones the two, and each reads what the other writes. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

const { old } = ORDERS;
const HEAD = "split_part($note::text, ' ', 1)";
const TAIL = "case when $note::text like '% %' then substr($note::text, length(split_part($note::text, ' ', 1)) + 2) end";
const NOTE = "head || coalesce(' ' || tail, '')";
const read = (sql: string): string => sql.replace(/\bnote\b/, `${NOTE} as note`);

export const strategy: Strategy = {
  name: 'split-and-back',
  title: 'a column becomes two',
  entities: [
    {
      ...ORDERS,
      new: {
        rows: read(old.rows),
        read: read(old.read),
        range: old.range,
        insert: old.insert.replace(', note)', ', head, tail)').replace(', $note)', `, ${HEAD}, ${TAIL})`),
        updates: old.updates.map(({ sql, sets }) => ({ sql: sql.replace('note = $note', `head = ${HEAD}, tail = ${TAIL}`), sets })),
        delete: old.delete,
      },
    },
  ],
};
