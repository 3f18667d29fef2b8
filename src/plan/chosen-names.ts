/** Names in a state that PostgreSQL would have chosen itself: nobody need have given them. Knows no kind but by its slots. */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import type { Declaration } from '../desired/declaration.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import type { YamlView } from '../kinds/yaml-slot.js';

/** A database does not remember whether a name was given; one that is what it would be anyway says nothing. */
export function chosenNames(state: State, kinds: Kinds): ReadonlySet<Address> {
  const children = new Map<Address, SchemaObject[]>();
  for (const object of state.values())
    if (object.parent !== null) children.set(object.parent, [...(children.get(object.parent) ?? []), object]);
  const viewOf = (schema: string): YamlView => ({
    state,
    schema,
    children: (parent, kind) => (children.get(parent) ?? []).filter((child) => kind === undefined || child.kind === kind),
  });
  const isChosen = (object: SchemaObject): boolean => {
    const slots = kindFor(kinds, object).yaml?.filter((slot) => slot.claims?.(object) ?? true) ?? [];
    const view = viewOf(object.parts[0] ?? '');
    return slots.some((slot) => slot.defaultName?.(object, view) === object.parts.at(-1));
  };
  return new Set([...state.values()].filter(isChosen).map(({ address }) => address));
}

/** The declarations as if they gave none of these names. */
export function withoutNames(declarations: readonly Declaration[], chosen: ReadonlySet<Address>): readonly Declaration[] {
  return declarations.map((declaration) => {
    if (declaration.declares.every(({ address }) => !chosen.has(address))) return declaration;
    const declares = declaration.declares.map((object) => (chosen.has(object.address) ? { ...object, named: false } : object));
    return { ...declaration, declares };
  });
}
