/** Makes a scratch database look like a part of the live one, and tells where it does not. Knows no kind. */
import type { ClientBase } from 'pg';
import { readDatabase } from '../catalog/read.js';
import type { Address } from '../core/address.js';
import { canonicalJson } from '../core/json.js';
import type { State } from '../core/object.js';
import { differingAttributes, type Kinds, kindFor } from '../kinds/hashing.js';
import type { Kind } from '../kinds/kind.js';
import { overlay, populate } from './populate.js';
import { quieten } from './quieten.js';
import type { Content, Token, Tokens } from './tokens.js';

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

export interface Seeded extends Content {
  readonly tokens: Tokens;
  /** Objects that scratch does not hold as they are live, with the reason. */
  readonly unfaithful: ReadonlyMap<Address, string>;
}

export async function seed(input: SeedInput): Promise<Seeded> {
  const { client, kinds, objects } = input;
  const populated = await populate(input);
  const { standIns } = populated;
  const unfaithful = new Map(await overlay(input, populated));
  const made = await readDatabase(client, { major: input.major, kinds: input.kindList, often: true });
  const content = (await quieten(input, made, made.state.keys())) ?? made;
  const tokens = new Map<Address, Map<string, Token>>();
  for (const object of objects.values()) {
    const { address } = object;
    const kind = kindFor(kinds, object);
    const found = content.state.get(address);
    if (found === undefined) {
      if (!unfaithful.has(address)) unfaithful.set(address, 'scratch does not hold it');
      continue;
    }
    const standIn = standIns.get(address);
    const given = new Set([
      ...(standIn === undefined ? [] : differingAttributes(kinds, standIn, object)),
      ...(content === made ? [] : differingAttributes(kinds, made.state.get(address) ?? found, found)),
    ]);
    for (const name of differingAttributes(kinds, found, object)) {
      const map = tokens.get(address) ?? new Map<string, Token>();
      map.set(name, { seed: canonicalJson(found.attributes[name] ?? null), live: object.attributes[name] ?? null });
      tokens.set(address, map);
      if (kind.attributes[name] === 'text' || given.has(name) || unfaithful.has(address)) continue;
      unfaithful.set(address, `${name} reads back otherwise in scratch`);
    }
  }
  return { state: content.state, rows: content.rows, tokens, unfaithful };
}
