/** Clauses that set and reset a parameter, as functions, roles and databases keep them (proconfig, setconfig). Knows no kind. */
import { quoteIdent, quoteLiteral } from './quote.js';

export type RoutineConfig = { readonly [setting: string]: string };

/** Settings whose value is a list of identifiers, kept quoted in the catalog: one literal for all would be one name. */
const LISTS = new Set([
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'shared_preload_libraries',
  'temp_tablespaces',
  'unix_socket_directories',
]);

/** A parameter's name as SQL: those of extensions have a prefix. */
export function settingName(name: string): string {
  return name.split('.').map(quoteIdent).join('.');
}

export function setClause(name: string, value: string): string {
  const literals = LISTS.has(name) ? listEntries(value).map(quoteLiteral).join(', ') : quoteLiteral(value);
  return `SET ${settingName(name)} TO ${literals === '' ? "''" : literals}`;
}

export function resetClause(name: string): string {
  return `RESET ${settingName(name)}`;
}

/** `app, "My Schema"` -> names; as SplitGUCList reads it. */
function listEntries(value: string): readonly string[] {
  return [...value.matchAll(/"((?:[^"]|"")*)"|([^\s,"]+)/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}
