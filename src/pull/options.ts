/** What pulling takes and gives, for those who call it; knows no kind and no language. */
import type { Change } from '../core/change.js';
import type { ConnectionSpec } from '../core/connection.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Variables } from '../core/variables.js';
import type { ScratchOptions } from '../scratch/options.js';

export interface PullOptions {
  readonly target: ConnectionSpec;
  readonly scratch: ScratchOptions;
  /** Files and folders; new files are made in the first folder. */
  readonly desired: readonly string[];
  /** What `${name}` stands for in them; null or absent: nothing stands for anything else. */
  readonly variables?: Variables | null;
  /** As for a plan. */
  readonly manage: readonly string[];
  readonly ignore: readonly string[];
  /** Address patterns: only what matches is written. Empty: everything. */
  readonly only: readonly string[];
  readonly strictNames?: boolean;
  readonly signal?: AbortSignal;
}

/** A file as it was and as it should be. */
export interface PulledFile {
  readonly path: string;
  /** Null: there was no such file. */
  readonly before: string | null;
  /** Null: nothing is left to say in it. */
  readonly after: string | null;
}

export interface PullOutcome {
  /** Only those that change, by path. Nothing is written yet. */
  readonly files: readonly PulledFile[];
  /** From the files as they were to the database. */
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
}
