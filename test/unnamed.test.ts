/** Names that nobody gave follow nothing: what is renamed keeps the indexes and constraints that it has, under the names that they have. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDatabase, query } from './support/database.js';
import { applyTo, planOf, statementsOf } from './support/made-plan.js';

vi.setConfig({ testTimeout: 120_000 });

const PARTITIONED = `create schema app;
create table app.orders (id bigint not null, client_id bigint, placed date, primary key (id)) partition by range (id);
create table app.orders_1 partition of app.orders for values from (1) to (1000);
create table app.orders_2 partition of app.orders for values from (1000) to (2000) partition by range (id);
create table app.orders_2a partition of app.orders_2 for values from (1000) to (1500);
create table app.lines (order_id bigint references app.orders);
create index on app.orders (client_id) where placed is not null;
create index on app.orders (placed, client_id);
comment on table app.orders is 'what they buy';
`;

const CASES: readonly (readonly [what: string, after: string, statements: readonly string[]])[] = [
  [
    'a column of a partitioned table',
    PARTITIONED.replaceAll('client_id', 'customer_id').replace(
      'customer_id bigint,',
      '\n customer_id bigint, -- schemactl: renamed_from client_id\n',
    ),
    ['ALTER TABLE app.orders RENAME COLUMN client_id TO customer_id'],
  ],
  [
    'a partitioned table',
    PARTITIONED.replaceAll(/app\.orders(?!_)/g, 'app.purchases').replace('create table', '-- schemactl: renamed_from orders\ncreate table'),
    ['ALTER TABLE app.orders RENAME TO purchases'],
  ],
];

describe('a rename with names that nobody gave', () => {
  it.each(CASES)('of %s takes one statement, and then there is nothing to do', async (_what, after, statements) => {
    const { url, drop } = await createDatabase();
    onTestFinished(drop);
    await query(url, PARTITIONED);
    const { document } = await planOf(url, after, { adopt: true });
    expect(statementsOf(document)).toEqual(statements);
    expect(await applyTo(url, document)).toMatchObject({ status: 'done' });
    const again = await planOf(url, after.replace(/-- schemactl:.*/, ''));
    expect(statementsOf(again.document)).toEqual([]);
  });
});
