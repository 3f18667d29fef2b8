/**
 * Ends sessions of plans whose client is provably dead, and nothing else. Knows no kind.
 * Proof is one of two: the session's mark names a process of this very machine that is gone, or the session holds the lock while the one
 * that worked beside it is gone, so that nothing can be applied under that lock any more, whoever lives.
 */
import type { ClientBase } from 'pg';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { instantWords } from '../core/instant.js';
import { isRunning, processOfMark } from './client-mark.js';
import { type PlanSession, planSessions } from './plan-sessions.js';

export interface Judged extends PlanSession {
  readonly verdict: 'dead' | 'alive' | 'unknown' | 'not-ours';
  /** What shows it, or why nothing does. */
  readonly reason: string;
  readonly ended: boolean;
}

export interface UnlockOutcome {
  readonly status: 'free' | 'ended' | 'held';
  readonly sessions: readonly Judged[];
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
}

const POLL_MS = 100;
/** A session that is ended rolls back first. */
const ENDING_MS = 30_000;

/** Those that stand in the way: holders of the lock, and what still runs for a plan. Changes nothing. */
export async function judgeSessions(client: ClientBase): Promise<readonly Judged[]> {
  const sessions = await planSessions(client);
  return sessions
    .map((session) => ({ ...session, ...judge(session, sessions), ended: false }))
    .filter((session) => session.holds_lock || session.verdict === 'dead' || isBusy(session));
}

/** An idle session without the lock is one that waits for its turn. */
function isBusy({ part, state }: PlanSession): boolean {
  return part === 'work' && state !== null && state !== 'idle';
}

function judge(session: PlanSession, all: readonly PlanSession[]): Pick<Judged, 'verdict' | 'reason'> {
  if (session.plan === null) return { verdict: 'not-ours', reason: 'it holds the lock, and is not a session of schemactl' };
  const pid = session.mark === null ? null : processOfMark(session.mark);
  if (pid !== null) {
    return isRunning(pid)
      ? { verdict: 'alive', reason: `its client, process ${pid} of this machine, is running` }
      : { verdict: 'dead', reason: `its client, process ${pid} of this machine, is gone` };
  }
  const works = all.some(({ part, plan, mark }) => part === 'work' && plan === session.plan && mark === session.mark);
  if (session.part === 'lock' && session.holds_lock && !works) {
    return { verdict: 'dead', reason: 'the session that worked beside it is gone, so nothing can be applied any more' };
  }
  const where = session.client === null ? 'another machine, or in another container' : `its side (${session.client})`;
  return { verdict: 'unknown', reason: `only on ${where} can it be told whether its client still runs` };
}

/**
 * Ends those whose client is dead, and waits until they are gone.
 * @throws DiagnosticError SC5602 when this role may not
 */
export async function endDead(client: ClientBase, judged: readonly Judged[]): Promise<UnlockOutcome> {
  const ended = new Set<number>();
  for (const session of judged) {
    if (session.verdict === 'dead' && (await end(client, session))) ended.add(session.pid);
  }
  await gone(client, ended);
  return outcomeOf(judged.map((session) => ({ ...session, ended: ended.has(session.pid) })));
}

/** What comes of those, as they are. */
export function outcomeOf(sessions: readonly Judged[]): UnlockOutcome {
  const left = sessions.filter(({ ended }) => !ended);
  if (left.length > 0) return { status: 'held', sessions, diagnostics: left.map(held), exitCode: ExitCode.locked };
  return { status: sessions.length > 0 ? 'ended' : 'free', sessions, diagnostics: [], exitCode: ExitCode.done };
}

/** False when it was gone by itself. The same number may mean another session by now, so the whole of it is looked for. */
async function end(client: ClientBase, session: Judged): Promise<boolean> {
  try {
    const { rows } = await client.query<{ sent: boolean }>(
      `select pg_catalog.pg_terminate_backend(a.pid) as sent
         from pg_catalog.pg_stat_activity a
        where a.pid = $1 and a.datname = pg_catalog.current_database()
          and pg_catalog.starts_with(a.application_name, $2) and pg_catalog.strpos(a.application_name, $3) > 0
          and a.backend_start is not distinct from coalesce($4::timestamptz, a.backend_start)`,
      [session.pid, `schemactl/${session.plan}`, session.mark ?? '', session.since],
    );
    return rows[0]?.sent === true;
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    const hint = `connect as "${session.user}" or a member of it, or let a superuser grant pg_signal_backend to this role`;
    throw new DiagnosticError([
      {
        code: 'SC5602',
        severity: 'error',
        summary: `the client of pid ${session.pid} is dead, and this role may not end that session of role "${session.user}"`,
        detail: `${session.reason}\n${(error as Error).message}`,
        hint,
      },
    ]);
  }
}

async function gone(client: ClientBase, pids: ReadonlySet<number>): Promise<void> {
  const until = Date.now() + ENDING_MS;
  while (pids.size > 0 && Date.now() < until) {
    const { rows } = await client.query('select from pg_catalog.pg_stat_activity where pid = any ($1)', [[...pids]]);
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function held(session: Judged): Diagnostic {
  const summary = session.holds_lock
    ? `the apply lock is held by pid ${session.pid} (${session.application || 'no name'}, user ${session.user})`
    : `pid ${session.pid} (${session.application}, user ${session.user}) still works for a plan`;
  const wait = session.verdict === 'alive' ? 'wait until it is done, or stop that process' : 'make sure that its client is dead';
  const statement = `select pg_terminate_backend(${session.pid});`;
  const detail = session.since === null ? session.reason : `${session.reason}; connected since ${instantWords(session.since)}`;
  const hint = session.verdict === 'alive' ? wait : `${wait}, then let an administrator run  ${statement}`;
  return { code: 'SC5601', severity: 'error', summary, detail, hint };
}
