/** Under which addresses files declare an object, and whether some addresses mention it; knows kinds only by their slots. */
import { type Address, kindOf } from '../core/address.js';
import type { SchemaObject } from '../core/object.js';
import { matchesAny, type Pattern } from '../core/pattern.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';

/** Its own address, or those of the kind that it is declared as. */
export function declaredNames(object: SchemaObject, kinds: Kinds): readonly Address[] {
  return kindFor(kinds, object).declaredAs?.addresses(object) ?? [object.address];
}

/** Its own address and what files may call it. */
export function matchesObject(patterns: readonly Pattern[], object: SchemaObject, kinds: Kinds): boolean {
  return matchesAny(patterns, object.address) || declaredNames(object, kinds).some((address) => matchesAny(patterns, address));
}

/** Addresses among which some are patterns: GRANT … ON ALL TABLES IN SCHEMA declares one. */
export interface Declared {
  has(address: Address): boolean;
}

export function declaredIn(addresses: ReadonlySet<Address>): Declared {
  const patterns = [...addresses].filter((address) => address.includes('*'));
  const kindsOfPatterns = new Set(patterns.map(kindOf));
  return { has: (address) => addresses.has(address) || (kindsOfPatterns.has(kindOf(address)) && matchesAny(patterns, address)) };
}

/** "privilege:table:app.t@reader" -> "privilege:table:app.t". */
function targetOf(address: Address): string {
  return address.replace(/@[^@]*$/, '');
}

/** Whether one of the addresses speaks of what an object hangs on: presence is decided for all of a target's privileges together. */
export function mentioning(addresses: Iterable<Address>, kinds: Kinds): (object: SchemaObject) => boolean {
  const targets = declaredIn(new Set([...addresses].map(targetOf)));
  return (object) => declaredNames(object, kinds).some((address) => targets.has(targetOf(address)));
}
