/** What goes and what comes in its place, the same but for its name: renamed, as far as two states can tell. Names no kind. */
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import type { SchemaObject } from '../core/object.js';
import { differingAttributes, type Kinds } from '../kinds/hashing.js';

/** New address -> what it was. In the same parent and at the same place; where several could be meant, none is. */
export function renamedObjects(changes: readonly Change[], kinds: Kinds): ReadonlyMap<Address, SchemaObject> {
  const gone = changes.flatMap((change) => (change.type === 'drop' && change.before.parts.length > 1 ? [change.before] : []));
  const come = changes.flatMap((change) => (change.type === 'add' && change.after.parts.length > 1 ? [change.after] : []));
  const isLike = (old: SchemaObject, next: SchemaObject): boolean =>
    old.kind === next.kind &&
    old.parent !== null &&
    old.parent === next.parent &&
    old.attributes.position === next.attributes.position &&
    differingAttributes(kinds, old, next).length === 0;
  const pairs = new Map<Address, SchemaObject>();
  for (const next of come) {
    const [only, ...others] = gone.filter((old) => isLike(old, next));
    if (only !== undefined && others.length === 0 && come.filter((each) => isLike(only, each)).length === 1) pairs.set(next.address, only);
  }
  return pairs;
}
