/** One hash over the row versions of the schema catalogs: tells whether they moved between two looks. Knows no kind. */

/**
 * pg_get_*def() read with the newest snapshot, not the transaction's, so a read is only consistent when no row version
 * changed around it. ANALYZE and VACUUM update pg_class in place and keep xmin and ctid; temporary relations are left out because
 * busy applications make them all the time.
 */
const TEMPORARY = `select c.oid from pg_catalog.pg_class c where c.relpersistence = 't'`;

/** What initdb made has lower oids, is no object of users, and hashing it would be most of the work. */
const USERS = 'oid >= 16384';

const CATALOGS: readonly (readonly [name: string, condition: string])[] = [
  ['pg_class', `${USERS} and relpersistence <> 't'`],
  ['pg_attribute', `attrelid >= 16384 and attrelid not in (${TEMPORARY})`],
  ['pg_attrdef', `adrelid not in (${TEMPORARY})`],
  ['pg_constraint', `${USERS} and conrelid not in (${TEMPORARY})`],
  ['pg_index', `indrelid >= 16384 and indrelid not in (${TEMPORARY})`],
  [
    'pg_type',
    `${USERS} and typrelid not in (${TEMPORARY}) and (typelem = 0 or typnamespace not in (select oid from pg_catalog.pg_namespace where nspname like 'pg\\_%temp%'))`,
  ],
  // Schema public is initdb's and anybody's.
  ['pg_description', '(objoid >= 16384 or objoid = 2200)'],
  ['pg_range', 'rngtypid >= 16384'],
  ['pg_aggregate', 'aggfnoid >= 16384'],
  ['pg_ts_config_map', 'mapcfg >= 16384'],
  ...[
    'pg_proc',
    'pg_rewrite',
    'pg_collation',
    'pg_operator',
    'pg_opclass',
    'pg_opfamily',
    'pg_amop',
    'pg_amproc',
    'pg_cast',
    'pg_conversion',
    'pg_ts_config',
    'pg_ts_dict',
    'pg_ts_parser',
    'pg_ts_template',
  ].map((name) => [name, USERS] as const),
  ...[
    'pg_namespace',
    'pg_enum',
    'pg_sequence',
    'pg_inherits',
    'pg_partitioned_table',
    'pg_trigger',
    'pg_policy',
    'pg_default_acl',
    'pg_extension',
    'pg_language',
    'pg_statistic_ext',
    'pg_event_trigger',
    'pg_transform',
    'pg_publication',
    'pg_publication_rel',
    'pg_foreign_data_wrapper',
    'pg_foreign_server',
    'pg_foreign_table',
  ].map((name) => [name, 'true'] as const),
];

/** Query with one column `versions` (text). Catalogs that only superusers may read (pg_authid, pg_user_mapping) are left out. */
export function rowVersionsQuery(): string {
  const parts = CATALOGS.map(
    ([name, condition]) =>
      `(select count(*) || '.' || coalesce(bit_xor(hashtextextended(xmin::text || ctid::text, 7)), 0) from pg_catalog.${name} where ${condition})`,
  );
  return `select ${parts.join(` || '/' || `)} as versions`;
}
