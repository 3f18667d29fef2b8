/** Writing names and literals as SQL, safe for any name; knows nothing of objects. */

/** Every keyword of PostgreSQL 18 that is not "unreserved" (pg_get_keywords): quote_ident() quotes the same ones. */
const KEYWORDS = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char
   character check coalesce collate collation column concurrently constraint create cross current_catalog current_date
   current_role current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do
   else end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having
   ilike in initially inner inout int integer intersect interval into is isnull join json json_array json_arrayagg
   json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value lateral leading
   least left like limit localtime localtimestamp merge_action national natural nchar none normalize not notnull null
   nullif numeric offset on only or order out outer overlaps overlay placing position precision primary real references
   returning right row select session_user setof similar smallint some substring symmetric system_user table tablesample
   then time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where
   window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize
   xmltable`.split(/\s+/),
);

/** An identifier, quoted only where PostgreSQL needs it. */
export function quoteIdent(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) && !KEYWORDS.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A qualified name: quoteName(['app', 'Orders']) is app."Orders". */
export function quoteName(parts: readonly string[]): string {
  return parts.map(quoteIdent).join('.');
}

/** A string literal; the E form where a backslash stands, so that it does not depend on standard_conforming_strings. */
export function quoteLiteral(text: string): string {
  const doubled = text.replaceAll("'", "''");
  return text.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

/** A dollar-quoted body with a tag that the body does not contain. */
export function quoteBody(text: string): string {
  const tag = quoteTag(text);
  return `${tag}${text}${tag}`;
}

/** Dollar quotes that the text does not contain. */
export function quoteTag(text: string): string {
  let tag = '';
  // A body that ends in "$" would run into the closing quote.
  for (let n = 0; text.includes(`$${tag}$`) || (tag === '' && text.endsWith('$')); n += 1) tag = n === 0 ? 'body' : `body${n}`;
  return `$${tag}$`;
}
