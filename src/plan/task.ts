/** A task: one statement of the plan in the making, with what it waits for; knows no kind. */
import type { Address } from '../core/address.js';
import type { Operation } from '../kinds/kind.js';

/** 'prepare': what an alteration makes beside the old thing, in the expand phase. */
export type Role = 'drop' | 'prepare' | 'alter' | 'create';

export interface Task {
  /** "create table:app.orders#0". */
  readonly id: string;
  readonly address: Address;
  readonly role: Role;
  readonly operation: Operation;
  /** Tie-break among tasks that may run at the same time. */
  readonly rank: number;
  /** Position among siblings (columns), for those that have one, else 0. */
  readonly position: number;
}

/** The tasks that one address gives rise to, in their own order; empty when the server does it by itself. */
export interface Job {
  readonly address: Address;
  readonly role: Role;
  readonly tasks: readonly Task[];
  /** Objects whose drop it waits for (Alteration.follows). */
  readonly follows?: readonly Address[];
}

export interface TaskGraph {
  readonly tasks: readonly Task[];
  /** Task id -> ids of the tasks that must be done before. */
  readonly waitsFor: ReadonlyMap<string, ReadonlySet<string>>;
}
