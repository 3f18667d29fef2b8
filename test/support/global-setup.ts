/** Starts the one PostgreSQL 15 server that all tests of a run share, unless SCHEMACTL_TEST_URL names another; makes no databases. */
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/scratch/embedded.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the shared server. */
    serverUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.SCHEMACTL_TEST_URL;
  if (given) {
    project.provide('serverUrl', given);
    return undefined;
  }
  // Publications warn below wal_level = logical.
  const settings = { wal_level: 'logical', max_wal_senders: '4' };
  const server = await startEmbedded({ major: 15, settings });
  project.provide('serverUrl', server.url);
  return () => server.stop();
}
