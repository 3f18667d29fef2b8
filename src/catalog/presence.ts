/**
 * Which places of the catalog hold anything of users: what cannot have a row is not asked, as planning queries that return nothing is most
 * of what a read of a small catalog costs. Knows no kind.
 */

/** Query with one row, one boolean per place, in order; a place is what stands behind "exists (select from". */
export function presenceQuery(places: readonly string[]): string {
  return `select ${places.map((place) => `exists (select from ${place})`).join(',\n  ')}`;
}

/** The places that hold something; `row` is what the query returned. */
export function heldOf(places: readonly string[], row: readonly unknown[] | undefined): ReadonlySet<string> {
  return new Set(places.filter((_, index) => row?.[index] === true));
}

/** Where users' rows of a catalog with oids are: those of initdb have lower ones. */
export function usersRowsOf(catalog: string): string {
  return `pg_catalog.${catalog} where oid >= 16384`;
}
