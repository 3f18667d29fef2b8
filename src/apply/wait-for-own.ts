/** Waits for a statement of this very plan that a server process still runs for a client that is gone. Knows no kind. */
import { withoutMark } from './client-mark.js';
import type { ApplyOptions } from './options.js';
import type { Sessions } from './sessions.js';

const POLL_MS = 500;

/**
 * A killed client leaves its CREATE INDEX CONCURRENTLY running until the server looks after its connection (at once with
 * client_connection_check_interval, else at the end), and its lock session is gone long before. What it does is not looked at while it runs.
 */
export async function waitForOwn(sessions: Sessions, id: string, options: Pick<ApplyOptions, 'onEvent' | 'signal'>): Promise<void> {
  for (;;) {
    const { rows } = await sessions.work.query<{ pid: number; application: string; state: string; ms: string }>(
      `select a.pid, a.application_name as application, a.state,
              coalesce(extract(epoch from pg_catalog.clock_timestamp() - a.query_start) * 1000, 0)::int8 as ms
         from pg_catalog.pg_stat_activity a
        where a.datname = pg_catalog.current_database() and a.state = 'active' and a.pid <> all ($2)
          and pg_catalog.starts_with(a.application_name, $1)`,
      [`schemactl/${id}`, [sessions.workPid, sessions.lockPid]],
    );
    if (rows.length === 0 || options.signal?.aborted) return;
    const blockers = rows.map(({ ms, application, ...row }) => ({ ...row, application: withoutMark(application), ms: Number(ms) }));
    options.onEvent?.({ type: 'lock_waiting', step: null, attempt: 1, attempts: 1, blockers });
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
