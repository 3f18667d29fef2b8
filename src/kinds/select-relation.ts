/** What views and materialized views share: a query, its text as the server deparses it, and the columns that come out of it. */

export interface SelectColumn {
  readonly name: string;
  readonly type: string;
  /** Qualified name where it is not the type's own, else null. */
  readonly collation: string | null;
}

/** SQL expression: the live columns of pg_class row `c` as jsonb, in order. */
export function selectColumnsOf(c: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object(
        'name', a.attname,
        'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
        'collation', case when a.attcollation <> t.typcollation and a.attcollation <> 0
          then (select quote_ident(n.nspname) || '.' || quote_ident(l.collname)
                  from pg_catalog.pg_collation l join pg_catalog.pg_namespace n on n.oid = l.collnamespace where l.oid = a.attcollation) end)
        order by a.attnum), '[]')
     from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
    where a.attrelid = ${c}.oid and a.attnum > 0 and not a.attisdropped)`;
}

/** SQL expression: the query of pg_class row `c`, without its final semicolon. */
export function selectDefinitionOf(c: string): string {
  return `pg_catalog.rtrim(pg_catalog.pg_get_viewdef(${c}.oid), ';')`;
}

/** SQL expression: what stands for pg_class row `c` in pg_depend: its _RETURN rule, row type and array type. */
export function selectAliasesOf(c: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_array(x.classid::int8, x.objid::int8, 0)), '[]') from (
      select r.tableoid, r.oid from pg_catalog.pg_rewrite r where r.ev_class = ${c}.oid and r.rulename = '_RETURN'
      union all select t.tableoid, t.oid from pg_catalog.pg_type t where t.oid = ${c}.reltype
      union all select t.tableoid, t.typarray from pg_catalog.pg_type t where t.oid = ${c}.reltype and t.typarray <> 0
    ) as x (classid, objid))`;
}

/** Whether CREATE OR REPLACE VIEW may go from one list of columns to the other: it only adds columns at the end. */
export function extendsColumns(before: readonly SelectColumn[], after: readonly SelectColumn[]): boolean {
  return before.every((column, index) => {
    const now = after[index];
    return now !== undefined && now.name === column.name && now.type === column.type && now.collation === column.collation;
  });
}
