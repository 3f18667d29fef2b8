/** The two direct connections of an apply: one holds the lock, one works. Knows no kind. */
import pg from 'pg';
import { pinSession } from '../catalog/session.js';
import type { ConnectionSpec } from '../core/connection.js';
import { DiagnosticError } from '../core/diagnostic.js';
import { clientMark } from './client-mark.js';

export interface Sessions {
  /** Idle, in autocommit, holding the advisory lock; also watches the other one. */
  readonly lock: pg.Client;
  readonly lockPid: number;
  readonly work: pg.Client;
  readonly workPid: number;
  close(): Promise<void>;
}

/**
 * Limits that a role or a database may set for its sessions and that would end ours while they wait; a step sets its own. Names that a
 * major does not know are passed over (transaction_timeout is new in 17).
 */
const NO_LIMITS = `
  select pg_catalog.set_config(name, '0', false) from pg_catalog.pg_settings
   where name in ('statement_timeout', 'lock_timeout', 'idle_session_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`;

/** A server whose client's machine is gone for good learns of it within a minute, not in two hours; local sockets pass it over. */
const KEEPALIVE = `
  select pg_catalog.set_config('tcp_keepalives_idle', '30', false), pg_catalog.set_config('tcp_keepalives_interval', '10', false),
         pg_catalog.set_config('tcp_keepalives_count', '3', false)`;

/** @throws DiagnosticError SC5201 behind a pooler that gives every transaction another server session */
export async function openSessions(target: ConnectionSpec, label: string): Promise<Sessions> {
  const lock = await open(target, `${label}/lock${clientMark()}`);
  try {
    const work = await open(target, `${label}${clientMark()}`);
    const sessions: Sessions = {
      lock,
      lockPid: await backendPid(lock),
      work,
      workPid: await backendPid(work),
      async close() {
        await Promise.allSettled([work.end(), lock.end()]);
      },
    };
    await pinSession(work);
    // A server that notices within a second that its client is gone stops a half-done build instead of finishing it alone.
    await work.query(`select set_config('client_connection_check_interval', '1s', false)`).catch(() => undefined);
    return sessions;
  } catch (error) {
    await lock.end().catch(() => undefined);
    throw error;
  }
}

async function open(target: ConnectionSpec, name: string): Promise<pg.Client> {
  const client = new pg.Client({ keepAlive: true, ...target.config, application_name: name.slice(0, 63) });
  // A connection that breaks while idle is noticed at its next use.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(NO_LIMITS);
    await client.query(KEEPALIVE);
    await refusePooling(client);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return client;
}

async function backendPid(client: pg.Client): Promise<number> {
  return (await client.query('select pg_catalog.pg_backend_pid() as pid')).rows[0].pid;
}

/** A custom setting that does not survive to the next statement, or another backend there, means transaction pooling. */
async function refusePooling(client: pg.Client): Promise<void> {
  const mark = `${process.pid}.${Date.now()}`;
  const first = await backendPid(client);
  await client.query(`select pg_catalog.set_config('schemactl.session', $1, false)`, [mark]);
  const { rows } = await client.query(
    `select pg_catalog.pg_backend_pid() as pid, pg_catalog.current_setting('schemactl.session', true) as mark`,
  );
  if (rows[0].pid === first && rows[0].mark === mark) return;
  throw new DiagnosticError([
    {
      code: 'SC5201',
      severity: 'error',
      summary: 'the connection goes through a pooler that shares server sessions between transactions',
      detail: 'locks and settings of a session do not hold there',
      hint: 'give the direct address of the server, or a pool in session mode',
    },
  ]);
}
