/** Which live objects stay outside of what is exported or managed, and by which word of whom. Knows no kind. */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { matchesObject } from '../diff/declared-names.js';
import { schemaOf } from '../diff/scope.js';
import type { Kinds } from '../kinds/hashing.js';

export interface LeftOut {
  readonly address: Address;
  /** The schema that it is in or is; null: it belongs to the database. */
  readonly schema: string | null;
  /** The pattern of `ignore` that it or what holds it matches; null: no pattern of `manage` names it. */
  readonly ignoredBy: string | null;
}

/** Parts of what is left out go without saying. */
export function leftOut(live: State, kept: State, ignore: readonly string[], kinds: Kinds): readonly LeftOut[] {
  const out: LeftOut[] = [];
  for (const object of live.values()) {
    const { address, parent } = object;
    if (kept.has(address) || (parent !== null && live.has(parent) && !kept.has(parent))) continue;
    out.push({ address, schema: schemaOf(object, live, kinds), ignoredBy: ignoring(object, live, ignore, kinds) });
  }
  return out.sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** The first pattern that an object or one of those that hold it matches. */
export function ignoring(object: SchemaObject, state: State, ignore: readonly string[], kinds: Kinds): string | null {
  for (let at: SchemaObject | undefined = object; at !== undefined; at = at.parent === null ? undefined : state.get(at.parent)) {
    const holder = at;
    const pattern = ignore.find((each) => matchesObject([each], holder, kinds));
    if (pattern !== undefined) return pattern;
  }
  return null;
}
