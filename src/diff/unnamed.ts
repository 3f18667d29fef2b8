/**
 * Names that nobody gave are not compared: an unnamed constraint or index adopts the name of the live one with the same
 * structure. Knows no kind but by `choosesName`.
 */
import type { Address } from '../core/address.js';
import { canonicalJson } from '../core/json.js';
import type { SchemaObject, State } from '../core/object.js';
import { type Readdressing, readdress, siblingAddress } from '../core/readdress.js';
import { hashedAttributes, type Kinds, kindFor } from '../kinds/hashing.js';

/** `named`: addresses whose name a declaration gives. */
export function adoptNames(desired: State, current: State, named: ReadonlySet<Address>, kinds: Kinds): State {
  const structure = (object: SchemaObject): string =>
    canonicalJson({ kind: object.kind, parent: object.parent, attributes: hashedAttributes(kinds, object) });
  const mayAdopt = (object: SchemaObject): boolean => {
    const choosesName = kindFor(kinds, object).choosesName ?? false;
    return !named.has(object.address) && (typeof choosesName === 'boolean' ? choosesName : choosesName(object));
  };
  const candidates = new Map<string, SchemaObject[]>();
  for (const object of current.values()) {
    if (!mayAdopt(object)) continue;
    const id = structure(object);
    candidates.set(id, [...(candidates.get(id) ?? []), object]);
  }
  const unnamed = [...desired.values()].filter(mayAdopt);
  const moves: Readdressing[] = [];
  const open: SchemaObject[] = [];
  // First those that already have the live name, so that of two equal ones each keeps its own.
  for (const object of unnamed) {
    const same = candidates.get(structure(object))?.findIndex((candidate) => candidate.address === object.address) ?? -1;
    if (same >= 0) candidates.get(structure(object))?.splice(same, 1);
    else open.push(object);
  }
  for (const object of open) {
    const match = candidates.get(structure(object))?.shift();
    if (match === undefined) continue;
    moves.push({ from: object.address, to: match.address, name: match.parts.at(-1) ?? '' });
  }
  return withFollowers(desired, moves, kinds);
}

/** With what is called after those that move. */
function withFollowers(desired: State, moves: readonly Readdressing[], kinds: Kinds): State {
  const renamed = new Map(moves.map(({ from, name }) => [from, { from: desired.get(from)?.parts.at(-1) ?? '', to: name }]));
  const state = new Map(desired);
  const following: Readdressing[] = [];
  for (const object of moves.length === 0 ? [] : desired.values()) {
    const called = kindFor(kinds, object).calledAfter?.(object, renamed) ?? null;
    if (called === null) continue;
    state.set(object.address, { ...object, attributes: called.attributes });
    following.push({ from: object.address, to: siblingAddress(object, called.name), name: called.name });
  }
  return readdress(state, [...moves, ...following]);
}
