/** References between catalog rows, as CatalogRow.parent, also and needs hold them, and names in addresses; knows no kind. */

/** SQL expression; `catalog` is e.g. 'pg_class', `oid` an expression. */
export function catalogKey(catalog: string, oid: string, column = '0'): string {
  return `jsonb_build_array('pg_catalog.${catalog}'::regclass::oid::int8, ${oid}::int8, ${column})`;
}

/** SQL expression: a name (text) as it stands in an address (core/address.ts). */
export function addressPart(name: string): string {
  return `case when ${name} ~ '^[a-z_][a-z0-9_$]*$' then ${name} else '"' || replace(${name}, '"', '""') || '"' end`;
}
