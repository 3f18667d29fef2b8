/** Which schemas hold users' objects, and references between catalog rows, as SQL of catalog queries; knows no kind. */
import { catalogKey } from './catalog-key.js';

/**
 * Condition that `name`, an expression for pg_namespace.nspname, is not a system or temporary schema (all names in pg_ are reserved) and
 * not the ledger's, which no desired state speaks of.
 */
export function isUserSchema(name: string): string {
  return `${name} !~ '^pg_' and ${name} not in ('information_schema', 'schemactl')`;
}

/** A reference to a catalog row as CatalogRow.parent, also and needs hold it; `catalog` is e.g. 'pg_class'. */
export const reference = catalogKey;
