/** The advisory lock that makes one apply at a time, and who stands in the way. Knows no kind. */
import type { ClientBase } from 'pg';
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { withoutMark } from './client-mark.js';
import type { Blocker } from './options.js';

/** First half of the key: "schm" in ASCII, our name space among advisory locks; the second is the database's own. */
const NAMESPACE = 0x7363686d;
const KEY = 1;
/** As pg_locks has it in classid and objid, with objsubid 2. */
export const APPLY_LOCK = [NAMESPACE, KEY] as const;
const POLL_MS = 200;

/**
 * Polls pg_try_advisory_lock: a session that blocks in pg_advisory_lock() holds a snapshot that CREATE INDEX CONCURRENTLY of the
 * holder waits for, and both stand still.
 * @throws DiagnosticError SC5202 (exit 7) when it was not free within `wait_ms`
 */
export async function takeLock(client: ClientBase, wait_ms: number, onWait: (blockers: readonly Blocker[]) => void): Promise<void> {
  const until = Date.now() + wait_ms;
  for (;;) {
    const { rows } = await client.query('select pg_catalog.pg_try_advisory_lock($1, $2) as taken', [NAMESPACE, KEY]);
    if (rows[0].taken === true) return;
    const holders = await lockHolders(client);
    onWait(holders);
    if (Date.now() >= until) throw locked(holders);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** That this session, which took the lock, still has it. @throws DiagnosticError SC5203: nobody fences the next step any more */
export async function assertLock(client: ClientBase): Promise<void> {
  await assertHeldBy(client, null).catch((error: unknown) => {
    throw error instanceof DiagnosticError ? error : lockLost();
  });
}

/** That the session with this server process has the lock (null: the one that asks). @throws DiagnosticError SC5203 */
export async function assertHeldBy(client: ClientBase, pid: number | null): Promise<void> {
  const { rows } = await client.query(
    `select exists (select from pg_catalog.pg_locks
                     where locktype = 'advisory' and classid = $1 and objid = $2 and objsubid = 2 and granted
                       and pid = coalesce($3, pg_catalog.pg_backend_pid())
                       and database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())) as held`,
    [NAMESPACE, KEY, pid],
  );
  if (rows[0].held !== true) throw lockLost();
}

function lockLost(): DiagnosticError {
  return new DiagnosticError([
    {
      code: 'SC5203',
      severity: 'error',
      summary: 'the session that held the apply lock is gone',
      hint: 'run apply again: it goes on where it stopped',
    },
  ]);
}

// A worker of the server has no name of its own; what autovacuum says it does tells whether it may be cancelled.
const BLOCKER_COLUMNS = `a.pid,
  case when a.query like 'autovacuum: %' then a.query when a.backend_type = 'client backend' then coalesce(a.application_name, '')
       else coalesce(a.backend_type, '') end as application,
  coalesce(a.state, '') as state,
  coalesce(extract(epoch from pg_catalog.clock_timestamp() - coalesce(a.xact_start, a.backend_start)) * 1000, 0)::int8 as ms`;

async function lockHolders(client: ClientBase): Promise<readonly Blocker[]> {
  const { rows } = await client.query(
    `select ${BLOCKER_COLUMNS}
       from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.classid = $1 and l.objid = $2 and l.objsubid = 2 and l.granted
        and l.database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())`,
    [NAMESPACE, KEY],
  );
  return rows.map(blocker);
}

/** Sessions that `pid` waits for right now, and prepared transactions, which no session holds: their pid is 0. */
export async function blockersOf(client: ClientBase, pid: number): Promise<readonly Blocker[]> {
  const { rows } = await client.query(
    `select ${BLOCKER_COLUMNS} from unnest(pg_catalog.pg_blocking_pids($1)) b(pid) join pg_catalog.pg_stat_activity a on a.pid = b.pid
     union all
     select distinct 0, pg_catalog.format('prepared transaction %L', p.gid), 'prepared',
            (extract(epoch from pg_catalog.clock_timestamp() - p.prepared) * 1000)::int8
       from pg_catalog.pg_locks w
       join pg_catalog.pg_locks h
         on h.pid is null and h.granted and h.locktype = w.locktype
        and (h.database, h.relation, h.transactionid, h.classid, h.objid)
            is not distinct from (w.database, w.relation, w.transactionid, w.classid, w.objid)
       join pg_catalog.pg_locks x on x.pid is null and x.locktype = 'transactionid' and x.virtualtransaction = h.virtualtransaction
       join pg_catalog.pg_prepared_xacts p on p.transaction = x.transactionid
      where w.pid = $1 and not w.granted`,
    [pid],
  );
  return rows.map(blocker);
}

function blocker(row: { pid: number; application: string; state: string; ms: string }): Blocker {
  return { pid: row.pid, application: withoutMark(row.application), state: row.state, ms: Number(row.ms) };
}

export function describeBlockers(blockers: readonly Blocker[]): string {
  return blockers
    .map(
      (b) => `${b.pid === 0 ? '' : `pid ${b.pid} `}(${[b.application, b.state].filter(Boolean).join(', ')}, ${Math.round(b.ms / 1000)} s)`,
    )
    .join(', ');
}

function locked(holders: readonly Blocker[]): DiagnosticError {
  return new DiagnosticError(
    [
      {
        code: 'SC5202',
        severity: 'error',
        summary: 'another schemactl is applying to this database',
        ...(holders.length > 0 ? { detail: describeBlockers(holders) } : {}),
        hint: 'wait until it is done, then run it again; schemactl status says more, and schemactl unlock ends it if its client is dead',
      },
    ],
    ExitCode.locked,
  );
}
