/** References between catalog rows, as CatalogRow.parent, also and needs hold them; knows no kind. */

/** SQL expression; `catalog` is e.g. 'pg_class', `oid` an expression. */
export function catalogKey(catalog: string, oid: string, column = '0'): string {
  return `jsonb_build_array('pg_catalog.${catalog}'::regclass::oid::int8, ${oid}::int8, ${column})`;
}
