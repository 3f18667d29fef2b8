/** Reads pg_depend and resolves oids to addresses; knows no kind. */
import type { Address } from '../core/address.js';

/** classid/objid/objsubid. */
export type Key = string;

export function key(classid: number, objid: number, objsubid: number): Key {
  return `${classid}/${objid}/${objsubid}`;
}

export interface Edge {
  readonly from: Key;
  readonly to: Key;
  /** pg_depend.deptype. */
  readonly type: string;
}

/** Pinned objects have no rows; oid 2200 is schema public, which is not pinned. */
export const DEPENDENCY_QUERY = `
  select classid::int8, objid::int8, objsubid, refclassid::int8, refobjid::int8, refobjsubid, deptype::text
    from pg_catalog.pg_depend
   where (refobjid >= 16384 or refobjid = 2200) and (objid >= 16384 or objid = 2200 or deptype = 'e')`;

export function edgesOf(rows: readonly (readonly unknown[])[]): readonly Edge[] {
  return rows.map((row) => ({
    from: `${row[0]}/${row[1]}/${row[2]}`,
    to: `${row[3]}/${row[4]}/${row[5]}`,
    type: String(row[6]),
  }));
}

/**
 * Finds the address behind a key. What has no row of its own (a row type, an array type, a TOAST table) stands for what it
 * is internal to, a column without a row for its relation, an extension's member for the extension.
 */
export class Resolver {
  private readonly owners = new Map<Key, Key>();

  constructor(
    private readonly addresses: ReadonlyMap<Key, Address>,
    edges: readonly Edge[],
  ) {
    for (const edge of edges) {
      if ((edge.type === 'i' || edge.type === 'e') && !addresses.has(edge.from)) this.owners.set(edge.from, edge.to);
    }
  }

  resolve(start: Key): Address | null {
    let at: Key = start;
    for (let hops = 0; hops < 8; hops += 1) {
      const found = this.addresses.get(at);
      if (found !== undefined) return found;
      const whole = at.replace(/\/\d+$/, '/0');
      const next: Key | undefined = this.owners.get(at) ?? (whole === at ? undefined : whole);
      if (next === undefined) return null;
      at = next;
    }
    return null;
  }
}
