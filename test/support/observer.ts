/** A second way to see a whole schema: every catalog row that a user made, with identifiers resolved; knows no kind, nothing of src/. */
import pg from 'pg';
import { type Catalog, readCatalogs } from './observer-catalogs.js';
import { readings } from './observer-columns.js';
import { changedPrivileges, EDGES, HIDDEN, rowsQuery } from './observer-rows.js';

export interface ObservedRow {
  readonly catalog: string;
  /** What is described, as the server names it: "table app.orders". */
  readonly name: string;
  /** Its identifier in the database observed; null where the catalog has none. */
  readonly oid: string | null;
  /** The relation that it is, or is of; null where there is none. */
  readonly relation: string | null;
  readonly values: ReadonlyMap<string, string>;
}

/** By catalog and name. */
export type Observation = ReadonlyMap<string, ObservedRow>;

interface Row {
  readonly row: string;
  readonly oid: string | null;
  readonly relation: string | null;
  readonly values: readonly (string | null)[];
}

export async function observe(url: string): Promise<Observation> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Names come out qualified, and what a session may set in its own way stands as it is by default.
    await client.query(`begin isolation level repeatable read read only; set local search_path = ''; set local timezone = 'UTC'; set local datestyle = 'ISO, MDY';
      set local intervalstyle = 'postgres'; set local extra_float_digits = 1; set local quote_all_identifiers = off; set local bytea_output = 'hex'; set local jit = off`);
    const seen = new Map<string, ObservedRow>();
    const add = (row: ObservedRow): void => {
      const key = `${row.catalog} ${row.name}`;
      if (seen.has(key)) throw new Error(`two rows with one name: ${key}`);
      seen.set(key, row);
    };
    const { rows: hidden } = await client.query<{ classid: string; objid: string }>(HIDDEN);
    const parameters = [hidden.map(({ classid }) => classid), hidden.map(({ objid }) => objid)] as const;
    for (const catalog of await readCatalogs(client)) for (const row of await rowsOf(client, catalog, parameters)) add(row);
    for (const row of await edges(client, parameters)) add(row);
    await client.query('commit');
    return seen;
  } finally {
    await client.end();
  }
}

type Parameters = readonly [readonly string[], readonly string[]];

async function rowsOf(client: pg.Client, catalog: Catalog, parameters: Parameters): Promise<readonly ObservedRow[]> {
  const names = readings(catalog).map(({ name }) => name);
  const { rows } = await ask<Row>(client, catalog.name, rowsQuery(catalog), parameters);
  const privileges = changedPrivileges(catalog);
  const changed = privileges === null ? null : await ask<{ row: string; value: string }>(client, catalog.name, privileges, parameters);
  return [
    ...rows.map(({ row, oid, relation, values }) => ({
      catalog: catalog.name,
      name: row,
      oid,
      relation,
      values: new Map(names.flatMap((name, place) => (values[place] == null ? [] : [[name, values[place] as string]]))),
    })),
    ...(changed?.rows ?? []).map(({ row, value }) => ({
      catalog: `${catalog.name} (not a user's)`,
      name: row,
      oid: null,
      relation: null,
      values: new Map([['privileges', value]]),
    })),
  ];
}

async function edges(client: pg.Client, parameters: Parameters): Promise<readonly ObservedRow[]> {
  const { rows } = await ask<{ name: string; row: string; value: string }>(client, 'pg_depend', EDGES, parameters);
  return rows.map(({ name, row, value }) => ({
    catalog: 'pg_depend',
    name: `${row} ${name} ${value}`,
    oid: null,
    relation: null,
    values: new Map([['is', 'there']]),
  }));
}

async function ask<T extends pg.QueryResultRow>(
  client: pg.Client,
  catalog: string,
  sql: string,
  parameters: Parameters,
): Promise<pg.QueryResult<T>> {
  try {
    return await client.query<T>(sql, [...parameters]);
  } catch (error) {
    throw new Error(`${catalog} cannot be observed: ${(error as Error).message}\n${sql}`);
  }
}
