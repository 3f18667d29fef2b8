/** Settings that every session of ours pins, so that what is read and what is run mean the same everywhere. Knows no kind. */
import type { ClientBase } from 'pg';

/** Everything that changes how the catalog prints or how DDL is understood. */
export const PINNED_SETTINGS: Readonly<Record<string, string>> = {
  search_path: '',
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  xmloption: 'content',
  quote_all_identifiers: 'off',
  standard_conforming_strings: 'on',
  check_function_bodies: 'off',
  row_security: 'off',
  default_tablespace: '',
  default_table_access_method: 'heap',
  default_toast_compression: 'pglz',
  client_min_messages: 'warning',
  array_nulls: 'on',
  transform_null_equals: 'off',
  // Compiling a catalog query takes longer than running it.
  jit: 'off',
};

/** One round trip; session level, so it survives transactions. */
export async function pinSession(client: ClientBase, settings: Readonly<Record<string, string>> = PINNED_SETTINGS): Promise<void> {
  const pairs = Object.entries(settings);
  const list = pairs.map((_, index) => `pg_catalog.set_config($${2 * index + 1}, $${2 * index + 2}, false)`);
  await client.query(`select ${list.join(', ')}`, pairs.flat());
}
