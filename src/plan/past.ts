/** What the ledger remembers that planning needs to know; who reads it is told at the call. Knows no kind. */

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
}
