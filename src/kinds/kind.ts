/**
 * The contract of an object kind: fixed slots filled with data and small functions.
 * Diffing, ordering, proving and applying are written over these slots and know no kind.
 */
import type { Address } from '../core/address.js';
import type { Attributes, SchemaObject, State } from '../core/object.js';
import type { PlanRequirement } from '../core/plan.js';
import type { RowSet } from '../core/row-set.js';
import type { Alteration, SetChange } from './alteration.js';
import type { Contents, ReadContext } from './catalog-row.js';
import type { Operation, RelationSize } from './operation.js';
import type { Retirement } from './retired-schema.js';
import type { StatementRule } from './statement-rule.js';
import type { YamlSlot } from './yaml-slot.js';

export type { Alteration, SetChange } from './alteration.js';
export type { CatalogRow, Contents, ReadContext } from './catalog-row.js';
export type { Hazard, LockMode, Operation, RelationSize, TransactionMode } from './operation.js';
export type {
  Ast,
  AstValue,
  Declared,
  NameRef,
  StatementContext,
  StatementMeaning,
  StatementProblem,
  StatementRule,
} from './statement-rule.js';

/**
 * How an attribute takes part: `exact` is compared and hashed; `text` too, but is SQL that the server deparsed, so a seed may
 * read back as an equivalent other text; `unhashed` is neither (a position, an estimate). `guarded` is as `exact`, and null for a role that may
 * not read it: where either side is null it is not compared.
 */
export type AttributeClass = 'exact' | 'text' | 'unhashed' | 'guarded';

/** A rename by which old and new programs both find what they name until the contract phase. */
export interface SlowRename {
  readonly expand: readonly Operation[];
  readonly contract: readonly Operation[];
  /** Where the object gets its new name: in 'contract', what else is planned can only come after. */
  readonly renamesIn: 'expand' | 'contract';
}

/** How the values of a column come into one of another type beside it. */
export interface Conversion {
  /** The type as ADD COLUMN has it: another name, where the type itself is made anew. */
  readonly type: string;
  /** SQL over the table's columns, of that type. */
  readonly expression: string;
  /** SQL over them whose text is the same as the new value's where nothing was lost. */
  readonly original: string;
  /** Values without a place in the new type become null, and stop the contract phase. */
  readonly loses: boolean;
  /** Columns that the same alteration makes anew, in the order of their addresses. */
  readonly together?: readonly Address[];
}

/** Names of a column and of the one beside it that takes its place. */
export interface RemadeColumn {
  readonly from: string;
  readonly to: string;
  /** Others that are made anew in the same plan. */
  readonly also?: readonly RemadeColumn[];
}

export interface Beside {
  /** In the expand phase. */
  readonly build: readonly Operation[];
  /** While both columns are there, right before the old one goes. */
  readonly settle: readonly Operation[];
  readonly take: readonly Operation[];
}

