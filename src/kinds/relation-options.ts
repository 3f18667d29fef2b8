/** Storage options (reloptions) of a relation: reading them from the catalog and writing them as SQL. */
import { quoteIdent, quoteLiteral } from './quote.js';

export type RelationOptions = { readonly [name: string]: string };

/** SQL expression: the options of pg_class row `c` as jsonb, those of its TOAST table with "toast." in front. */
export function relationOptionsOf(c: string): string {
  return `(select coalesce(jsonb_object_agg(x.prefix || o.option_name, o.option_value), '{}')
     from (values ('', ${c}.reloptions), ('toast.', (select tc.reloptions from pg_catalog.pg_class tc where tc.oid = ${c}.reltoastrelid)))
          as x (prefix, options),
          pg_catalog.pg_options_to_table(x.options) o)`;
}

/**
 * SQL expression: their names in the order in which they were given. It means nothing, but the catalog keeps it and pg_dump shows it, so what
 * is made anew gets the same.
 */
export function optionOrderOf(c: string): string {
  return `(select coalesce(jsonb_agg(x.prefix || o.option_name order by x.prefix, o.place), '[]')
     from (values ('', ${c}.reloptions), ('toast.', (select tc.reloptions from pg_catalog.pg_class tc where tc.oid = ${c}.reltoastrelid)))
          as x (prefix, options),
          pg_catalog.pg_options_to_table(x.options) with ordinality o (option_name, option_value, place))`;
}

function optionName(name: string): string {
  return name.startsWith('toast.') ? `toast.${quoteIdent(name.slice(6))}` : quoteIdent(name);
}

function assignments(options: RelationOptions, names: readonly string[]): string {
  return names.map((name) => `${optionName(name)} = ${quoteLiteral(options[name] ?? '')}`).join(', ');
}

/** " WITH (security_barrier = 'true')", or nothing. */
export function withOptions(options: RelationOptions): string {
  const names = Object.keys(options);
  return names.length === 0 ? '' : ` WITH (${assignments(options, names)})`;
}

/** The SET and RESET clauses that lead from one set of options to another. */
export function optionClauses(before: RelationOptions, after: RelationOptions): readonly string[] {
  const set = Object.keys(after).filter((name) => before[name] !== after[name]);
  const reset = Object.keys(before)
    .filter((name) => after[name] === undefined)
    .sort();
  return [
    ...(set.length > 0 ? [`SET (${assignments(after, set)})`] : []),
    ...(reset.length > 0 ? [`RESET (${reset.map(optionName).join(', ')})`] : []),
  ];
}
