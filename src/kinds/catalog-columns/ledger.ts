/** How the ledger of catalog columns is written: each column of a schema catalog with what was decided about it. Knows no catalog. */

/** An attribute of a kind; without one, the address: that such an object is there, and under that name. */
export interface Reading {
  readonly kind: string;
  readonly attribute: string | null;
  /** First major where it is read from there; null: wherever the column is. */
  readonly since: number | null;
}

export type Decision =
  /** Kinds read it: a change of it is a difference. */
  | { readonly read: readonly Reading[] }
  /** It follows from what is read, as said. `shown`: attributes that tell people of it, or the kinds, and are not compared. */
  | { readonly derived: string; readonly shown: readonly Reading[] }
  /** It is no part of what is managed, for the reason given. */
  | { readonly leftOut: string; readonly shown: readonly Reading[] };

/** Majors that have the column; null: as far as this project goes. */
export interface Majors {
  readonly since: number | null;
  readonly until: number | null;
}

export interface LedgerColumn extends Majors {
  readonly name: string;
  readonly decision: Decision;
}

export interface LedgerCatalog extends Majors {
  readonly name: string;
  /** What a row of it is. */
  readonly holds: string;
  readonly columns: readonly LedgerColumn[];
}

type Ranged = Majors & { readonly decision: Decision };
type Columns = { readonly [name: string]: Decision | Ranged };

const EVERY: Majors = { since: null, until: null };

function readings(by: readonly string[]): readonly Reading[] {
  return by.map((reading) => {
    const [path = '', major = null] = reading.split('@');
    const [kind = '', attribute = null] = path.split('.');
    return { kind, attribute, since: major === null ? null : Number(major) };
  });
}

/** `by` are "kind.attribute", or "kind" for its address; "@18" behind it: from that major on. */
export const read = (...by: readonly string[]): Decision => ({ read: readings(by) });
export const derived = (from: string, ...shown: readonly string[]): Decision => ({ derived: from, shown: readings(shown) });
export const leftOut = (reason: string, ...shown: readonly string[]): Decision => ({ leftOut: reason, shown: readings(shown) });

export const since = (major: number, decision: Decision): Ranged => ({ since: major, until: null, decision });
export const until = (major: number, decision: Decision): Ranged => ({ since: null, until: major, decision });
export const between = (first: number, last: number, decision: Decision): Ranged => ({ since: first, until: last, decision });

export function catalog(name: string, holds: string, columns: Columns, majors: Majors = EVERY): LedgerCatalog {
  const entries = Object.entries(columns).map(
    ([column, given]): LedgerColumn => ('decision' in given ? { name: column, ...given } : { name: column, ...EVERY, decision: given }),
  );
  return { name, holds, columns: entries, ...majors };
}

export const isIn = ({ since: first, until: last }: Majors, major: number): boolean =>
  (first ?? major) <= major && major <= (last ?? major);

/** Oids are another number in every database: what they stand for is known by its name. */
export const IDENTITY = derived('identity within one database; what is read is the name');
