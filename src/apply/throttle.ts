/** What makes a backfill hold back between two batches: each limit by itself is enough, and the reason is told. Knows no kind. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApplyOptions, ThrottleLimits } from './options.js';
import type { Sessions } from './sessions.js';

export const DEFAULT_LIMITS: ThrottleLimits = { replica_lag_ms: 10_000 };

const LOOK_MS = 1_000;

interface Measured {
  readonly paused: boolean;
  /** Null: no replica, or none that this role may see. */
  readonly replica_lag_ms: number | null;
  readonly oldest_snapshot_ms: number | null;
  readonly wal_bytes: number;
  readonly at_ms: number;
}

const MEASURE = `
  select exists (select from schemactl.plans where id = $1 and paused_at is not null) as paused,
         (select max(extract(epoch from replay_lag) * 1000) from pg_catalog.pg_stat_replication)::float8 as replica_lag_ms,
         (select max(extract(epoch from pg_catalog.clock_timestamp() - xact_start) * 1000) from pg_catalog.pg_stat_activity
           where backend_xmin is not null and pid <> pg_catalog.pg_backend_pid())::float8 as oldest_snapshot_ms,
         pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), '0/0')::float8 as wal_bytes,
         (extract(epoch from pg_catalog.clock_timestamp()) * 1000)::float8 as at_ms`;

/** One for a backfill: it remembers when it looked. */
export class Throttle {
  #last: Measured | null = null;
  #lookedAt = 0;

  constructor(
    private readonly sessions: Sessions,
    private readonly plan: string,
    private readonly options: Pick<ApplyOptions, 'onEvent' | 'signal' | 'throttle'>,
  ) {}

  /** Returns at once between two looks; else when no limit is exceeded any more, or the run is interrupted. */
  async pass(): Promise<void> {
    if (Date.now() - this.#lookedAt < LOOK_MS) return;
    let told: string | null = null;
    for (;;) {
      const now = await this.#measure();
      const reason = reasonToWait(now, this.#last, this.options.throttle ?? DEFAULT_LIMITS);
      this.#last = now;
      this.#lookedAt = Date.now();
      if (reason === null || this.options.signal?.aborted) return;
      if (reason.kind !== told) this.options.onEvent?.({ type: 'note', text: `holding back: ${reason.text}` });
      told = reason.kind;
      await sleep(LOOK_MS, undefined, this.options.signal ? { signal: this.options.signal } : {}).catch(() => undefined);
    }
  }

  async #measure(): Promise<Measured> {
    const { rows } = await this.sessions.lock.query<Measured>(MEASURE, [this.plan]);
    return rows[0] as Measured;
  }
}

/** Null: nothing is in the way. */
export function reasonToWait(
  now: Measured,
  before: Measured | null,
  limits: ThrottleLimits,
): { readonly kind: string; readonly text: string } | null {
  if (now.paused) return { kind: 'paused', text: 'the plan is paused' };
  const over = (value: number | null, limit: number | undefined): value is number => limit !== undefined && value !== null && value > limit;
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  if (over(now.replica_lag_ms, limits.replica_lag_ms))
    return { kind: 'replica', text: `a replica is ${seconds(now.replica_lag_ms)} behind` };
  if (over(now.oldest_snapshot_ms, limits.oldest_snapshot_ms))
    return { kind: 'snapshot', text: `the oldest snapshot is ${seconds(now.oldest_snapshot_ms)} old` };
  const passed_s = before === null ? 0 : (now.at_ms - before.at_ms) / 1000;
  const rate = before === null || passed_s <= 0 ? null : (now.wal_bytes - before.wal_bytes) / passed_s;
  if (over(rate, limits.wal_bytes_per_s)) return { kind: 'wal', text: `the server writes ${(rate / 1e6).toFixed(1)} MB of WAL a second` };
  return null;
}
