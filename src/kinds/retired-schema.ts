/** Schemas that keep retired tables: how they are called, and since when they may go, as their comments say. Knows no table. */
import { formatAddress, formatAttached } from '../core/address.js';
import type { State } from '../core/object.js';
import { textOf } from './attribute-values.js';
import { shorten } from './free-name.js';

const PREFIX = 'schemactl_retired_';
/** PostgreSQL cuts longer names off. */
const LONGEST = 63;
const UNTIL = /^schemactl keeps here what was dropped, until (\S+)$/;

/** No plan answers for these: a pattern of addresses. */
export const RETIRED = `${PREFIX}*`;

const dayOf = (now: Date): string => now.toISOString().slice(0, 10).replaceAll('-', '');

/** A pattern of what is retired on a day. */
export const retiredOn = (now: Date): string => `${PREFIX}${dayOf(now)}_*`;

export interface Retirement {
  /** The schema that takes what comes from `schema`. */
  into(schema: string): string;
  /** Whether what is dropped in `schema` is kept: not what was kept before. */
  keeps(schema: string): boolean;
  /** From when on it may be dropped for good. */
  readonly until: Date;
  /** What the comment of the schema says that `into` gave. */
  readonly comment: string;
}

export interface RetiredSchema {
  readonly name: string;
  /** Null where its comment does not say it any more. */
  readonly until: Date | null;
}

export function retiredSchemas(state: State): readonly RetiredSchema[] {
  return [...state.values()].flatMap((object) => {
    const [name = ''] = object.parts;
    if (object.address !== formatAddress('schema', [name]) || !name.startsWith(PREFIX)) return [];
    const comment = state.get(formatAttached('comment', object.address, null));
    const until = UNTIL.exec((comment && textOf(comment, 'text')) ?? '')?.[1];
    const date = until === undefined ? Number.NaN : Date.parse(until);
    return [{ name, until: Number.isNaN(date) ? null : new Date(date) }];
  });
}

/** One schema for each schema and day, and another one where that is there already. */
export function retirementOf(live: State, now: Date, retire_ms: number): Retirement {
  const until = new Date(now.getTime() + retire_ms);
  const names = new Map<string, string>();
  const isTaken = (name: string): boolean => live.has(formatAddress('schema', [name])) || [...names.values()].includes(name);
  const into = (schema: string): string => {
    const known = names.get(schema);
    if (known !== undefined) return known;
    for (let n = 1; ; n += 1) {
      const ending = n === 1 ? '' : `_${n}`;
      const name = shorten(`${PREFIX}${dayOf(now)}_${schema}`, LONGEST - ending.length) + ending;
      if (isTaken(name)) continue;
      names.set(schema, name);
      return name;
    }
  };
  return {
    into,
    keeps: (schema) => !schema.startsWith(PREFIX),
    until,
    comment: `schemactl keeps here what was dropped, until ${until.toISOString()}`,
  };
}
