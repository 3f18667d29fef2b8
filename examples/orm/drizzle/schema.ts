import { bigint, index, pgSchema, text, timestamp } from 'drizzle-orm/pg-core';

export const shop = pgSchema('shop');

export const state = shop.enum('state', ['new', 'paid']);

export const customers = shop.table('customers', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  email: text().notNull().unique(),
});

export const orders = shop.table(
  'orders',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    customer: bigint('customer', { mode: 'number' }).notNull(),
    state: state().notNull().default('new'),
    placedAt: timestamp('placed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('orders_placed').on(table.placedAt)],
);
