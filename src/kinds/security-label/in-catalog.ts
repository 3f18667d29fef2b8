/**
 * Statements that put a label into the catalog itself: SECURITY LABEL asks the provider, which only servers that load it have. So what a
 * provider would say of the label is not known in scratch. Superusers only.
 */
import { quoteLiteral, quoteName } from '../quote.js';

/** What is labelled, as far as the catalog goes: SQL for its class and oid, and for the column. */
export interface Labelled {
  readonly catalog: string;
  readonly oid: string;
  readonly column: string | null;
}

const literal = (parts: readonly string[]): string => quoteLiteral(quoteName(parts));

export const relation = (parts: readonly string[], column: string | null = null): Labelled => ({
  catalog: 'pg_class',
  oid: `${literal(parts)}::regclass`,
  column,
});

/** Without arguments the name must say it all. */
export const routine = (parts: readonly string[], signature: string | null): Labelled => ({
  catalog: 'pg_proc',
  oid:
    signature === null ? `${literal(parts)}::regproc` : `${quoteLiteral(quoteName(parts) + signature.replace('(*)', '()'))}::regprocedure`,
  column: null,
});

export const type = (parts: readonly string[]): Labelled => ({ catalog: 'pg_type', oid: `${literal(parts)}::regtype`, column: null });

/** What has a name of its own in the database: a schema, a language, a publication. */
export const single = (catalog: string, objectType: string, name: string): Labelled => ({
  catalog,
  oid: `(select a.objid from pg_catalog.pg_get_object_address('${objectType}', array[${quoteLiteral(name)}], '{}') a)`,
  column: null,
});

const IN_CLUSTER = 'pg_subscription';

/** A null label removes it. */
export function setLabel({ catalog, oid, column }: Labelled, provider: string, label: string | null): readonly string[] {
  const isShared = catalog === IN_CLUSTER;
  const table = isShared ? 'pg_catalog.pg_shseclabel' : 'pg_catalog.pg_seclabel';
  const subid =
    column === null
      ? '0'
      : `(select a.attnum from pg_catalog.pg_attribute a where a.attrelid = ${oid} and a.attname = ${quoteLiteral(column)})`;
  const key = [`objoid = ${oid}`, `classoid = 'pg_catalog.${catalog}'::regclass`, ...(isShared ? [] : [`objsubid = ${subid}`])];
  const remove = `delete from ${table} where ${[...key, `provider = ${quoteLiteral(provider)}`].join(' and ')}`;
  if (label === null) return [remove];
  const values = [oid, `'pg_catalog.${catalog}'::regclass`, ...(isShared ? [] : [subid]), quoteLiteral(provider), quoteLiteral(label)];
  const columns = ['objoid', 'classoid', ...(isShared ? [] : ['objsubid']), 'provider', 'label'];
  return [remove, `insert into ${table} (${columns.join(', ')}) values (${values.join(', ')})`];
}
