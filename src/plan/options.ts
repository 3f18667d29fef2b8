/** What the planning functions take and give, for those who call them; knows no kind. */

import type { Address } from '../core/address.js';
import type { ConnectionSpec } from '../core/connection.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { State } from '../core/object.js';
import type { PlanDocument, PlanHazard } from '../core/plan.js';
import type { Source } from '../core/source.js';
import type { Variables } from '../core/variables.js';

import type { ScratchOptions } from '../scratch/options.js';
import type { LeftOut } from './left-out.js';

export type { LeftOut, ScratchOptions };

export type PolicyRule = 'allow' | 'approve' | 'deny';

/** "drop-table:app.legacy", taken apart; "*" is every hazard. */
export interface Allowance {
  readonly hazard: string;
  readonly address: string | null;
}

export type PlanningEvent =
  | { readonly type: 'started'; readonly task: string }
  | { readonly type: 'finished'; readonly task: string; readonly ms: number };

export interface PlanOptions {
  readonly target: ConnectionSpec;
  readonly scratch: ScratchOptions;
  /** Files, folders and other sources. */
  readonly desired: readonly Source[];
  /** What `${name}` stands for in desired files; null or absent: nothing stands for anything else. */
  readonly variables?: Variables | null;
  /** Address patterns; empty: the schemas that the desired state names. */
  readonly manage: readonly string[];
  readonly ignore: readonly string[];
  readonly allow: readonly Allowance[];
  readonly adopt: boolean;
  /** Id of an open plan that this one takes the place of, from where that stands. */
  readonly supersede?: string;
  readonly online: boolean;
  /** Tables up to so many bytes may be written anew under their strong lock; absent: what takes no time to speak of. */
  readonly rewrite_bytes?: number;
  /** How long after its expand phase the contract phase begins at the earliest; null or absent: it may follow at once. */
  readonly contract_after_ms?: number | null;
  /** For how long what it takes away must not have been used by then; null or absent: that is not looked at. */
  readonly contract_after_unused_ms?: number | null;
  /** For how long tables that go are kept in a schema of their own; null or absent: they are dropped. */
  readonly retire_ms?: number | null;
  /** Drop what has been kept for as long as it was to be. */
  readonly purge?: boolean;
  /** What is renamed is known by its old name too until the contract phase. */
  readonly bothNames?: boolean;
  readonly environment: string | null;
  /** By hazard code, "default" for those that are not listed. */
  readonly policy: Readonly<Record<string, PolicyRule>>;
  readonly timeouts: { readonly lock_ms: number; readonly statement_ms: number };
  /** What makes the plan, for its record. */
  readonly tool: { readonly name: string; readonly version: string };
  /** Who asks for it: recorded with what they allow. */
  readonly by: string;
  /** Compare names that nobody gave as well. */
  readonly strictNames?: boolean;
  /** What the database holds and no kind models is an error. */
  readonly strictCoverage?: boolean;
  readonly now: Date;
  /** Until when the plan may be started. Null: a week from now. */
  readonly not_after: Date | null;
  /** Until when its contract phase may be started, if it has one. Null, or left out: at any time. */
  readonly contract_not_after?: Date | null;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: (event: PlanningEvent) => void;
  /** Told of desired text that is in no file of this computer, by the name that findings use. */
  readonly onText?: ((file: { readonly path: string; readonly text: string }) => void) | undefined;
}

export interface BlockedHazard {
  readonly hazard: PlanHazard;
  /** Id of the step that has it. */
  readonly step: string;
  /** What allows exactly this: "--allow drop-table:app.legacy". */
  readonly flag: string;
  /** About how many rows are at stake, where it is about a relation. */
  readonly rows: number | null;
}

export interface PlanSummary {
  readonly add: number;
  readonly change: number;
  readonly rename: number;
  readonly replace: number;
  readonly drop: number;
}

export interface PlanOutcome {
  /** Not signed. */
  readonly document: PlanDocument;
  readonly blocked: readonly BlockedHazard[];
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: PlanSummary;
  /** How many objects the desired state has. */
  readonly objects: number;
  readonly isEmpty: boolean;
  /** Live owners and privileges that nothing declares: left alone. */
  readonly undeclared: readonly Address[];
  /** Both sides of the comparison, cut to what is managed, and all that is live, by its present names. */
  readonly compared: { readonly desired: State; readonly current: State; readonly live: State };
}

export interface ExportOptions {
  readonly target: ConnectionSpec;
  readonly format: 'sql' | 'yaml';
  /** One file per object, or per schema. */
  readonly layout: 'object' | 'schema';
  readonly manage: readonly string[];
  readonly ignore: readonly string[];
  /** Patterns of tables whose rows are written too, in YAML. */
  readonly rows?: readonly string[] | undefined;
  /** Where an empty database says what every new one holds; default: embedded. */
  readonly scratch?: ScratchOptions | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ExportOutcome {
  /** Paths are relative, with "/". */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly diagnostics: readonly Diagnostic[];
  /** Live objects that `manage` or `ignore` leave out, without their parts and what every new database holds. */
  readonly leftOut: readonly LeftOut[];
  /** In PostgreSQL's own words, what the database holds and no kind models. */
  readonly unmodelled: readonly string[];
}

export interface ValidateOptions {
  readonly paths: readonly Source[];
  /** What `${name}` stands for in them; null or absent: nothing stands for anything else. */
  readonly variables?: Variables | null;
  /** Null: parse only. */
  readonly scratch: ScratchOptions | null;
  readonly signal?: AbortSignal | undefined;
  readonly onText?: ((file: { readonly path: string; readonly text: string }) => void) | undefined;
}

export interface ValidateOutcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly objects: number;
  readonly files: readonly string[];
  /** What was declared, as the server understands it, where it was run and is sound. */
  readonly state?: State;
}
