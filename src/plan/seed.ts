/** Makes a scratch database look like a part of the live one, and tells where it does not. Knows no kind. */
import type { ClientBase } from 'pg';
import { readCatalog } from '../catalog/read.js';
import type { Address } from '../core/address.js';
import type { Change } from '../core/change.js';
import { canonicalJson, type Json } from '../core/json.js';
import type { SchemaObject, State } from '../core/object.js';
import { differingAttributes, type Kinds, kindFor } from '../kinds/hashing.js';
import type { Kind } from '../kinds/kind.js';
import { runInTransaction, StatementError } from '../scratch/execute.js';
import { planWork } from './plan-work.js';
import type { Task } from './task.js';

export interface SeedInput {
  readonly client: ClientBase;
  readonly kinds: Kinds;
  readonly kindList: readonly Kind[];
  readonly major: number;
  /** Live objects, closed under dependency. */
  readonly objects: State;
  /** What the new database holds already. */
  readonly initial: State;
}

export interface Seeded {
  /** What scratch reads after seeding. */
  readonly state: State;
  /** "This seed text stands for that live text", by address, attribute and seed text. */
  readonly tokens: Tokens;
  /** Addresses that could not be seeded as they are live, with the reason. */
  readonly unfaithful: ReadonlyMap<Address, string>;
}

/** Attribute value in scratch -> value in the live database, by address and attribute. */
export type Tokens = ReadonlyMap<Address, ReadonlyMap<string, { readonly seed: string; readonly live: Json }>>;

/** Statements, in order, that make `objects` in a database that holds `initial`. */
export function planCreation(objects: State, initial: State, major: number, kinds: Kinds): readonly Task[] {
  const changes = [...objects.values()].flatMap((object): readonly Change[] => {
    const before = initial.get(object.address);
    if (before === undefined) return [{ type: 'add', address: object.address, after: object }];
    const attributes = differingAttributes(kinds, before, object);
    if (attributes.length === 0) return [];
    return [{ type: 'set', address: object.address, before, after: object, attributes }];
  });
  // What initdb makes and the live database no longer has (a revoked privilege on schema public).
  const gone = [...initial.values()]
    .filter((object) => !objects.has(object.address) && object.parent !== null && objects.has(object.parent))
    .map((before): Change => ({ type: 'drop', address: before.address, before }));
  const { units } = planWork({
    kinds,
    major,
    online: false,
    changes: [...changes, ...gone],
    current: initial,
    desired: objects,
    madeBefore: new Set(),
    unmanaged: () => false,
    hint: () => null,
  });
  return units.flatMap((unit) => unit.tasks);
}

export async function seed(input: SeedInput): Promise<Seeded> {
  const { client, kinds, objects } = input;
  const unfaithful = new Map<Address, string>();
  const statements = planCreation(objects, input.initial, input.major, kinds).map((task) => task.operation.sql);
  try {
    await runInTransaction(client, statements);
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    // One statement that scratch refuses must not hide what the rest can prove: go on without it.
    await runOneByOne(client, statements, unfaithful);
  }
  const state = await readCatalog(client, { major: input.major, kinds: input.kindList, often: true });
  const tokens = new Map<Address, Map<string, { seed: string; live: Json }>>();
  for (const object of objects.values()) {
    const seeded = state.get(object.address);
    if (seeded === undefined) {
      unfaithful.set(object.address, `${object.address} could not be made in scratch`);
      continue;
    }
    for (const name of differingAttributes(kinds, seeded, object)) {
      if (kindFor(kinds, object).attributes[name] !== 'text') {
        unfaithful.set(object.address, `${object.address} reads back with another ${name} in scratch`);
        continue;
      }
      const map = tokens.get(object.address) ?? new Map<string, { seed: string; live: Json }>();
      map.set(name, { seed: canonicalJson(seeded.attributes[name] ?? null), live: object.attributes[name] ?? null });
      tokens.set(object.address, map);
    }
  }
  return { state, tokens, unfaithful };
}

async function runOneByOne(client: ClientBase, statements: readonly string[], unfaithful: Map<Address, string>): Promise<void> {
  for (const sql of statements) {
    try {
      await client.query(sql);
    } catch (error) {
      unfaithful.set(sql.slice(0, 80), `scratch refused: ${sql.slice(0, 200)}: ${(error as Error).message}`);
    }
  }
}

/** A scratch object with seed texts replaced by the live texts that they stand for. */
export function throughTokens(object: SchemaObject, tokens: Tokens): SchemaObject {
  const map = tokens.get(object.address);
  if (map === undefined) return object;
  const attributes = Object.fromEntries(
    Object.entries(object.attributes).map(([name, value]) => {
      const token = map.get(name);
      return [name, token !== undefined && token.seed === canonicalJson(value) ? token.live : value];
    }),
  );
  return { ...object, attributes };
}
