/**
 * What one writer knows of its rows from what it was told was committed. It owns every key of its residue class, so nobody else ever
 * changes them, and it never asks the database what they are. Does no I/O.
 */
import type { Random } from './random.js';
import { type Entity, filledKeys, type Values } from './strategy.js';

/** null: the row is deleted. Columns that are left out are as they were filled. */
export type Known = Values | null;

export interface Model {
  readonly entity: Entity;
  /** Keys that were written since the start, with what the last commit left. */
  readonly known: ReadonlyMap<number, Known>;
  /** A key whose row exists; `inserted` narrows to rows of our own making, of which there may be none. */
  existing(random: Random, inserted: boolean, pending: Pending): number | null;
  /** A key whose row does not exist: a new one, or that of a deleted row. */
  missing(random: Random, pending: Pending): number;
  /** What the row is as far as we know; undefined: as it was filled. */
  row(key: number, pending: Pending): Known | undefined;
  commit(pending: Pending): void;
}

/** What an open transaction wrote so far. */
export type Pending = Map<number, Known>;

const TRIES = 20;

/** `residue` of `classes`: whose keys these are. */
export function createModel(entity: Entity, rows: number, residue: number, classes: number): Model {
  const filled = filledKeys(entity, rows);
  const known = new Map<number, Known>();
  const inserted: number[] = [];
  const deleted: number[] = [];
  const ownFilled = Math.floor((filled - 1 - residue) / classes) + 1;
  let fresh = 0;
  const row = (key: number, pending: Pending): Known | undefined => (pending.has(key) ? pending.get(key) : known.get(key));
  const exists = (key: number, pending: Pending): boolean => {
    const found = row(key, pending);
    return found === undefined ? key <= filled : found !== null;
  };
  return {
    entity,
    known,
    row,
    existing(random, onlyInserted, pending) {
      for (let n = 0; n < TRIES; n += 1) {
        const own = onlyInserted || ownFilled <= 0 || (inserted.length > 0 && random.chance(0.3));
        if (own && inserted.length === 0) return null;
        const key = own ? random.pick(inserted) : 1 + residue + classes * random.below(ownFilled);
        if (exists(key, pending)) return key;
      }
      return null;
    },
    missing(random, pending) {
      if (deleted.length > 0 && random.chance(0.3)) {
        const key = random.pick(deleted);
        if (!exists(key, pending)) return key;
      }
      // Above all filled keys, in our class.
      fresh += 1;
      return (Math.ceil(filled / classes) + fresh) * classes + 1 + residue;
    },
    commit(pending) {
      for (const [key, now] of pending) {
        const before = known.get(key);
        known.set(key, now);
        if (now === null) deleted.push(key);
        else if (before === undefined ? key > filled : before === null) inserted.push(key);
      }
      pending.clear();
    },
  };
}
