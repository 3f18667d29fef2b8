/** One statement of a plan, with what has to be known of it to order, prove, run and undo it. Knows no kind and no planner. */
import type { Address } from '../core/address.js';
import type { PlanBackfill, PlanCheck, PlanRequirement } from '../core/plan.js';

export type TransactionMode =
  /** May share a transaction with its neighbours. */
  | 'shared'
  /** Transactional, but only after what it follows is committed (VALIDATE, a use of a new enum value), and alone. */
  | 'own'
  /** Transactional, shareable, but what depends on it waits for its commit (ALTER TYPE … ADD VALUE). */
  | 'commit'
  /** Refused inside a transaction block (CREATE INDEX CONCURRENTLY). */
  | 'none';

export type LockMode =
  | 'ACCESS SHARE'
  | 'ROW SHARE'
  | 'ROW EXCLUSIVE'
  | 'SHARE UPDATE EXCLUSIVE'
  | 'SHARE'
  | 'SHARE ROW EXCLUSIVE'
  | 'EXCLUSIVE'
  | 'ACCESS EXCLUSIVE';

/** By the server's statistics. */
export interface RelationSize {
  readonly rows: number;
  readonly bytes: number;
}

/** A named danger of an operation; `code` is kebab-case and never renumbered ("drop-column"). */
export interface Hazard {
  readonly code: string;
  readonly address: Address;
  /** One sentence for people: what happens, to what. */
  readonly message: string;
  /** Destroys data or objects that hold data: blocked unless allowed. */
  readonly destructive?: boolean;
  /** What is at stake, where that is not the relation that the address is of; null: nothing that counts in rows. */
  readonly estimate?: RelationSize | null;
  /** A danger of a new object too: to what is there already (an event trigger), or in what it lacks. Others count on existing ones only. */
  readonly evenNew?: boolean;
}

/** One statement of a plan. */
export interface Operation {
  /** A single statement, no trailing semicolon, all names schema-qualified (search_path is empty). */
  readonly sql: string;
  /** Statements that scratch runs in its place, where it would reach another server or needs code that scratch has not. */
  readonly scratch?: readonly string[];
  /** Default 'shared'. */
  readonly mode?: TransactionMode;
  /** It takes the old way, so it and whatever waits for it belong to the contract phase. */
  readonly contract?: true;
  /** It runs batch by batch, with parameters that `scratch` has values for; its mode is 'own'. */
  readonly backfill?: PlanBackfill;
  readonly checks?: readonly PlanCheck[];
  /** Strongest table lock taken and on which object's relation; absent when none on existing relations. */
  readonly lock?: { readonly mode: LockMode; readonly address: Address };
  readonly hazards?: readonly Hazard[];
  /**
   * From here on the object is as a view or a function needs it; what follows only tightens it (a NOT NULL that is validated). What depends
   * on it and is not `rebuilt` is made after this one and not after the last, so that it is not gone for longer than it must.
   */
  readonly settled?: boolean;
  /** Parts of the object that it comes after, where these only wait for the statements before it (INHERIT: columns that the parent has). */
  readonly awaits?: readonly Address[];
  /** Success depends on rows (VALIDATE, a cast, a unique build). */
  readonly dependsOnData?: boolean;
  /**
   * Privileges that it needs of the role that runs it, beyond what follows from its verb (plan/requirements.ts): REFERENCES on the table of
   * a foreign key, SUPERUSER for a C function.
   */
  readonly requires?: readonly PlanRequirement[];
  /** Statements that undo it, or why it cannot be undone. */
  readonly undo?: { readonly sql: readonly string[] } | { readonly reason: string };
  /**
   * It ties the object `takes` to the object `object`, and nothing else than dropping `object` unties them, which drops both. Where the plan
   * makes both, undoing what makes `object` undoes all of it.
   */
  readonly undoneWith?: { readonly object: Address; readonly takes: Address };
  /**
   * Undone by `sql`, these objects are not there, whereas `undo` makes them again as they were before it, at a cost. Used where the plan made
   * them, so that undoing it needs no more than that: the index that a constraint took over, a check that is dropped when it has served.
   */
  readonly undoTaking?: { readonly takes: readonly Address[]; readonly sql: readonly string[] };
  /** Statements that clear a half-state left by an interrupted run (mode 'none' only), e.g. dropping an INVALID index. */
  readonly recover?: readonly string[];
}
