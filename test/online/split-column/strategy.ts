/** Columns are filled from others: old programs do not know them, new ones write both. */
import type { Strategy } from '../../support/online/strategy.js';
import { ORDERS } from '../orders.js';

const { old } = ORDERS;
const WORD = "split_part($note, ' ', 1)";
const CENTS = '($total::numeric * 100)::bigint';
const also = (sql: string, sets: readonly string[]): string => {
  const more = [...(sets.includes('total') ? [`cents = ${CENTS}`] : []), ...(sets.includes('note') ? [`word = ${WORD}`] : [])];
  return sql.replace(' where ', `${more.map((each) => `, ${each}`).join('')} where `);
};

export const strategy: Strategy = {
  name: 'split-column',
  title: 'columns are filled from others',
  entities: [
    {
      ...ORDERS,
      new: {
        ...old,
        insert: old.insert.replace(', note)', ', note, word, cents)').replace(', $note)', `, $note, ${WORD}, ${CENTS})`),
        updates: old.updates.map(({ sql, sets }) => ({ sql: also(sql, sets), sets })),
      },
    },
  ],
  never: ["select id from app.orders where cents <> total * 100 or word is distinct from split_part(note, ' ', 1)"],
};
