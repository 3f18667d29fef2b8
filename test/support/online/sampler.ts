/**
 * Looks every 10 ms which clients wait for one of schemactl's sessions, directly or behind somebody who does, and for how long. Knows
 * clients only by their server process and what they say they are doing.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Activity } from './client.js';

export interface Watched {
  readonly pid: number;
  readonly name: string;
  activity(): Activity;
}

export interface Wait {
  readonly client: string;
  readonly sql: string;
  /** Never too short: from the last look that did not see it, or the start of the statement, to the first that saw it no more, or its end. */
  readonly ms: number;
  /** What our session was doing when it was first seen. */
  readonly behind: string;
}

export interface Sampler {
  /** Waits that are over. */
  readonly waits: readonly Wait[];
  looks(): number;
  /** Longest time between two looks, in ms. */
  longestGap(): number;
  stop(): Promise<void>;
}

const EVERY_MS = 10;
const OURS = /^schemactl\//;

const LOOK = `
  select a.pid, a.application_name as name, a.query as sql,
         case when a.wait_event_type = 'Lock' then pg_catalog.pg_blocking_pids(a.pid) else '{}' end as behind
    from pg_catalog.pg_stat_activity a
   where a.datname = pg_catalog.current_database() and a.backend_type = 'client backend' and a.pid <> pg_catalog.pg_backend_pid()`;

interface Seen {
  readonly pid: number;
  readonly name: string;
  readonly sql: string;
  readonly behind: readonly number[];
}

interface Open {
  readonly number: number;
  readonly sql: string;
  readonly from: number;
  readonly behind: string;
}

export async function startSampler(url: string, clients: () => readonly Watched[]): Promise<Sampler> {
  const client = new pg.Client({ connectionString: url, application_name: 'sampler' });
  await client.connect();
  // A long plan of a short query is not worth compiling, and nothing may end this session.
  await client.query('set jit = off');
  const open = new Map<Watched, Open>();
  const waits: Wait[] = [];
  let [count, longest, isStopping] = [0, 0, false];
  let last = performance.now();

  const close = (watched: Watched, wait: Open, now: number): void => {
    open.delete(watched);
    waits.push({ client: watched.name, sql: wait.sql, ms: now - wait.from, behind: wait.behind });
  };
  const look = async (): Promise<void> => {
    const { rows } = await client.query<Seen>({ name: 'look', text: LOOK });
    const now = performance.now();
    const byPid = new Map(rows.map((row) => [row.pid, row]));
    for (const watched of clients()) {
      const { number, since, sql } = watched.activity();
      const behind = since === null ? null : ours(watched.pid, byPid);
      const before = open.get(watched);
      if (before && (behind === null || before.number !== number)) close(watched, before, now);
      if (behind === null || since === null || open.has(watched)) continue;
      open.set(watched, { number, sql, from: Math.max(since, last), behind });
    }
    count += 1;
    longest = Math.max(longest, now - last);
    last = now;
  };
  const loop = (async () => {
    while (!isStopping) {
      await look();
      await sleep(Math.max(0, EVERY_MS - (performance.now() - last)));
    }
    for (const [watched, wait] of open) close(watched, wait, performance.now());
  })();
  return {
    waits,
    looks: () => count,
    longestGap: () => longest,
    async stop() {
      isStopping = true;
      await loop.finally(() => client.end());
    },
  };
}

/** What our session does that this one waits for, however many others stand between them; null: none of ours. */
function ours(pid: number, byPid: ReadonlyMap<number, Seen>): string | null {
  const seen = new Set<number>();
  const next = [pid];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const row = byPid.get(at);
    if (row && at !== pid && OURS.test(row.name)) {
      return `${row.behind.length > 0 ? 'which itself waited in' : 'which ran'} ${row.sql.replace(/\s+/g, ' ').slice(0, 200)}`;
    }
    next.push(...(row?.behind ?? []));
  }
  return null;
}
