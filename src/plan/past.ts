/** What the ledger remembers that planning needs to know; who reads it is told at the call. Knows no kind. */
import type { Address } from '../core/address.js';
import type { Hash, Phase } from '../core/plan.js';

export interface Past {
  /** Identity that the ledger gave to the database. */
  readonly database: string;
  /** Schemas that the last applied plan managed. */
  readonly schemas: readonly string[];
  /** Owners and privileges that it declared. */
  readonly declared: readonly string[];
  /** False: a ledger is there, but no plan was ever completed. */
  readonly applied: boolean;
  /** Plans that were started and not finished, oldest first. */
  readonly open: readonly OpenPlan[];
}

export interface OpenPlan {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly started_at: string;
  readonly steps_done: number;
  /** False: nothing of it took effect, so it stands in nobody's way. */
  readonly begun: boolean;
  readonly steps: number;
  /** Phase of its next step; null: all are done. */
  readonly waits_for: Phase | null;
  /** Digest of the desired files that it was made from. */
  readonly desired: Hash;
  /** What its steps touch, as the last of them leaves it; null: not there then. */
  readonly ends: ReadonlyMap<Address, Hash | null>;
}
