/**
 * What the desired state leans on and does not declare because others look after it: an extension, a table of another schema. It is
 * seeded into scratch from the live database before the declarations run, and is no part of the desired state. Knows no kind.
 */
import { readDatabase } from '../catalog/read.js';
import { type Address, nameOf } from '../core/address.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { SchemaObject, State } from '../core/object.js';
import type { Declaration } from '../desired/declaration.js';
import { searchPathOf } from '../desired/search-path.js';
import { databasePatterns, isListed } from '../diff/cluster-wide.js';
import { declaredIn, declaredNames, matchesObject } from '../diff/declared-names.js';
import { schemaOf } from '../diff/scope.js';
import { type Kinds, kindFor } from '../kinds/hashing.js';
import { childrenOf } from './context.js';
import { populate } from './populate.js';
import { type QuietenInput, quieten } from './quieten.js';

export interface SurroundingsInput {
  readonly live: State;
  readonly declarations: readonly Declaration[];
  readonly manage: readonly string[];
  readonly kinds: Kinds;
}

/** Live objects out of scope that the declarations may refer to, with what those need in turn. */
export function surroundings(input: SurroundingsInput): State {
  const { live, kinds } = input;
  const declared = declaredIn(new Set(input.declarations.flatMap((declaration) => declaration.declares.map((object) => object.address))));
  const made = schemasOf(input.declarations);
  const isManaged = (object: SchemaObject): boolean => {
    if (declaredNames(object, kinds).some(declared.has)) return true;
    const listed = isListed(object, live, input.manage, kinds);
    if (listed !== null) return listed;
    const patterns = databasePatterns(input.manage, kinds);
    if (patterns.length > 0) return matchesObject(patterns, object, kinds);
    const schema = schemaOf(object, live, kinds);
    return schema !== null && made.has(schema);
  };
  const names = mentionedNames(input.declarations);
  const roots = [...live.values()].filter((object) => {
    if (isManaged(object) || object.parent !== null || kindFor(kinds, object).ambient) return false;
    // What lives in no schema (an extension) may be leaned on without a name.
    if (schemaOf(object, live, kinds) === null) return true;
    return names.has(`${object.parts[0]}.${object.parts[1] ?? ''}`);
  });
  const result = new Map<Address, SchemaObject>();
  const verdicts = new Map<Address, boolean>();
  // Whether an object can be there without anything that is managed here.
  const isFree = (address: Address): boolean => {
    const known = verdicts.get(address);
    if (known !== undefined) return known;
    const object = live.get(address);
    if (object === undefined || isManaged(object)) return false;
    verdicts.set(address, true);
    const free = object.dependsOn.every(isFree);
    verdicts.set(address, free);
    return free;
  };
  const children = childrenOf(live);
  const open = roots.map((object) => object.address).filter(isFree);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const object = live.get(at);
    if (object === undefined || result.has(at)) continue;
    result.set(at, object);
    open.push(...object.dependsOn);
    for (const child of children.get(at) ?? []) if (isFree(child.address)) open.push(child.address);
  }
  return new Map([...result].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Makes them in a scratch database. What it refuses is left for the declarations that miss it to complain about, with the reason. */
export async function seedSurroundings(input: QuietenInput, objects: State, initial: State): Promise<Reasons> {
  const { reasons } = await populate({ ...input, objects, initial });
  const held = await readDatabase(input.client, { major: input.major, kinds: input.kindList });
  await quieten(input, held, held.state.keys());
  return reasons;
}

/** Why a live object that the declarations may lean on is not in scratch, or not as it is live. */
export type Reasons = ReadonlyMap<Address, string>;

/** How many reasons a finding carries: one cause has many consequences. */
const SHOWN = 3;

/** A declaration that fails for want of something fails at its own place; what scratch refused before may be why. */
export function withReasons(failures: readonly Diagnostic[], reasons: Reasons): readonly Diagnostic[] {
  if (reasons.size === 0) return failures;
  return failures.map((failure) => {
    if (failure.code !== 'SC1203') return failure;
    const named = [...reasons].filter(([address]) => isNamed(nameOf(address), failure.summary));
    const chosen = named.length > 0 ? named : [...reasons];
    const lines = chosen.slice(0, SHOWN).map(([address, reason]) => `${address} is in the live database, but ${reason}`);
    return {
      ...failure,
      detail: [failure.detail, ...lines].filter((line) => line !== undefined).join('\n'),
      hint: 'give a scratch server that is more like the live one with --scratch URL',
    };
  });
}

/** Whether the text names the object, with its schema or without. */
function isNamed(name: string, text: string): boolean {
  const bare = name.replace(/\(.*$/s, '');
  const last = bare.slice(bare.lastIndexOf('.') + 1).replaceAll('"', '');
  return text.split(/[^\p{L}\p{N}_$]+/u).includes(last);
}

/** Schemas that declarations put something into. */
function schemasOf(declarations: readonly Declaration[]): ReadonlySet<string> {
  const schemas = new Set<string>();
  for (const declaration of declarations) {
    for (const ref of declaration.provides) {
      if (ref.space === 'schema') schemas.add(ref.name);
      else if (ref.space !== 'extension' && ref.space !== 'role') {
        const schema = ref.schema ?? searchPathOf(declaration.settings.search_path ?? '')[0];
        if (schema !== undefined) schemas.add(schema);
      }
    }
  }
  return schemas;
}

/** "schema.name" of whatever is mentioned, unqualified names in every schema of the search path. */
function mentionedNames(declarations: readonly Declaration[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const declaration of declarations) {
    const path = searchPathOf(declaration.settings.search_path ?? '');
    for (const ref of [...declaration.uses, ...declaration.alters]) {
      for (const schema of ref.schema === null ? path : [ref.schema]) names.add(`${schema}.${ref.name}`);
    }
  }
  return names;
}
