/** The table that most strategies change, and how an application uses it: nulls come and go, rows too. Knows no strategy. */
import type { Random } from '../support/online/random.js';
import type { Entity, Shape } from '../support/online/strategy.js';

export const word = (random: Random): string => random.next().toString(36).slice(2, 10);
/** Something that is null every third time. */
export const sometimes = (random: Random, value: string): string | null => (random.chance(1 / 3) ? null : value);
export const amount = (random: Random): string => (random.below(100_000) / 100).toFixed(2);

/** Statements over a table with a key `id`; every column is written by insert, each by an update of its own, and all by one. */
export function tableShape(table: string, columns: readonly string[], key = 'id'): Shape {
  const parameters = columns.map((column) => `$${column}`).join(', ');
  return {
    rows: `select ${key} as id, ${columns.join(', ')} from ${table}`,
    read: `select ${columns.join(', ')} from ${table} where ${key} = $id`,
    range: `select count(*), max(${columns[0]}) from ${table} where ${key} between $id and $id::bigint + 100`,
    insert: `insert into ${table} (${key}, ${columns.join(', ')}) values ($id, ${parameters})`,
    updates: [
      ...columns.map((column) => ({ sql: `update ${table} set ${column} = $${column} where ${key} = $id`, sets: [column] })),
      { sql: `update ${table} set ${columns.map((column) => `${column} = $${column}`).join(', ')} where ${key} = $id`, sets: columns },
    ],
    delete: `delete from ${table} where ${key} = $id`,
  };
}

const COLUMNS: Entity['columns'] = {
  customer: (random, _, rows) => String(1 + random.below(Math.max(1, Math.floor(rows / 10)))),
  status: (random) => random.pick(['new', 'paid', 'sent']),
  total: (random) => amount(random),
  note: (random) => sometimes(random, word(random)),
};

export const ORDERS: Entity = {
  name: 'orders',
  columns: COLUMNS,
  filled: `select i as id, 1 + i % greatest(1, $rows / 10) as customer, (array['new', 'paid', 'sent'])[1 + i % 3] as status,
      (i % 100000 / 100.0)::numeric(10,2) as total, case when i % 3 = 0 then null else 'note ' || i end as note
    from generate_series(1, $rows) i`,
  into: 'app.orders (id, customer, status, total, note)',
  old: tableShape('app.orders', Object.keys(COLUMNS)),
};

/** What orders refer to; those that were filled in stay. */
export const CUSTOMERS: Entity = {
  name: 'customers',
  share: 0.1,
  columns: { name: (random) => sometimes(random, word(random)), city: (random) => word(random) },
  filled: `select i as id, case when i % 7 = 0 then null else 'name ' || i end as name, 'city ' || i % 100 as city from generate_series(1, $rows) i`,
  into: 'app.customers (id, name, city)',
  deletes: 'inserted',
  old: tableShape('app.customers', ['name', 'city']),
};
