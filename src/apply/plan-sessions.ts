/** Who applies to a database right now: the sessions of plans, and whoever holds the apply lock. Reads only; knows no kind. */
import type { ClientBase } from 'pg';
import { MARK_PATTERN, withoutMark } from './client-mark.js';
import { APPLY_LOCK } from './lock.js';

/** A build of an index, as pg_stat_progress_create_index tells it. */
export interface BuildProgress {
  /** "CREATE INDEX CONCURRENTLY", "REINDEX" … */
  readonly command: string;
  readonly phase: string;
  /** Of the phase; null where it does not count, or not yet. */
  readonly percent: number | null;
}

/** Statements are not among it: they may hold secrets. What the role may not see of others is null. */
export interface PlanSession {
  readonly pid: number;
  /** The plan that it works for; null: not a session of ours, though it holds our lock. */
  readonly plan: string | null;
  readonly part: 'lock' | 'work' | null;
  /** See client-mark.ts; null when it carries none. */
  readonly mark: string | null;
  /** Its application_name, without the mark. */
  readonly application: string;
  readonly user: string;
  /** Address of the client, or "local socket"; null: not shown to this role. */
  readonly client: string | null;
  readonly holds_lock: boolean;
  /** ISO 8601, UTC, to the microsecond: with the pid it tells a session from any other. */
  readonly since: string | null;
  /** "active", "idle", "idle in transaction" … */
  readonly state: string | null;
  readonly state_ms: number | null;
  readonly waits_for: readonly { readonly pid: number; readonly application: string }[];
  readonly progress: BuildProgress | null;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
// A pooler may put words of its own behind the name.
const NAME = new RegExp(`^schemactl/(${UUID})(/lock)?(${MARK_PATTERN})?(?![0-9a-z/-])`);

/** Sessions of plans in this database other than the one that asks, holders of the lock first. */
export async function planSessions(client: ClientBase): Promise<readonly PlanSession[]> {
  const { rows } = await client.query(
    `with session as (
       select a.*, exists (
                select from pg_catalog.pg_locks l
                 where l.pid = a.pid and l.locktype = 'advisory' and l.classid = $1 and l.objid = $2 and l.objsubid = 2 and l.granted
                   and l.database = a.datid) as holds_lock
         from pg_catalog.pg_stat_activity a
        where a.datname = pg_catalog.current_database() and a.pid <> pg_catalog.pg_backend_pid())
     select s.pid, coalesce(s.application_name, '') as application, s.usename as "user", s.holds_lock, s.state,
            case when s.backend_start is null then null else coalesce(host(s.client_addr), 'local socket') end as client,
            pg_catalog.to_char(s.backend_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as since,
            (extract(epoch from pg_catalog.clock_timestamp() - s.state_change) * 1000)::float8 as state_ms,
            (select coalesce(jsonb_agg(jsonb_build_object('pid', b.pid, 'application', coalesce(o.application_name, '')) order by b.pid), '[]')
               from (select distinct unnest(pg_catalog.pg_blocking_pids(s.pid)) as pid) b
               left join pg_catalog.pg_stat_activity o on o.pid = b.pid) as waits_for,
            p.command, p.phase,
            case when p.blocks_total > 0 then 100 * p.blocks_done / p.blocks_total
                 when p.tuples_total > 0 then 100 * p.tuples_done / p.tuples_total end::int as percent
       from session s
       left join pg_catalog.pg_stat_progress_create_index p on p.pid = s.pid
      where s.holds_lock or s.application_name ~ '^schemactl/${UUID}'
      order by s.holds_lock desc, s.backend_start, s.pid`,
    [...APPLY_LOCK],
  );
  return rows.map((row): PlanSession => {
    const name = NAME.exec(row.application);
    return {
      pid: row.pid,
      plan: name?.[1] ?? null,
      part: name === null ? null : name[2] === undefined ? 'work' : 'lock',
      mark: name?.[3] ?? null,
      application: name?.[3] === undefined ? row.application : row.application.replace(name[3], ''),
      user: row.user ?? '',
      client: row.client,
      holds_lock: row.holds_lock,
      since: row.since,
      state: row.state,
      state_ms: row.state_ms === null ? null : Math.max(0, Math.round(row.state_ms)),
      waits_for: (row.waits_for as PlanSession['waits_for']).map(({ pid, application }) => ({
        pid,
        application: withoutMark(application),
      })),
      progress: row.phase === null ? null : { command: row.command, phase: row.phase, percent: row.percent },
    };
  });
}
