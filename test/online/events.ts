/** A table partitioned by range and a table that is one of its partitions, or is not: their keys are apart by an offset. */
import type { Entity, Shape } from '../support/online/strategy.js';
import { sometimes, tableShape, word } from './orders.js';

const OFFSET = 100_000_000;
const COLUMNS: Entity['columns'] = {
  kind: (random) => sometimes(random, word(random)),
  payload: (random) => word(random),
};
const filled = `select i as id, case when i % 4 = 0 then null else 'kind ' || i % 9 end as kind, md5(i::text) as payload from generate_series(1, $rows) i`;

export const EVENTS: Entity = {
  name: 'events',
  share: 0.5,
  columns: COLUMNS,
  filled,
  into: 'app.events (id, kind, payload)',
  old: { ...tableShape('app.events', ['kind', 'payload']), rows: `select id, kind, payload from app.events where id < ${OFFSET}` },
};

/** Statements on the archive by way of `table`. */
export function archiveShape(table: string): Shape {
  return {
    rows: `select id - ${OFFSET} as id, kind, payload from ${table} where id >= ${OFFSET}`,
    read: `select kind, payload from ${table} where id = ${OFFSET} + $id::bigint`,
    range: `select count(*), max(kind) from ${table} where id between ${OFFSET} + $id::bigint and ${OFFSET} + 100 + $id::bigint`,
    insert: `insert into ${table} (id, kind, payload) values (${OFFSET} + $id::bigint, $kind, $payload)`,
    updates: [{ sql: `update ${table} set kind = $kind where id = ${OFFSET} + $id::bigint`, sets: ['kind'] }],
    delete: `delete from ${table} where id = ${OFFSET} + $id::bigint`,
  };
}

export const ARCHIVE: Omit<Entity, 'old'> = {
  name: 'archive',
  share: 0.5,
  columns: COLUMNS,
  filled,
  into: 'app.archive (id, kind, payload)',
  keyInto: `id + ${OFFSET}`,
};
