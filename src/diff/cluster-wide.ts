/**
 * What belongs to the whole server is managed only where the patterns of `manage` list its kind ("role:app_*"): '*' is everything that
 * lives in the database. Knows kinds by that slot and names none.
 */
import type { SchemaObject, State } from '../core/object.js';
import { matchesAny, type Pattern } from '../core/pattern.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import type { Kind } from '../kinds/kind.js';

const speaksOf = (pattern: Pattern, kind: Kind): boolean => pattern.startsWith(`${kind.name}:`);

/** The kinds to read: without those of the whole server that no pattern asks for. */
export function kindsAskedFor(kinds: readonly Kind[], manage: readonly Pattern[]): readonly Kind[] {
  return kinds.filter((kind) => kind.clusterWide !== true || manage.some((pattern) => speaksOf(pattern, kind)));
}

const local = new WeakMap<readonly Pattern[], readonly Pattern[]>();

/** The patterns about the database; none: the schemas that the desired state names. */
export function databasePatterns(manage: readonly Pattern[], kinds: Kinds): readonly Pattern[] {
  const known = local.get(manage);
  if (known !== undefined) return known;
  const shared = [...kinds.values()].filter((kind) => kind.clusterWide === true);
  const found = manage.filter((pattern) => !shared.some((kind) => speaksOf(pattern, kind)));
  local.set(manage, found);
  return found;
}

/** Whether the patterns list it; what is attached to it (a comment) goes with it. Null: it lives in the database. */
export function isListed(object: SchemaObject, state: State, manage: readonly Pattern[], kinds: Kinds): boolean | null {
  for (let at: SchemaObject | undefined = object; at !== undefined; at = at.parent === null ? undefined : state.get(at.parent)) {
    const kind = kindFor(kinds, at);
    if (kind.clusterWide !== true) continue;
    const listing = manage.filter((pattern) => speaksOf(pattern, kind));
    return matchesAny(listing, at.address);
  }
  return null;
}
