/** What an index is made of, read from the catalog and written as SQL, for indexes and the constraints that own one; knows no kind. */
import type { Json } from '../core/json.js';
import { isRecord } from './attribute-values.js';
import { quoteIdent, quoteLiteral } from './quote.js';

/** A name as text that needs no search_path: pg_catalog is always searched, so its names stay bare. */
function qualified(schema: string, name: string): string {
  return `case when ${schema} = 'pg_catalog' then pg_catalog.quote_ident(${name}) else pg_catalog.format('%I.%I', ${schema}, ${name}) end`;
}

/**
 * jsonb list of the key columns of the index of pg_index row `i`: expression, and where they are not the default, operator class,
 * its options, collation, order and place of nulls. `operator` is SQL for the operator of element `k.n`, for exclusion constraints.
 *
 * A plain column's name is cheaper than pg_get_indexdef(). The type and collation of an expression are nowhere in the catalog: its
 * collation is named when the index definition names any, which says the same as leaving it out.
 */
export function elementsSql(i: string, operator = 'null'): string {
  return `(select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'expression', coalesce(pg_catalog.quote_ident(ta.attname), pg_catalog.pg_get_indexdef(${i}.indexrelid, k.n, false)),
      'opclass', case when not (oc.opcdefault and ia.attoptions is null and (oc.opcintype = et.base or not exists (
          select from pg_catalog.pg_opclass d where d.opcmethod = oc.opcmethod and d.opcdefault and d.opcintype = et.base)))
        then ${qualified('ocn.nspname', 'oc.opcname')} end,
      'options', (select jsonb_object_agg(o.option_name, o.option_value) from pg_catalog.pg_options_to_table(ia.attoptions) o),
      'collation', case when col.oid is null then null
        when ta.attnum is not null then case when col.oid <> ta.attcollation then ${qualified('coln.nspname', 'col.collname')} end
        when pg_catalog.pg_get_indexdef(${i}.indexrelid) like '%COLLATE%' then ${qualified('coln.nspname', 'col.collname')} end,
      'descending', case when ${i}.indoption[k.n - 1] & 1 = 1 then true end,
      'nulls', case ${i}.indoption[k.n - 1] & 3 when 1 then 'last' when 2 then 'first' end,
      'operator', ${operator}
    )) order by k.n)
    from pg_catalog.generate_series(1, ${i}.indnkeyatts) k(n)
    join pg_catalog.pg_attribute ia on ia.attrelid = ${i}.indexrelid and ia.attnum = k.n
    left join pg_catalog.pg_attribute ta on ta.attrelid = ${i}.indrelid and ta.attnum = ${i}.indkey[k.n - 1] and ${i}.indkey[k.n - 1] <> 0
    join pg_catalog.pg_opclass oc on oc.oid = ${i}.indclass[k.n - 1]
    join pg_catalog.pg_namespace ocn on ocn.oid = oc.opcnamespace
    cross join lateral (select coalesce(nullif(t.typbasetype, 0), t.oid) as base
      from pg_catalog.pg_type t where t.oid = coalesce(ta.atttypid, ia.atttypid)) et
    left join pg_catalog.pg_collation col on col.oid = ${i}.indcollation[k.n - 1]
    left join pg_catalog.pg_namespace coln on coln.oid = col.collnamespace)`;
}

/** jsonb list of the names of INCLUDE columns, null when there are none. */
export function includeSql(i: string): string {
  return `(select jsonb_agg(a.attname order by k.n)
    from pg_catalog.generate_series(${i}.indnkeyatts + 1, ${i}.indnatts) k(n)
    join pg_catalog.pg_attribute a on a.attrelid = ${i}.indrelid and a.attnum = ${i}.indkey[k.n - 1])`;
}

/** jsonb object of statistics targets by position; unset is -1 up to PostgreSQL 16 and null later. */
export function statisticsSql(i: string): string {
  return `coalesce((select jsonb_object_agg(a.attnum, a.attstattarget)
    from pg_catalog.pg_attribute a where a.attrelid = ${i}.indexrelid and a.attnum > 0 and a.attstattarget >= 0), '{}')`;
}

type Options = { readonly [name: string]: Json };

/** "siglen = '100'". */
function writeOptions(options: Options): string {
  return Object.entries(options)
    .map(([name, value]) => `${quoteIdent(name)} = ${quoteLiteral(String(value))}`)
    .join(', ');
}

/** The elements as they stand in parentheses after CREATE INDEX … ON or EXCLUDE USING. */
export function writeElements(elements: readonly Options[]): string {
  return elements.map(writeElement).join(', ');
}

function writeElement(element: Options): string {
  const words = [String(element.expression)];
  if (element.collation !== undefined) words.push(`COLLATE ${String(element.collation)}`);
  if (element.opclass !== undefined) {
    const options = isRecord(element.options) ? ` (${writeOptions(element.options)})` : '';
    words.push(`${String(element.opclass)}${options}`);
  }
  if (element.descending === true) words.push('DESC');
  if (element.nulls !== undefined) words.push(element.nulls === 'first' ? 'NULLS FIRST' : 'NULLS LAST');
  if (element.operator !== undefined) words.push(`WITH ${String(element.operator)}`);
  return words.join(' ');
}

/** Column names as SQL. */
export function writeNames(names: readonly string[]): string {
  return names.map(quoteIdent).join(', ');
}
