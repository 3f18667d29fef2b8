/** Makes and drops throw-away databases on a server, whoever gave it. Knows no kind. */
import pg from 'pg';
import type { ServerFacts } from '../catalog/server.js';
import { pinSession } from '../catalog/session.js';
import { IN_USE, releaseStatements, SUBSCRIPTIONS_OF } from '../kinds/database-ties.js';
import { localeClause } from './locale.js';
import { ownerComment, scratchName } from './orphans.js';

export interface ScratchDatabase {
  /** Pinned. */
  readonly client: pg.Client;
  /** How to connect to it. */
  readonly config: pg.ClientConfig;
  /** From here on it acts as the role that the plan will be applied as, whose name is on whatever it makes. */
  becomeApplier(): Promise<void>;
  drop(): Promise<void>;
}

export interface Scratch {
  newDatabase(): Promise<ScratchDatabase>;
  /** Drops every database made here, and stops the server when it is ours. */
  close(): Promise<void>;
}

export interface ScratchServer {
  /** Connected to any database of the server. */
  readonly admin: pg.Client;
  readonly config: pg.ClientConfig;
  readonly facts: ServerFacts;
  /** Role that everything runs as; null: the one that connects, until it becomes the one that applies. */
  readonly actAs: string | null;
  readonly close: () => Promise<void>;
  /** When it comes, whatever runs in the databases is ended. */
  readonly signal?: AbortSignal | undefined;
}

export async function scratchOn(server: ScratchServer): Promise<Scratch> {
  const { admin, facts } = server;
  const made = new Set<ScratchDatabase>();
  const locale = await localeClause(admin, facts);
  // A cancelled statement would be taken for a refused one, and its neighbours tried again; without a session there is nothing to try.
  const stop = (): void => {
    for (const { client } of made) {
      const { processID } = client as unknown as { processID: number };
      admin.query('select pg_catalog.pg_terminate_backend($1)', [processID]).catch(() => undefined);
    }
  };
  server.signal?.addEventListener('abort', stop);
  const dropDatabase = async (name: string): Promise<void> => {
    await dropWith(admin, server.config, name, ' with (force)');
  };
  return {
    async newDatabase() {
      server.signal?.throwIfAborted();
      const name = scratchName();
      try {
        // Nobody gets in before it is closed to others; superusers are let in regardless.
        await admin.query(`create database ${name} template template0 ${locale} connection limit 0`);
        await admin.query(`comment on database ${name} is ${pg.escapeLiteral(await ownerComment())}`);
        await admin.query(`revoke all on database ${name} from public`);
        await admin.query(`alter database ${name} connection limit 1`);
        const client = await connect(server, name);
        const database: ScratchDatabase = {
          client,
          config: { ...server.config, ...withDatabase(server.config, name) },
          async becomeApplier() {
            if (server.actAs !== null || (await actsAs(client, facts.current_user))) return;
            const role = pg.escapeIdentifier(facts.current_user);
            await admin.query(`grant all on database ${name} to ${role}`);
            await client.query(`set session authorization ${role}`);
          },
          async drop() {
            if (!made.delete(database)) return;
            await client.end().catch(() => undefined);
            await dropDatabase(name);
          },
        };
        made.add(database);
        return database;
      } catch (error) {
        await dropDatabase(name).catch(() => undefined);
        throw error;
      }
    },
    async close() {
      server.signal?.removeEventListener('abort', stop);
      try {
        for (const database of [...made]) await database.drop();
        await admin.end();
      } finally {
        await server.close();
      }
    },
  };
}

/** Drops a database whatever it holds; with ` with (force)` whoever is connected too. */
export async function dropWith(admin: pg.ClientBase, config: pg.ClientConfig, name: string, force = ''): Promise<void> {
  const drop = `drop database if exists ${pg.escapeIdentifier(name)}${force}`;
  try {
    await admin.query(drop);
  } catch (error) {
    const { rows } = (error as { code?: unknown }).code === IN_USE ? await admin.query(SUBSCRIPTIONS_OF, [name]) : { rows: [] };
    if (rows.length === 0) throw error;
    const inside = new pg.Client({ ...config, ...withDatabase(config, name) });
    inside.on('error', () => undefined);
    await inside.connect();
    try {
      for (const row of rows) for (const sql of releaseStatements(row.name)) await inside.query(sql);
    } finally {
      await inside.end();
    }
    await admin.query(drop);
  }
}

async function connect({ config, facts, actAs }: ScratchServer, name: string): Promise<pg.Client> {
  const client = new pg.Client({ ...config, ...withDatabase(config, name) });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await pinSession(client);
    // A rewritten table or a created database is never needed after a crash.
    await client.query('set synchronous_commit = off');
    await silence(client, facts.major);
    if (actAs !== null) await client.query(`set session authorization ${pg.escapeIdentifier(actAs)}`);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/**
 * What is made there must not act there: an enabled trigger on DDL would run its function, which may name what the database does not
 * hold. Only superusers make such triggers, and only they may set these: for others there is nothing to silence.
 */
async function silence(client: pg.Client, major: number): Promise<void> {
  const { rows } = await client.query(`select current_setting('is_superuser') = 'on' as able`);
  if (rows[0]?.able !== true) return;
  await client.query('set session_replication_role = replica');
  // From 17 on also those that are enabled as REPLICA or ALWAYS; before, their kind sees to them.
  if (major >= 17) await client.query('set event_triggers = off');
}

/** Also when it cannot be the other one, which takes a superuser. */
async function actsAs(client: pg.Client, role: string): Promise<boolean> {
  const { rows } = await client.query(`select current_user = $1 or current_setting('is_superuser') = 'off' as settled`, [role]);
  return rows[0]?.settled === true;
}

function withDatabase(config: pg.ClientConfig, database: string): pg.ClientConfig {
  if (config.connectionString === undefined) return { database };
  const url = new URL(config.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.toString() };
}
