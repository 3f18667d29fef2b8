import { EntitySchema } from '@mikro-orm/core';

export const Customer = new EntitySchema({
  name: 'Customer',
  schema: 'shop',
  tableName: 'customers',
  properties: {
    id: { type: 'bigint', primary: true },
    email: { type: 'text', unique: true },
  },
});

export const Order = new EntitySchema({
  name: 'Order',
  schema: 'shop',
  tableName: 'orders',
  indexes: [{ name: 'orders_placed', properties: ['placedAt'] }],
  properties: {
    id: { type: 'bigint', primary: true },
    customer: { kind: 'm:1', entity: 'Customer' },
    state: { enum: true, items: ['new', 'paid'], nativeEnumName: 'state', default: 'new' },
    placedAt: { type: 'datetime', defaultRaw: 'now()' },
  },
});
