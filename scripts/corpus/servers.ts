/** Databases to judge cases in, on embedded servers that start when first asked for; knows nothing of schemactl. */
import { randomBytes } from 'node:crypto';
import { type EmbeddedServer, startEmbedded } from '../../src/scratch/embedded.js';
import { psql } from '../../test/support/postgres-programs.js';
import { query } from '../../test/support/sql-query.js';

export interface CaseDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export interface Servers {
  /** URL of the server's own database, for scratch databases. */
  serverUrl(major: number): Promise<string>;
  newDatabase(major: number): Promise<CaseDatabase>;
  /** Runs a script that may make roles, which all databases of a server share: one at a time. */
  setUp(database: CaseDatabase, script: string): Promise<void>;
  stop(): Promise<void>;
}

export function servers(): Servers {
  const started = new Map<number, Promise<EmbeddedServer>>();
  let setups: Promise<unknown> = Promise.resolve();
  const server = (major: number): Promise<EmbeddedServer> => {
    const known = started.get(major) ?? start(major);
    started.set(major, known);
    return known;
  };
  return {
    serverUrl: async (major) => (await server(major)).url,
    async newDatabase(major) {
      const { url } = await server(major);
      const name = `corpus_${randomBytes(5).toString('hex')}`;
      await query(url, `create database ${name} template template0`);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return { url: own.href, drop: async () => void (await query(url, `drop database if exists ${name} with (force)`)) };
    },
    async setUp(database, script) {
      const mine = setups.then(() => psql(database.url, script));
      setups = mine.catch(() => undefined);
      await mine;
    },
    async stop() {
      for (const running of started.values()) await (await running).stop();
    },
  };
}

async function start(major: number): Promise<EmbeddedServer> {
  // Publications warn below wal_level = logical.
  const settings = { wal_level: 'logical', max_wal_senders: '4', max_connections: '100' };
  return startEmbedded({ major, settings });
}
