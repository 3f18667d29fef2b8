/** What of an object counts: its hash and its differences, by the attribute classes of its kind. Names no kind. */
import { objectHash } from '../core/hash.js';
import { sameJson } from '../core/json.js';
import type { Attributes, SchemaObject } from '../core/object.js';
import type { Hash } from '../core/plan.js';
import type { Kind } from './kind.js';

export type Kinds = ReadonlyMap<string, Kind>;

/** @throws Error for a kind that nobody registered (a bug). */
export function kindFor(kinds: Kinds, object: SchemaObject): Kind {
  const kind = kinds.get(object.kind);
  if (kind === undefined) throw new Error(`no kind is registered for ${object.address}`);
  return kind;
}

export function hashedAttributes(kinds: Kinds, object: SchemaObject): Attributes {
  const classes = kindFor(kinds, object).attributes;
  return Object.fromEntries(Object.entries(object.attributes).filter(([name]) => classes[name] !== 'unhashed'));
}

export function hashObject(kinds: Kinds, object: SchemaObject): Hash {
  // Where the address does not tell it (an identity sequence and its column), the parent is part of what an object is.
  const attributes = hashedAttributes(kinds, object);
  return objectHash(object.address, object.parent === null ? attributes : { ...attributes, '(parent)': object.parent });
}

/** Names of the attributes that differ, sorted; `unhashed` ones never do. */
export function differingAttributes(kinds: Kinds, before: SchemaObject, after: SchemaObject): readonly string[] {
  const classes = kindFor(kinds, after).attributes;
  const names = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  return [...names]
    .filter((name) => classes[name] !== 'unhashed')
    .filter((name) => classes[name] !== 'guarded' || (isGiven(before, name) && isGiven(after, name)))
    .filter((name) => !sameJson(before.attributes[name] ?? null, after.attributes[name] ?? null))
    .sort();
}

function isGiven(object: SchemaObject, name: string): boolean {
  return (object.attributes[name] ?? null) !== null;
}
