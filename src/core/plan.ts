/** The plan document, format 1.5, as the file holds it: plain JSON data; knows no kind, no I/O and no way to make one. */
import type { Address } from './address.js';
import type { Severity } from './diagnostic.js';
import type { Attributes } from './object.js';
import type { RowSet } from './row-set.js';
import type { VariableValues } from './variables.js';

export const PLAN_FORMAT = 'schemactl-plan';
/** A new minor version only adds members, which older readers pass over; a new major version is refused by them. */
export const PLAN_FORMAT_VERSION = '1.5';

/** What is signed and what signs it. */
export interface PlanDocument {
  readonly format: typeof PLAN_FORMAT;
  readonly format_version: string;
  readonly plan: PlanBody;
  readonly signatures: readonly PlanSignature[];
}

/** "sha256:<64 hex digits>". */
export type Hash = string;

/** UTC, whole seconds or milliseconds: "2026-03-01T12:00:00Z". */
export type Instant = string;

export interface PlanBody {
  /** A UUID, new for every plan: what the ledger consumes. */
  readonly id: string;
  readonly created_at: Instant;
  /** The plan may be started until then; finishing what was started has no limit. */
  readonly not_after: Instant;
  /** The contract phase may be started until then; null when there is none, or no limit. */
  readonly contract_not_after: Instant | null;
  /** How long after the expand phase the contract phase begins at the earliest. Since 1.2. */
  readonly contract_after_ms?: number;
  /** For how long nothing may have been seen to use what the contract phase takes away (`uses`). Since 1.4. */
  readonly contract_after_unused_ms?: number;
  /** Names in statements of programs that the contract phase takes away. Since 1.4. */
  readonly uses?: readonly PlanUse[];
  readonly tool: { readonly name: string; readonly version: string };
  readonly database: PlanDatabase;
  /** The role that the steps run as. */
  readonly apply_as: string;
  /** Session settings that are pinned while the steps run, e.g. TimeZone. */
  readonly settings: { readonly [name: string]: string };
  readonly environment: string | null;
  readonly scope: PlanScope;
  readonly desired: PlanDesired;
  readonly policy: PlanPolicy;
  /**
   * `objects`: every managed object with the first 16 hex digits of its hash, so that a refusal can name what moved; the fingerprint
   * is what decides.
   */
  readonly before: { readonly fingerprint: Hash; readonly objects: { readonly [address: Address]: string } };
  readonly after: { readonly fingerprint: Hash };
  /** Every object that the plan leans on, with its hash before the first step; null: the name must be free. */
  readonly footprint: Footprint;
  /** Objects of which the footprint holds every part: what else is found in them came later. Since 1.1. */
  readonly families?: readonly Address[];
  /** Tables of which rows are declared, and which rows: they are looked at with the catalog. Since 1.3. */
  readonly rows?: readonly RowSet[];
  readonly changes: readonly PlanChange[];
  readonly steps: readonly PlanStep[];
  /** Findings made while planning that a reader of the plan should know. */
  readonly notes: readonly PlanNote[];
  /** Ids of open plans that are given up when this one starts, from where they stand. Since 1.2. */
  readonly supersedes?: readonly string[];
  /** False when the plan was narrowed, so that applying it does not reach the desired state. */
  readonly complete: boolean;
}

export type Footprint = { readonly [address: Address]: Hash | null };

/** The one database that the plan is for. */
export interface PlanDatabase {
  /** pg_control_system().system_identifier in decimal digits (it exceeds 2^53), or null where the role may not read it. */
  readonly system_identifier: string | null;
  readonly name: string;
  /** Identity that the ledger gave to the database, or null before the first apply; tells a clone apart. */
  readonly uuid: string | null;
  /** As the server says it: "15.18". */
  readonly server_version: string;
  readonly major: number;
}

export interface PlanScope {
  readonly managed: readonly string[];
  readonly ignored: readonly string[];
  /** Schemas whose objects were compared, by name: one that nothing names any more later needs a word from the user. */
  readonly schemas: readonly string[];
  /** Objects of which an owner or privilege is declared ("owner:table:app.orders"): compared from then on. */
  readonly declared: readonly Address[];
}

export interface PlanDesired {
  readonly digest: Hash;
  /** Git commit of the desired files, when they are in a clean checkout. */
  readonly commit: string | null;
  readonly files: readonly { readonly path: string; readonly digest: Hash }[];
  /** Values of the variables that the files use, by name, which the digest covers. Absent: there are none to use. Since 1.3. */
  readonly variables?: VariableValues;
}

export interface PlanPolicy {
  readonly decisions: readonly PolicyDecision[];
  /** Hazards that a person accepted; "*" is all of them. */
  readonly allowed: readonly AllowedHazard[];
}

export interface PolicyDecision {
  readonly hazard: string;
  readonly address: Address;
  readonly decision: 'allowed' | 'warned' | 'blocked';
  /** What decided: a rule of the policy, an allowance, a default. */
  readonly rule: string | null;
}

export interface AllowedHazard {
  readonly hazard: string;
  readonly address: Address | null;
  readonly by: string;
  readonly reason: string | null;
}