/** A look at the two states while operations are made. `state` is the side that the slot speaks of (see each slot). */
export interface OperationContext {
  readonly major: number;
  /** True: rewrite for availability (CONCURRENTLY, NOT VALID then VALIDATE …); false with --direct and in scratch seeding. */
  readonly online: boolean;
  /**
   * About how much the relation at an address holds, where that decides between two ways; null: not known, or there is no such relation.
   */
  size(address: Address): RelationSize | null;
  /** Whether the table at an address is small enough to be written anew under its strong lock. */
  isShortRewrite(table: Address): boolean;
  /** Role that the statements run as, and so the owner of what they create; null: it owns whatever they touch. */
  readonly role: string | null;
  /** Where what is dropped goes instead; null: nowhere. */
  readonly retirement: Retirement | null;
  /** Name of the database that the statements are for; what is run in scratch must not depend on it. */
  readonly database: string;
  readonly current: State;
  readonly desired: State;
  /** Children of an address (by `parent`) in a state, in no particular order; `kind` narrows. */
  children(state: State, parent: Address, kind?: string): readonly SchemaObject[];
  /** True when the plan creates (or drops and creates again) the object at this address: nobody uses it yet. */
  isNew(address: Address): boolean;
  /** True when the plan drops the object at this address (replacing counts). */
  isDropped(address: Address): boolean;
  /** True when the plan adds, sets or replaces the object at this address. */
  isChanged(address: Address): boolean;
  /** Value of a hint beside the declaration of `address` ("using"), marking it used; null when there is none. */
  hint(address: Address, name: string): string | null;
  /** Fragments of the children that the planner lets this create carry inline (see Kind.inline), in position order. */
  inlined(parent: Address): readonly string[];
  /** How a column is made anew beside itself, by its kind's `remake`. */
  remake(change: SetChange, conversion: Conversion): Exclude<Alteration, 'replace'> | string;
  /** Why what is at an address cannot be made anew beside itself, by its kind's `whyNotAnew`; null: it can. */
  whyNotAnew(address: Address): string | null;
  /** How an object over a column that is made anew is built beside itself, by its kind's `beside`. */
  beside(object: SchemaObject, column: RemadeColumn): Beside | null;
  /** Statements, in order, that make objects of `state`, as in a state that holds all of it but them: on tables that nobody uses yet. */
  creation(objects: readonly SchemaObject[], state: State): readonly Operation[];
  /** SQL reference of any object, by its kind's `reference` ("TABLE app.orders"), or for GRANT by `grantReference`. */
  reference(object: SchemaObject): string;
  grantReference(object: SchemaObject): string | null;
}

/** How a step keeps others from changing an object between its last look at it and its commit. */
export type Pin =
  /**
   * One statement that changes nothing anybody reads, whatever the object has become meanwhile, and makes every concurrent change of it
   * wait or fail until the end of the transaction: a lock, or where there is none a no-op ALTER that writes the object's catalog row.
   */
  | {
      readonly sql: string;
      /** Privileges that it needs of the role that runs it; absent: to own the object. */
      readonly requires?: readonly PlanRequirement[];
    }
  /** Why nothing does that: said in the plan. */
  | { readonly reason: string };

/** How scratch comes to hold an object as it is live where the statements that create it do not suffice. */
export interface Seeding {
  /**
   * What is made where scratch refuses the object as it is; null: nothing stands for it. `reason`: why what scratch shows of it, and of
   * whatever touches it, proves nothing; null: what it gives up (a tablespace) means nothing to what is shown.
   */
  substitute?(object: SchemaObject): { readonly object: SchemaObject; readonly reason: string | null } | null;
  /**
   * Statements that copy onto the catalog of scratch what no DDL sets (an INVALID index): run as superuser, when all is made, so that the
   * server itself models what the plan does to it. `made` is the object, or what stands for it.
   */
  overlay?(object: SchemaObject, made: SchemaObject, major: number): readonly string[];
  /**
   * Statements that keep it from acting in scratch, run whenever it came to be there. What reads back otherwise afterwards is taken to be
   * as it was.
   */
  quiet?(object: SchemaObject, major: number): readonly string[];
}

