/** Databases for tests, on the shared server or on one of another major; knows nothing of schemactl but how to start a server. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { IN_USE, releaseStatements, SUBSCRIPTIONS_OF } from '../../src/kinds/database-ties.js';
import { startEmbedded } from '../../src/scratch/embedded.js';

export interface TestServer {
  /** Superuser, database postgres. */
  readonly url: string;
  readonly major: number;
}

const started = new Map<number, Promise<TestServer>>();

/**
 * The shared server for 15, for other majors one per worker process, started when first asked for. Those stop with their process: the
 * server's supervisor sees to it.
 */
export function testServer(major = 15): Promise<TestServer> {
  const known = started.get(major) ?? (major === 15 ? shared() : own(major));
  started.set(major, known);
  return known;
}

async function own(major: number): Promise<TestServer> {
  return startEmbedded({ major });
}

async function shared(): Promise<TestServer> {
  const url = inject('serverUrl');
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ major: number }>(`select current_setting('server_version_num')::int / 10000 as major`);
    return { url, major: rows[0]?.major ?? 0 };
  });
}

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly major: number;
  drop(): Promise<void>;
}

/** A new database; `template` is the name of another one that nobody is connected to. */
export async function createDatabase(options: { readonly major?: number; readonly template?: string } = {}): Promise<TestDatabase> {
  const server = await testServer(options.major);
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const admin = (sql: string) => withClient(server.url, (client) => client.query(sql));
  await admin(`create database ${name} template ${pg.escapeIdentifier(options.template ?? 'template0')}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    major: server.major,
    drop: async () => {
      const drop = `drop database if exists ${name} with (force)`;
      await admin(drop).catch(async (error: { readonly code?: unknown }) => {
        // The test left subscriptions in it, or sessions that would not end.
        if (error.code !== IN_USE) throw error;
        await withClient(url.href, async (client) => {
          const { rows } = await client.query<{ name: string }>(SUBSCRIPTIONS_OF, [name]);
          for (const row of rows) for (const sql of releaseStatements(row.name)) await client.query(sql);
        });
        await admin(drop);
      });
    },
  };
}

/** A new database for the time of one function. */
export async function withDatabase<T>(
  work: (database: TestDatabase) => Promise<T>,
  options?: Parameters<typeof createDatabase>[0],
): Promise<T> {
  const database = await createDatabase(options);
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

/** A connection for the time of one function. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs SQL (any number of statements) and gives the rows of the last one. */
export async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<readonly Row[]> {
  return withClient(url, async (client) => {
    const result = (await client.query<Row>(sql)) as pg.QueryResult<Row> | pg.QueryResult<Row>[];
    return Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows;
  });
}
