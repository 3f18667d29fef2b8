import { bigint, index, integer, pgSchema, text, timestamp } from 'drizzle-orm/pg-core';

export const shop = pgSchema('shop');

export const state = shop.enum('state', ['new', 'paid', 'shipped']);

export const customers = shop.table('customers', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  email: text().notNull().unique(),
  name: text(),
});

export const orders = shop.table(
  'orders',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    customer: bigint('customer_id', { mode: 'number' })
      .notNull()
      .references(() => customers.id),
    state: state().notNull().default('new'),
    total: integer().notNull().default(0),
    placedAt: timestamp('placed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('orders_placed').on(table.placedAt), index('orders_customer').on(table.customer)],
);
