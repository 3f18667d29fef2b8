/** A change: the difference at one address between current and desired; knows no kind. */
import type { Address } from './address.js';
import type { SchemaObject } from './object.js';

export type Change =
  | { readonly type: 'add'; readonly address: Address; readonly after: SchemaObject }
  | { readonly type: 'drop'; readonly address: Address; readonly before: SchemaObject }
  | {
      readonly type: 'set';
      readonly address: Address;
      readonly before: SchemaObject;
      readonly after: SchemaObject;
      /** Names of the attributes that differ, sorted; "parent" last when it lives in another object now. */
      readonly attributes: readonly string[];
    }
  | { readonly type: 'rename'; readonly address: Address; readonly from: Address };
