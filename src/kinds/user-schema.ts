/** Which schemas hold users' objects, and references between catalog rows, as SQL of catalog queries; knows no kind. */
import { catalogKey } from './catalog-key.js';

/** Condition that `name`, an expression for pg_namespace.nspname, is not a system or temporary schema: all names in pg_ are reserved. */
export function isUserSchema(name: string): string {
  return `${name} !~ '^pg_' and ${name} <> 'information_schema'`;
}

/** A reference to a catalog row as CatalogRow.parent, also and needs hold it; `catalog` is e.g. 'pg_class'. */
export const reference = catalogKey;
