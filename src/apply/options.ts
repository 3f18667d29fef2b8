/** What applying takes, gives and tells while it runs, for those who call it; knows no kind. */
import type { ConnectionSpec } from '../core/connection.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Phase } from '../core/plan.js';
import type { TrustPolicy } from './validity.js';

/** Limits that are not given hold nothing back. */
export interface ThrottleLimits {
  /** How far behind a replica may be with replaying. */
  readonly replica_lag_ms?: number;
  /** How old the oldest snapshot may be: what a backfill writes anew cannot be cleaned up before it is gone. */
  readonly oldest_snapshot_ms?: number;
  /** Bytes of WAL per second that the whole server writes. */
  readonly wal_bytes_per_s?: number;
}

export interface ApplyOptions {
  /** The plan file, as it is on disk. */
  readonly bytes: Uint8Array;
  /** Its path, for messages. */
  readonly file: string;
  readonly target: ConnectionSpec;
  readonly policy: TrustPolicy;
  readonly environment: string | null;
  readonly phase: Phase | 'all';
  /** How often a lock is tried again; the waits themselves are in the plan. */
  readonly lock_retries: number;
  /** What makes backfills hold back; absent: when a replica falls behind. */
  readonly throttle?: ThrottleLimits;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ApplyEvent) => void;
}

export interface ApplyOutcome {
  readonly status: 'done' | 'already-applied' | 'nothing' | 'failed';
  readonly steps_run: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
}

/** A session that holds a lock which we wait for. */
export interface Blocker {
  readonly pid: number;
  readonly application: string;
  readonly state: string;
  readonly ms: number;
}

export type ApplyEvent =
  | {
      readonly type: 'plan_started';
      readonly plan: string;
      readonly steps: readonly { readonly id: string; readonly title: string }[];
      /** The steps are taken back, in the order that they stand in here. */
      readonly undo?: boolean;
    }
  | { readonly type: 'step_started'; readonly step: string }
  | { readonly type: 'step_skipped'; readonly step: string; readonly reason: string }
  | { readonly type: 'step_finished'; readonly step: string; readonly ms: number }
  | { readonly type: 'step_failed'; readonly step: string; readonly ms: number; readonly reason: string }
  | {
      readonly type: 'lock_waiting';
      readonly step: string | null;
      readonly attempt: number;
      readonly attempts: number;
      readonly blockers: readonly Blocker[];
    }
  /** `rows_per_s`: of this run so far. */
  | { readonly type: 'rows_done'; readonly step: string; readonly done: number; readonly total: number | null; readonly rows_per_s: number }
  | { readonly type: 'note'; readonly text: string };
