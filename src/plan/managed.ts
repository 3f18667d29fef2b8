/** Which live objects a plan answers for: the same rule when it is made and when it is applied. Names no kind. */
import type { Address } from '../core/address.js';
import { fingerprint } from '../core/hash.js';
import type { SchemaObject, State } from '../core/object.js';
import type { Hash, PlanBody, PlanScope } from '../core/plan.js';
import { databasePatterns, isListed } from '../diff/cluster-wide.js';
import { matchesObject } from '../diff/declared-names.js';
import { schemaOf } from '../diff/scope.js';
import { hashObject, type Kinds } from '../kinds/hashing.js';

/** Hashes of the objects in scope; `also` are addresses that count wherever they are (declared, but in no schema). */
export function managedHashes(
  state: State,
  scope: Pick<PlanScope, 'managed' | 'ignored' | 'schemas'>,
  also: ReadonlySet<Address>,
  kinds: Kinds,
): ReadonlyMap<Address, Hash> {
  const schemas = new Set(scope.schemas);
  const result = new Map<Address, Hash>();
  for (const object of state.values()) {
    if (isIgnored(object, state, scope.ignored, kinds)) continue;
    if (also.has(object.address) || isInScope(object, state, scope.managed, schemas, kinds)) {
      result.set(object.address, hashObject(kinds, object));
    }
  }
  return result;
}

/** The same for a plan that is there: what it is about counts wherever it is, as what it makes in no schema does. */
export function managedBy(body: PlanBody, state: State, kinds: Kinds): ReadonlyMap<Address, Hash> {
  const also = new Set([...Object.keys(body.before.objects), ...body.changes.map(({ address }) => address)]);
  return managedHashes(state, body.scope, also, kinds);
}

export function fingerprintOf(hashes: ReadonlyMap<Address, Hash>): Hash {
  return fingerprint(hashes);
}

function isInScope(object: SchemaObject, state: State, managed: readonly string[], schemas: ReadonlySet<string>, kinds: Kinds): boolean {
  const listed = isListed(object, state, managed, kinds);
  if (listed !== null) return listed;
  const patterns = databasePatterns(managed, kinds);
  if (patterns.length > 0) return matchesObject(patterns, object, kinds);
  const schema = schemaOf(object, state, kinds);
  if (schema !== null) return schemas.has(schema);
  // What belongs to no schema itself (an extension) but put its things into one.
  return object.dependsOn.some((on) => {
    const target = state.get(on);
    const its = target === undefined ? null : schemaOf(target, state, kinds);
    return its !== null && schemas.has(its);
  });
}

function isIgnored(object: SchemaObject, state: State, ignored: readonly string[], kinds: Kinds): boolean {
  for (let at: SchemaObject | undefined = object; at !== undefined; at = at.parent === null ? undefined : state.get(at.parent)) {
    if (matchesObject(ignored, at, kinds)) return true;
  }
  return false;
}
