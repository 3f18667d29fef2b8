/** Which objects a plan manages, reports or leaves alone; knows kinds only by their scope slots. */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import { matchesAny, type Pattern } from '../core/pattern.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import { databasePatterns, isListed } from './cluster-wide.js';
import { matchesObject, mentioning } from './declared-names.js';

export interface Scope {
  /** None about the database: the schemas that the desired state names. */
  readonly manage: readonly Pattern[];
  readonly ignore: readonly Pattern[];
  /** Schemas that the desired state names. */
  readonly schemas: ReadonlySet<string>;
  /** Addresses that the desired state declares. */
  readonly declared: ReadonlySet<Address>;
  /** Addresses that the desired state or an applied plan mentions: "owner:table:app.orders". */
  readonly mentioned: ReadonlySet<Address>;
  /** What every new database holds (schema public, its comment and privileges). */
  readonly initial: State;
}

/** The schema that an object belongs to, or null for what belongs to the database. */
export function schemaOf(object: SchemaObject, state: State, kinds: Kinds): string | null {
  const kind = kindFor(kinds, object);
  if (kind.schema) return kind.schema(object);
  if (object.parts.length > 0) return object.parts[0] ?? null;
  const parent = object.parent === null ? undefined : state.get(object.parent);
  return parent === undefined ? null : schemaOf(parent, state, kinds);
}

/** Whether drops of this object may be planned: it is in scope for all that happens to it. */
function isManaged(object: SchemaObject, state: State, scope: Scope, kinds: Kinds): boolean {
  if (matchesObject(scope.ignore, object, kinds)) return false;
  if (object.parent !== null && isIgnored(object.parent, state, scope)) return false;
  const listed = isListed(object, state, scope.manage, kinds);
  if (listed !== null) return listed;
  const manage = databasePatterns(scope.manage, kinds);
  if (manage.length > 0) return matchesObject(manage, object, kinds);
  const schema = schemaOf(object, state, kinds);
  return schema !== null && scope.schemas.has(schema);
}

function isIgnored(address: Address, state: State, scope: Scope): boolean {
  if (matchesAny(scope.ignore, address)) return true;
  const parent = state.get(address)?.parent ?? null;
  return parent !== null && isIgnored(parent, state, scope);
}

export interface Scoped {
  readonly desired: State;
  readonly current: State;
  /** Live objects of `declared` presence that nothing mentions: left alone and reported. */
  readonly undeclared: readonly Address[];
}

/** Cuts both states down to what is compared. */
export function applyScope(desired: State, current: State, scope: Scope, kinds: Kinds): Scoped {
  const wanted = new Map<Address, SchemaObject>();
  const live = new Map<Address, SchemaObject>();
  const undeclared: Address[] = [];
  const manage = databasePatterns(scope.manage, kinds);
  const isMentioned = mentioning([...scope.mentioned, ...scope.declared], kinds);
  const takesPart = (object: SchemaObject, state: State): boolean => {
    if (kindFor(kinds, object).presence !== 'declared') return true;
    if (isMentioned(object)) return true;
    return manage.length > 0 && matchesObject(manage, object, kinds) && comparable(object, state);
  };
  // An owner exists always: where nobody declares one, only what every new database holds has a state to go back to.
  const comparable = (object: SchemaObject, state: State): boolean =>
    !ownsAlways(object, state, kinds) || (object.parent !== null && scope.initial.has(object.parent));

  for (const object of desired.values()) {
    const isInitial = scope.initial.has(object.address) && !scope.declared.has(object.address);
    if (isInitial && !current.has(object.address)) continue;
    if (!takesPart(object, desired)) continue;
    const isShared = isListed(object, desired, scope.manage, kinds) !== null;
    if (isManaged(object, desired, scope, kinds) || (manage.length === 0 && !isShared && scope.declared.has(object.address))) {
      wanted.set(object.address, object);
    } else if (
      manage.length === 0 &&
      !isShared &&
      schemaOf(object, desired, kinds) === null &&
      !isIgnored(object.address, desired, scope)
    ) {
      if (!isInitial) wanted.set(object.address, object);
    }
  }
  for (const object of current.values()) {
    if (!isManaged(object, current, scope, kinds) && !wanted.has(object.address)) continue;
    // What is wanted is compared with what there is, whatever name a file would have for that.
    if (wanted.has(object.address) || takesPart(object, current)) live.set(object.address, object);
    else undeclared.push(object.address);
  }
  // What every new database holds is never dropped because nobody mentions it.
  return { desired: wanted, current: live, undeclared };
}

/** A kind whose objects cannot be dropped has one wherever its target exists. */
function ownsAlways(object: SchemaObject, _state: State, kinds: Kinds): boolean {
  return kindFor(kinds, object).always === true;
}