export interface PlanSource {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface PlanChange {
  readonly type: 'add' | 'drop' | 'set' | 'rename';
  readonly address: Address;
  /** The old address of a rename. */
  readonly from?: Address;
  readonly before?: Attributes;
  readonly after?: Attributes;
  readonly source?: PlanSource;
}

export type Phase = 'expand' | 'contract';

/** One unit of work; with 'transaction' all of its statements and its ledger row commit together. */
export interface PlanStep {
  /** "1", "2" …, in the order of running. */
  readonly id: string;
  readonly title: string;
  readonly phase: Phase;
  readonly transaction: 'transaction' | 'none';
  readonly statements: readonly { readonly sql: string }[];
  /** Its one statement runs batch by batch, each in a transaction of its own. Since 1.2. */
  readonly backfill?: PlanBackfill;
  /** What rows must be like: looked at before the statements, or to say why they failed. Since 1.2. */
  readonly checks?: readonly PlanCheck[];
  /** The strongest lock taken on an existing relation, or null. */
  readonly lock: PlanLock | null;
  readonly lock_timeout_ms: number;
  readonly statement_timeout_ms: number;
  readonly hazards: readonly PlanHazard[];
  readonly estimate: { readonly rows: number; readonly bytes: number } | null;
  /** Run before anything of the step is looked at: they keep others from changing what it touches until it commits. Since 1.1. */
  readonly pins?: readonly string[];
  /** Objects that it touches and nothing pins. Since 1.1. */
  readonly unpinned?: readonly { readonly address: Address; readonly reason: string }[];
  /** Privileges that its statements need of `apply_as`, asked for all at once before the first step. Since 1.1. */
  readonly requires?: readonly PlanRequirement[];
  /** What is touched: hashes that must hold before, and that hold after; null: no such object. */
  readonly before: Footprint;
  readonly after: Footprint;
  /** A query that is true when the step is done, for steps that leave the catalog as it was. */
  readonly done_when: string | null;
  /** True when the step was run in scratch and left exactly `after`, else why it could not be. */
  readonly proven: true | string;
  /** 'unproven': success depends on rows. */
  readonly data: 'independent' | 'unproven';
  /** Statements that clear a half-state left by an interrupted run. */
  readonly recover: readonly string[];
  readonly undo: { readonly sql: readonly string[] } | { readonly reason: string };
  /** Nothing undoes the step by itself but undoing another one does (then `undo` is not asked), or undoing it undoes others. Since 1.5. */
  readonly undone_with?: UndoneWith;
  readonly source: PlanSource | null;
}

/** Until step `step`, this one or one before it, is undone the work of all of these stays as it is; then it is gone. */
export interface UndoneWith {
  readonly step: string;
  /** Steps before this one, whose work goes there too once this one is done: the index that it attached, or made a constraint of. */
  readonly takes: readonly string[];
}

/**
 * How the rows of a table are gone through. Keys are text[], one text per column. The step's statement takes $1, the key after which a
 * batch begins (null: at the first row), and $2, the key that it ends with.
 */
export interface PlanBackfill {
  readonly table: Address;
  /** Columns whose order the batches follow; empty: the table's blocks, and the key is a block's number. */
  readonly key: readonly string[];
  /** Query of one text[]: the last key when the backfill begins; null or no row: the table is empty. */
  readonly last: string;
  /** Query of one text[]: where a batch of about $3 rows after $1 ends, at most $2. */
  readonly bound: string;
}

/** A query that finds the rows which stand in the way: keys of some, and in its column "rows_in_all" how many there are. */
export interface PlanCheck {
  /** 'before': none may be found before the statements run; 'failed': it is asked when they failed over rows. */
  readonly when: 'before' | 'failed';
  readonly sql: string;
  /** What is wrong with such rows, after "N rows": "have another value in …". */
  readonly message: string;
}

/** A table, a view, or a column of one, as statements name it. */
export interface PlanUse {
  readonly address: Address;
  readonly schema: string;
  readonly relation: string;
  readonly column: string | null;
}

export interface PlanLock {
  /** As PostgreSQL names it: "ACCESS EXCLUSIVE". */
  readonly mode: string;
  readonly address: Address;
}

export interface PlanRequirement {
  /**
   * A privilege as GRANT names it ("CREATE"), or "OWNER" (of `on`, or of the privileges of its owner), "SUPERUSER", "CREATEROLE", "MEMBER" (may make
   * role `on` an owner), "INHERIT" (has the privileges of role `on`), "SET" (the session may become role `on`), "INSTALL" (may create or
   * update the extension that is called `on`).
   */
  readonly privilege: string;
  /** Address, "database", or the name of a role or an extension; null with SUPERUSER and CREATEROLE. */
  readonly on: string | null;
  /** The role that needs it, where that is not `apply_as`: a new owner must have CREATE on the schema. */
  readonly role?: string;
}

export interface PlanHazard {
  readonly code: string;
  readonly address: Address;
  readonly message: string;
  readonly destructive: boolean;
  /** What is at stake, where it is about a relation; left out by plans that only know it of the whole step. */
  readonly estimate?: { readonly rows: number; readonly bytes: number } | null;
}

export interface PlanNote {
  readonly code: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly address?: Address;
  readonly source?: PlanSource;
}

/** A DSSE 1.0 envelope over the statement that is recomputed from the plan. */
export interface PlanSignature {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}
