/**
 * "This value in scratch stands for that live one": PostgreSQL's own text of an expression may read back as an equivalent other text, and
 * scratch may hold a thing otherwise than live. A token holds as long as the plan leaves the value alone. Knows no kind.
 */
import type { Address } from '../core/address.js';
import { canonicalJson, type Json } from '../core/json.js';
import type { SchemaObject, State } from '../core/object.js';
import { renamedAlong } from './renamed-text.js';
import type { Unit } from './schedule.js';

export interface Token {
  /** Canonical JSON of the value in scratch. */
  readonly seed: string;
  readonly live: Json;
}

/** By address and attribute. */
export type Tokens = ReadonlyMap<Address, ReadonlyMap<string, Token>>;

/** What a database holds, and in which rows of its catalog. */
export interface Content {
  readonly state: State;
  readonly rows: ReadonlyMap<Address, string>;
}

/** A scratch object with seed values replaced by the live values that they stand for. */
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

export interface Carried {
  readonly tokens: Tokens;
  /** Objects whose live value the unit changed along with something else: what it reads like afterwards is not known. */
  readonly lost: readonly Address[];
}

/**
 * Tokens that hold after a unit. An object made anew reads live as it does in scratch, and so does a value that a statement states; a
 * renamed object is the same row under another address.
 */
export function carryTokens(tokens: Tokens, before: Content, after: Content, unit: Unit): Carried {
  if (tokens.size === 0) return { tokens, lost: [] };
  const addressOf = new Map([...after.rows].map(([address, row]) => [row, address]));
  const result = new Map<Address, ReadonlyMap<string, Token>>();
  const lost: Address[] = [];
  for (const [address, map] of tokens) {
    const row = before.rows.get(address);
    const now = row === undefined ? undefined : after.rows.get(address) === row ? address : addressOf.get(row);
    const object = now === undefined ? undefined : after.state.get(now);
    if (now === undefined || object === undefined) continue;
    const statements = unit.tasks.filter((task) => task.address === now || task.address === address).map((task) => task.operation.sql);
    const held = new Map<string, Token>();
    for (const [name, token] of map) {
      if (statements.some((sql) => states(sql, token.live))) continue;
      const value = object.attributes[name] ?? null;
      const seed = canonicalJson(value);
      if (token.seed === seed) held.set(name, token);
      else if (statements.length === 0 || now !== address) {
        // No statement is about it, and yet it is another text: a name in it changed, and does so in the live text.
        const live = renamedAlong(before.state.get(address)?.attributes[name] ?? null, value, token.live);
        if (live === null) lost.push(now);
        else held.set(name, { seed, live });
      }
    }
    if (held.size > 0) result.set(now, held);
  }
  return { tokens: result, lost };
}

/** Whether the statement holds every text of the value. */
function states(sql: string, value: Json): boolean {
  const texts = textsIn(value);
  return texts.length > 0 && texts.every((text) => sql.includes(text));
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsIn(item));
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap((item) => textsIn(item as Json));
  return [];
}
