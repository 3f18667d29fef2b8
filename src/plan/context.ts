/** What kinds see of a plan in the making (OperationContext); knows no kind. */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import type { OperationContext, RelationSize } from '../kinds/kind.js';
import type { Retirement } from '../kinds/retired-schema.js';
import type { Work } from './work.js';

/** What is known of how much there is, and what of it may be written anew in place. */
export interface Sizes {
  of(address: Address): RelationSize | null;
  /** Tables up to so many bytes are. */
  readonly rewrite_bytes: number;
}

/** For statements that are written outside of any plan: nothing is made beside anything there. */
export const noCreation: OperationContext['creation'] = () => [];

export const NO_SIZES: Sizes = { of: () => null, rewrite_bytes: 0 };

export interface ContextInput {
  readonly kinds: Kinds;
  readonly major: number;
  readonly online: boolean;
  readonly sizes: Sizes;
  readonly role: string | null;
  readonly database: string;
  readonly current: State;
  readonly desired: State;
  readonly work: Work;
  readonly retirement?: Retirement | null;
  /** Made earlier in the same plan: as new as what is made now. */
  readonly madeBefore: ReadonlySet<Address>;
  /** Value of a hint at an address, or null; called only when a kind asks, so that use can be recorded. */
  readonly hint: (address: Address, name: string) => string | null;
  /** Statements that make objects of a state (OperationContext.creation). */
  readonly creation: OperationContext['creation'];
  /** Addresses that ride inside the CREATE of a parent, by parent, in display order. */
  readonly inlinedChildren: (parent: Address) => readonly SchemaObject[];
}

const indexes = new WeakMap<State, ReadonlyMap<Address, readonly SchemaObject[]>>();

/** Children by parent, computed once per state. */
export function childrenOf(state: State): ReadonlyMap<Address, readonly SchemaObject[]> {
  const known = indexes.get(state);
  if (known) return known;
  const index = new Map<Address, SchemaObject[]>();
  for (const object of state.values()) {
    if (object.parent === null) continue;
    const list = index.get(object.parent);
    if (list) list.push(object);
    else index.set(object.parent, [object]);
  }
  indexes.set(state, index);
  return index;
}

export function operationContext(input: ContextInput): OperationContext {
  const { work, kinds } = input;
  const context: OperationContext = {
    major: input.major,
    online: input.online,
    size: input.sizes.of,
    isShortRewrite: (table) => !input.online || (input.sizes.of(table)?.bytes ?? Number.POSITIVE_INFINITY) <= input.sizes.rewrite_bytes,
    role: input.role,
    database: input.database,
    retirement: input.retirement ?? null,
    current: input.current,
    desired: input.desired,
    children: (state, parent, kind) => {
      const all = childrenOf(state).get(parent) ?? [];
      return kind === undefined ? all : all.filter((object) => object.kind === kind);
    },
    isNew: (address) => work.creates.has(address) || input.madeBefore.has(address),
    isDropped: (address) => work.drops.has(address),
    isChanged: (address) => work.creates.has(address) || work.alters.has(address),
    hint: input.hint,
    inlined: (parent) =>
      input.inlinedChildren(parent).flatMap((child) => {
        const fragment = kindFor(kinds, child).inline?.(child, context) ?? null;
        return fragment === null ? [] : [fragment];
      }),
    remake: (change, conversion) => kindFor(kinds, change.after).remake?.(change, conversion, context) ?? 'its values are not its own',
    whyNotAnew: (address) => {
      const [before, after] = [input.current.get(address), input.desired.get(address)];
      if (before === undefined || after === undefined) return 'it does not stay';
      const why = kindFor(kinds, after).whyNotAnew;
      return why === undefined ? 'there is no such way' : why({ before, after, changed: new Set() }, context);
    },
    beside: (object, column) => kindFor(kinds, object).beside?.(object, column, context) ?? null,
    creation: input.creation,
    reference: (object) => kindFor(kinds, object).reference(object),
    grantReference: (object) => kindFor(kinds, object).grantReference?.(object) ?? null,
  };
  return context;
}

/** Order among siblings: by rank of the kind, then by position where there is one, then by address. */
export function siblingOrder(kinds: Kinds): (a: SchemaObject, b: SchemaObject) => number {
  return (a, b) =>
    kindFor(kinds, a).rank - kindFor(kinds, b).rank ||
    positionOf(a) - positionOf(b) ||
    (a.address < b.address ? -1 : a.address > b.address ? 1 : 0);
}

/** Place among siblings of a kind that has places; 0 for others. */
export function positionOf(object: SchemaObject): number {
  const value = object.attributes.position;
  return typeof value === 'number' ? value : 0;
}
