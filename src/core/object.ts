/** The object: one thing in the catalog at the finest grain, as plain data; knows no kind and no SQL. */
import type { Address } from './address.js';
import type { Json } from './json.js';

export type Attributes = { readonly [name: string]: Json };

export interface SchemaObject {
  readonly address: Address;
  readonly kind: string;
  /** Unquoted names, outermost first: ["app", "orders", "total"]. Empty for attached objects. */
  readonly parts: readonly string[];
  /** "(integer, text)" for what is named with its argument types, else "". */
  readonly signature: string;
  /** The object that it lives in or is attached to (column -> table, comment -> its target). */
  readonly parent: Address | null;
  /** What follows "@" in the address of an attached object (a grantee), else null. */
  readonly qualifier: string | null;
  /** Everything that must exist for this to exist, from pg_depend; the parent included. */
  readonly dependsOn: readonly Address[];
  /** The subset of `dependsOn` whose drop takes this object along (pg_depend auto and internal). */
  readonly goesWith: readonly Address[];
  readonly attributes: Attributes;
}

export type State = ReadonlyMap<Address, SchemaObject>;