export interface Kind {
  /** Snake case, unique, as in addresses: "materialized_view". */
  readonly name: string;
  /** Order of display and tie-break among independent objects; lower first. */
  readonly rank: number;
  /**
   * Where its objects have their rows, as it stands behind "exists (select from": where that holds nothing the query is not asked. Cheap,
   * readable by every role, in every major, and never narrower than the query. Absent: it is always asked.
   */
  readonly heldIn?: string;
  /** Catalog query for one server major, or null where the major has no such thing. Columns: see CatalogRow. */
  query(read: ReadContext): string | null;
  /** Its objects are rows of tables: how those of these sets are read. Absent: they are rows of the catalog. */
  readonly reading?: (sets: readonly RowSet[]) => Contents;
  /** What `reading` gave, in a kind that is about certain tables (see with-rows.ts). */
  readonly contents?: Contents;
  /** Every attribute that the query returns, with its class. The reader fails on an attribute that is missing here. */
  readonly attributes: { readonly [name: string]: AttributeClass };
  /**
   * 'declared': what the desired state does not mention at the parent is left alone and only reported (owner, privilege).
   * Default 'managed'.
   */
  readonly presence?: 'managed' | 'declared';
  /**
   * Files name its objects as if they were of another kind, because only the catalog tells them from those (a privilege on what belongs to an
   * extension): which kind, and under which addresses a file may declare one. Absent: they are named by their own address.
   */
  readonly declaredAs?: { readonly kind: string; addresses(object: SchemaObject): readonly Address[] };
  /** Its target always has one (an owner): undeclared means "whatever it is", and it is never dropped. */
  readonly always?: boolean;
  /** PostgreSQL chooses a name when none is given (constraint, index): without one only its structure is compared. */
  readonly choosesName?: boolean | ((object: SchemaObject) => boolean);
  /**
   * It has no name of its own but those of others: its last name and its attributes where these (by address) get other last names. Absent or
   * null: nothing of it changes.
   */
  calledAfter?(
    object: SchemaObject,
    renamed: ReadonlyMap<Address, { readonly from: string; readonly to: string }>,
  ): { readonly name: string; readonly attributes: Attributes } | null;
  /** It shapes objects made after it (default privileges): made last, and part of the footprint of whatever is created. */
  readonly ambient?: boolean;
  /** Of an ambient kind: the change only takes away from what it does to what is made, and so goes ahead of that. Absent: none does. */
  lessens?(change: SetChange): boolean;
  /**
   * Kinds whose objects the server makes lean on it though they do not name it, where they are made or altered while it is there
   * (functions on the transforms of their types): that is done once it is gone.
   */
  readonly attracts?: readonly string[];
  /**
   * It belongs to the whole server: read and compared only where a pattern of `manage` lists the kind, and made in scratch only on servers
   * that are ours.
   */
  readonly clusterWide?: true;
  /** Its objects are roles: where they are made in scratch themselves, nothing stands in for them. */
  readonly isRole?: true;
  /** Schema that it belongs to for scope; default: the first part, or for attached objects the parent's. null: to no schema. */
  schema?(object: SchemaObject): string | null;
  /** It stays where `on`, which it leans on, goes for good: what removes that sees to it. Absent: it goes too, and is made again. */
  outlives?(object: SchemaObject, on: SchemaObject, desired: State): boolean;
  /**
   * What PostgreSQL does not keep without it: where this goes or is made anew, so do they, and they are what is dropped (a base type and the
   * shell that its functions lean on). Absent: nothing.
   */
  bound?(object: SchemaObject): readonly Address[];
  /** The server itself keeps it in step when something that it depends on is altered (index, constraint, default). */
  readonly rebuilt?: boolean;
  /**
   * Keys of which the server allows one holder at a time, shared with other kinds: "relation app.orders", "primary key of app.orders".
   * What is created waits for the drop of what holds a key of it. Absent or null: none but its address.
   */
  namespace?(object: SchemaObject): string | readonly string[] | null;
  /** How COMMENT ON and ALTER name it: "TABLE app.orders", "TRIGGER t ON app.orders". */
  reference(object: SchemaObject): string;
  /** How GRANT … ON names it ("TABLE app.orders", "FUNCTION app.f(integer)"); absent: no privileges. */
  grantReference?(object: SchemaObject): string;
  /** How queries name it; absent: they do not. */
  named?(object: SchemaObject): { readonly schema: string; readonly relation: string; readonly column: string | null };
  /** Statements that make it; `context.desired` holds it and everything that it depends on. */
  create(object: SchemaObject, context: OperationContext): readonly Operation[];
  /** Its fragment inside the CREATE of its parent, or null when it needs a statement of its own. Absent: never inline. */
  inline?(object: SchemaObject, context: OperationContext): string | null;
  /**
   * What the fragment cannot say (SET STORAGE, SET STATISTICS): statements that run right after the CREATE of the parent that carries
   * the fragment. Absent: none.
   */
  afterInline?(object: SchemaObject, context: OperationContext): readonly Operation[];
  alter(change: SetChange, context: OperationContext): Alteration;
  /**
   * The server would write anew what it lives in, while nobody could use that: then that is altered with `anew` where it can be, and makes this
   * change along. `before`: null where it is new. Absent: no change does.
   */
  needsParentAnew?(before: SchemaObject | null, after: SchemaObject, context: OperationContext): boolean;
  /** Why `alter` cannot make it anew beside itself, with what lives in it as it is desired; null: it can. Absent: there is no such way. */
  whyNotAnew?(change: SetChange, context: OperationContext): string | null;
  /**
   * Statements that remove it; not called when the drop of something in `goesWith` takes it along. Never CASCADE, but for what goes no other way,
   * and then only behind a look at what it would take (type-shell.ts).
   */
  drop(object: SchemaObject, context: OperationContext): readonly Operation[];
  /** Statements that put it out of the way with all that it holds, instead of dropping it (`retirement` of the context is not null). */
  retire?(object: SchemaObject, context: OperationContext): readonly Operation[];
  /**
   * Whether it is dropped where what it belongs to is retired, together with `along`: a foreign key would go on holding other tables, a partition
   * be one of a table that stays.
   */
  leavesRetired?(object: SchemaObject, along: ReadonlySet<Address>): boolean;
  /**
   * Statements that give `object` the last name of `to` (same parent); `context` tells when the rename of another object brings it
   * about (a partition's column). Absent: PostgreSQL cannot rename it.
   */
  rename?(object: SchemaObject, to: string, context: OperationContext): readonly Operation[];
  /** What has the same name because of it, and is renamed along (a column in partitions). Absent: nothing. */
  renamedWith?(object: SchemaObject, state: State): readonly Address[];
  /** Makes a column anew beside itself with values of another type; a text: why it cannot. Absent: it holds no values. */
  remake?(change: SetChange, conversion: Conversion, context: OperationContext): Exclude<Alteration, 'replace'> | string;
  /**
   * For what takes long to make again over a column that is made anew beside the old one, or holds what must not be lost: statements that build it
   * beside itself over the new one, and those by which that takes its place. Absent or null: it is dropped and made again.
   */
  beside?(object: SchemaObject, column: RemadeColumn, context: OperationContext): Beside | null;
  /**
   * The same, with both names in use until the contract phase; `renames` are the statements of `rename`, `later` what the plan renames after it.
   * Absent or null: there is no such way.
   */
  renameSlowly?(
    object: SchemaObject,
    to: string,
    renames: readonly Operation[],
    context: OperationContext,
    later: ReadonlySet<Address>,
  ): SlowRename | null;
  /**
   * What pins it (see pins.ts); `state` holds it as the step finds it. Absent or null: whoever changes it must lock its parent, whose pin
   * is enough. Relations are locked in SHARE UPDATE EXCLUSIVE mode, the weakest that no DDL goes past and no reader or writer notices.
   */
  pin?(object: SchemaObject, state: State, names: Pick<OperationContext, 'grantReference'>): Pin | null;
  /** Absent: scratch holds it as it is live once the statements that create it ran. */
  readonly seeding?: Seeding;
  /** Objects that must be created or altered before this is created, beyond pg_depend (soft: dropped where they make a cycle). */
  after?(object: SchemaObject, state: State): readonly Address[];
  /**
   * Objects of the current state that, where they are dropped or altered, must be gone or altered before this is created or altered
   * (soft, as `after`): a partition that is about to go has no part of a new index, which stays invalid as long as it is there.
   */
  afterDrops?(object: SchemaObject, states: Pick<OperationContext, 'current' | 'desired'>): readonly Address[];
  /**
   * Objects that, where they are dropped or altered, must be gone or altered before this is dropped (soft, as `after`): a column cannot be
   * dropped as long as a parent of its table has it as well. `state` is the current one.
   */
  dropsAfter?(object: SchemaObject, state: State): readonly Address[];
  /** How SQL statements declare it. */
  readonly sql?: readonly StatementRule[];
  /** Where it stands in YAML files. Absent: it is written in SQL only. */
  readonly yaml?: readonly YamlSlot[];
}
