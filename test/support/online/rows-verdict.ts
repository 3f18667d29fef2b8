/** Whether a database holds exactly the rows that were filled in, with what the writers know they wrote; the database compares, by EXCEPT. */
import pg from 'pg';
import type { Model } from './model.js';
import { type Entity, filledRows, type Shape, type Strategy } from './strategy.js';

const CHUNK = 5000;
const SHOWN = 3;

/** What is wrong, in lines for people; nothing: every row is there and as it must be. */
export async function wrongRows(
  url: string,
  strategy: Strategy,
  models: readonly Model[],
  rows: number,
  shapeOf: (entity: Entity) => Shape,
): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'judge' });
  await client.connect();
  try {
    await client.query(`set work_mem = '256MB'; set jit = off; set max_parallel_workers_per_gather = 0`);
    const wrong: string[] = [];
    for (const [at, entity] of strategy.entities.entries()) {
      const written = `pg_temp.written_${at}`;
      await load(
        client,
        written,
        models.filter((model) => model.entity === entity),
      );
      wrong.push(...(await compare(client, entity, written, filledRows(entity, rows), shapeOf(entity).rows)));
    }
    return wrong;
  } finally {
    await client.end();
  }
}

async function load(client: pg.Client, table: string, models: readonly Model[]): Promise<void> {
  await client.query(`create temp table ${table.replace('pg_temp.', '')} (id bigint primary key, "row" jsonb)`);
  const all = models.flatMap((model) => [...model.known]);
  for (let from = 0; from < all.length; from += CHUNK) {
    const chunk = all.slice(from, from + CHUNK);
    await client.query(`insert into ${table} select * from unnest($1::bigint[], $2::jsonb[])`, [
      chunk.map(([key]) => key),
      chunk.map(([, row]) => (row === null ? null : JSON.stringify(row))),
    ]);
  }
  await client.query(`analyze ${table}`);
}

async function compare(client: pg.Client, entity: Entity, written: string, filled: string, actualRows: string): Promise<readonly string[]> {
  const columns = Object.keys(entity.columns);
  const texts = (from: string): string => ['id', ...columns].map((column) => `${from}.${column}::text as ${column}`).join(', ');
  const known = columns.map((column) => `case when w.row ? '${column}' then w.row ->> '${column}' else f.${column}::text end as ${column}`);
  const expected = `select coalesce(w.id, f.id)::text as id, ${known.join(', ')}
    from (${filled}) f full join ${written} w on w.id = f.id where w.id is null or w.row is not null`;
  const actual = `select ${texts('r')} from (${actualRows}) r`;
  const { rows } = await client.query<{ what: string; total: string; some: string }>(`
    with expected as materialized (${expected}), actual as materialized (${actual}),
         lost as (select * from expected except all select * from actual),
         strange as (select * from actual except all select * from expected)
    select 'expected and not there' as what, count(*) as total, (select jsonb_agg(l) from (select * from lost order by id limit ${SHOWN}) l) as some from lost
     union all
    select 'there and not expected', count(*), (select jsonb_agg(s) from (select * from strange order by id limit ${SHOWN}) s) from strange`);
  return rows
    .filter(({ total }) => total !== '0')
    .map(({ what, total, some }) => `${entity.name}: ${total} rows ${what}, such as ${JSON.stringify(some)}`);
}
