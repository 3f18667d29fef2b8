/** The configuration as the rest of the program uses it: paths absolute, durations in milliseconds, names resolved. */
import type { Span } from '../core/diagnostic.js';
import type { Variables } from '../core/variables.js';
import type { TrustedKeyEntry } from '../trust/keys.js';

export type PolicyAnswer = 'allow' | 'approve' | 'deny';
/** By hazard code; "default" answers for the hazards that are not listed. */
export type PolicyRules = Readonly<Record<string, PolicyAnswer>>;

/** Where a connection string comes from. */
export type ConnectionSource =
  | { readonly from: 'text'; readonly url: string }
  | { readonly from: 'env'; readonly name: string }
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'command'; readonly argv: readonly string[]; readonly cwd: string }
  | { readonly from: 'service'; readonly name: string };

export interface ConfiguredConnection {
  readonly source: ConnectionSource;
  readonly span: Span;
}

export type ScratchChoice =
  | { readonly kind: 'url'; readonly connection: ConfiguredConnection }
  | { readonly kind: 'target'; readonly superuserConsent: boolean }
  | { readonly kind: 'embedded' };

export interface Timeouts {
  readonly lock_ms: number;
  readonly lock_retries: number;
  readonly statement_ms: number;
}

/** Counted from when a plan is made. */
export interface Expiry {
  readonly start_ms: number;
  /** null: the contract phase may be started at any time. */
  readonly contract_ms: number | null;
}

/** How changes are made while programs run. Limits that are not given hold nothing back. */
export interface Online {
  /** Tables up to so many bytes may be written anew in place. */
  readonly rewrite_bytes: number;
  readonly both_names: boolean;
  /** null: the contract phase may follow at once. */
  readonly contract_after_ms: number | null;
  /** null: whether what goes is used is not looked at. */
  readonly contract_after_unused_ms: number | null;
  /** null: what is dropped is gone. */
  readonly retire_ms: number | null;
  readonly limits: { readonly replica_lag_ms?: number; readonly oldest_snapshot_ms?: number; readonly wal_bytes_per_s?: number };
}

/** A source as it was written, paths absolute. */
export type ConfiguredSource =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'command'; readonly argv: readonly string[]; readonly folder: string; readonly timeout_ms: number }
  | { readonly kind: 'git'; readonly revision: string; readonly path: string; readonly folder: string }
  | { readonly kind: 'connection'; readonly connection: ConnectionSource }
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'snapshot'; readonly path: string }
  | { readonly kind: 'plan'; readonly path: string };

/** A source that the configuration lists. */
export interface DesiredEntry {
  readonly source: ConfiguredSource;
  readonly span: Span;
}

/** What holds unless an environment says otherwise, and what every environment ends up with. */
export interface Settings {
  /** With the overlays of the environment. */
  readonly desired: readonly DesiredEntry[];
  /** With those that only other environments give a value. Null: the project has none. */
  readonly variables: Variables | null;
  /** null: the default scope (the schemas that the desired state names). */
  readonly manage: readonly string[] | null;
  /** With those of the presets. */
  readonly ignore: readonly string[];
  /** The desired files were made from the database: drops are meant though nothing was applied yet. */
  readonly adopt: boolean;
  /** Names that nobody gave are compared as well. */
  readonly strict_names: boolean;
  /** Objects that no kind models block a plan. */
  readonly strict_coverage: boolean;
  readonly timeouts: Timeouts;
  readonly expiry: Expiry;
  readonly online: Online;
  readonly scratch: ScratchChoice | null;
}

export interface Environment extends Settings {
  readonly name: string;
  readonly connection: ConfiguredConnection | null;
  readonly policy: { readonly name: string; readonly rules: PolicyRules } | null;
  readonly confirm: 'yes' | 'name';
  readonly require_signature: boolean;
  readonly trusted_keys: readonly TrustedKeyEntry[];
  readonly threshold: number;
}

export interface Config extends Settings {
  /** Null when there is no configuration file. */
  readonly file: string | null;
  readonly environments: ReadonlyMap<string, Environment>;
}

/**
 * PostgreSQL waits for ever by default. Whoever comes after a step that waits for its lock waits too, so that a try is short, with the work
 * behind it under half a second, and there are many: more than a minute of them.
 */
export const DEFAULT_TIMEOUTS: Timeouts = { lock_ms: 200, lock_retries: 12, statement_ms: 900_000 };

/** A week, as a plan is looked at and applied soon after it is made. */
export const DEFAULT_EXPIRY: Expiry = { start_ms: 604_800_000, contract_ms: null };

/** A server writes 16 MB in about a fifth of a second, which nobody minds to wait. */
export const DEFAULT_ONLINE: Online = {
  rewrite_bytes: 16 * 1024 * 1024,
  both_names: false,
  contract_after_ms: null,
  contract_after_unused_ms: null,
  retire_ms: null,
  limits: { replica_lag_ms: 10_000 },
};

export const EMPTY_CONFIG: Config = {
  file: null,
  desired: [],
  variables: null,
  manage: null,
  ignore: [],
  adopt: false,
  strict_names: false,
  strict_coverage: false,
  timeouts: DEFAULT_TIMEOUTS,
  expiry: DEFAULT_EXPIRY,
  online: DEFAULT_ONLINE,
  scratch: null,
  environments: new Map(),
};
