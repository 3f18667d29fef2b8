/** Which rows of a table are declared: what a reader needs to find them anywhere, and no value of theirs but keys. Pure. */

/** Names are unquoted. */
export interface RowSet {
  readonly schema: string;
  readonly table: string;
  /** Columns that tell rows apart, in the order of the declaration. */
  readonly key: readonly string[];
  /** The other columns whose values are declared. */
  readonly columns: readonly string[];
  /** Keys of the rows that are looked at, as the server writes them; null: all rows of the table are ours. */
  readonly only: readonly (readonly string[])[] | null;
  /** Names that hints say it had before: looked for where the new ones are not there yet. */
  readonly was?: {
    readonly schema?: string;
    readonly table?: string;
    /** New names of columns to old ones. */
    readonly columns?: { readonly [name: string]: string };
  };
}

/** Rows that the declarations of one table may have, and that are read of it at most. */
export const MAX_ROWS = 1000;
/** Their size, as text. */
export const MAX_ROW_BYTES = 1024 * 1024;

/** Each table once. */
export function distinctRowSets(sets: readonly RowSet[]): readonly RowSet[] {
  const byTable = new Map(sets.map((set) => [JSON.stringify([set.schema, set.table]), set]));
  return [...byTable].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, set]) => set);
}
