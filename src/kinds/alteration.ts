/** What differs between two states of an object, and how a kind answers for it. Knows no kind and no planner. */
import type { Address } from '../core/address.js';
import type { SchemaObject } from '../core/object.js';
import type { Operation } from './operation.js';

export interface SetChange {
  readonly before: SchemaObject;
  readonly after: SchemaObject;
  /** Names of the attributes that differ; none, where it is made anew for the sake of what lives in it alone. */
  readonly changed: ReadonlySet<string>;
  /** What lives in it asks for it (`needsParentAnew`), and nothing is in the way (`whyNotAnew`). */
  readonly anew?: true;
}

/** The answer of `alter`: statements, or "drop it and create it again" (with all that depends on it). */
export type Alteration =
  | 'replace'
  | {
      readonly operations: readonly Operation[];
      /**
       * Statements of the expand phase that go ahead of `operations`, which are all of the contract phase then: what is made beside the old
       * one. They wait for no drop and nothing is made again for them.
       */
      readonly prepare?: readonly Operation[];
      /**
       * The server refuses these while dependants exist (ALTER COLUMN TYPE under a view): the planner drops and creates again every
       * dependant whose kind is not `rebuilt`.
       */
      readonly disturbs?: boolean;
      /**
       * It is made anew under its address: what lives in it or leans on it, and is not handled, is dropped before and made again after, whatever
       * its kind.
       */
      readonly remakes?: true;
      /**
       * Dependants that these operations take care of themselves (the columns of a type that is swapped). What else depends on the
       * object is then dropped and created again whatever its kind, and so is what depends on these and is not `rebuilt`.
       */
      readonly handles?: readonly Address[];
      /**
       * Objects of the desired state that these operations make themselves, the ones of `handles` that change with it included: nothing else makes,
       * alters or drops them.
       */
      readonly makes?: readonly Address[];
      /**
       * Objects whose drop or change must come before, where there is one: a primary key forbids its column to become nullable. Where both have a
       * `prepare`, that comes before too.
       */
      readonly follows?: readonly Address[];
    };
