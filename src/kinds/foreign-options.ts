/** Options of foreign-data objects (OPTIONS): reading them from the catalog and writing them as SQL; knows no kind. */
import { quoteIdent, quoteLiteral } from './quote.js';

export type ForeignOptions = { readonly [name: string]: string };

/** SQL expression: a list of name=value texts as a jsonb object; a value may hold "=" and be empty. */
export function foreignOptions(column: string): string {
  return `(select coalesce(jsonb_object_agg(o.option_name, coalesce(o.option_value, '')), '{}') from pg_catalog.pg_options_to_table(${column}) o)`;
}

const assigned = (name: string, value: string): string => `${quoteIdent(name)} ${quoteLiteral(value)}`;

/** " OPTIONS (host 'db')", or nothing. */
export function optionsClause(options: ForeignOptions): string {
  const names = Object.keys(options).sort();
  return names.length === 0 ? '' : ` OPTIONS (${names.map((name) => assigned(name, options[name] ?? '')).join(', ')})`;
}

/** "OPTIONS (SET host 'db', DROP port)" from one set to another; null when they are equal. */
export function optionsChange(before: ForeignOptions, after: ForeignOptions): string | null {
  const dropped = Object.keys(before)
    .filter((name) => after[name] === undefined)
    .sort();
  const changed = Object.keys(after)
    .filter((name) => after[name] !== before[name])
    .sort();
  const actions = [
    ...dropped.map((name) => `DROP ${quoteIdent(name)}`),
    ...changed.map((name) => `${before[name] === undefined ? 'ADD' : 'SET'} ${assigned(name, after[name] ?? '')}`),
  ];
  return actions.length === 0 ? null : `OPTIONS (${actions.join(', ')})`;
}
