/** The settings that a file's SET and set_config statements put in force: folded into what follows, never run; knows no other statement. */
import { child, flag, list, str, strings, tagged } from '../../kinds/ast.js';
import type { Ast } from '../../kinds/kind.js';
import { quoteIdent } from '../../kinds/quote.js';

export type Settings = Readonly<Record<string, string>>;

/** What every file starts with. */
export const INITIAL_SETTINGS: Settings = { search_path: 'public' };

/** Settings that change what a statement means; PostgreSQL's default where a RESET takes one back. */
const MEANINGFUL: ReadonlySet<string> = new Set([
  'search_path',
  'default_tablespace',
  'default_table_access_method',
  'default_toast_compression',
  'xmloption',
]);

/** Printed by pg_dump for its own sake; what a statement means does not depend on them. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'transaction_timeout',
  'check_function_bodies',
  'client_min_messages',
  'row_security',
  'quote_all_identifiers',
  'default_with_oids',
]);

export interface SettingRefusal {
  readonly summary: string;
  readonly hint: string;
}

export type SettingResult = { readonly settings: Settings } | { readonly refusal: SettingRefusal };

/** The settings in force after `SET …`, `RESET …` (VariableSetStmt). */
export function foldSet(node: Ast, settings: Settings): SettingResult {
  const name = str(node, 'name').toLowerCase();
  const action = str(node, 'kind');
  if (name === 'role' || name === 'session_authorization') {
    return refuse(
      `${action === 'VAR_SET_VALUE' ? 'SET' : 'RESET'} ${name === 'role' ? 'ROLE' : 'SESSION AUTHORIZATION'} is not part of a desired schema`,
      'say the owner beside each object: ALTER … OWNER TO role, or ALTER DEFAULT PRIVILEGES FOR ROLE role',
    );
  }
  if (action === 'VAR_RESET_ALL') return { settings: INITIAL_SETTINGS };
  if (flag(node, 'is_local')) {
    return refuse(`SET LOCAL ${name} has no effect outside a transaction`, `write: set ${name} = …`);
  }
  if (action === 'VAR_SET_DEFAULT' || action === 'VAR_RESET') return fold(name, null, settings);
  if (action !== 'VAR_SET_VALUE') return refuse(`SET ${name} is not part of a desired schema`, 'remove the statement');
  const values = list(node, 'args').map((entry) => constant(entry.node));
  // As PostgreSQL does for settings that are lists of names: every value is one identifier.
  return fold(name, name === 'search_path' ? values.map(quoteIdent).join(', ') : values.join(', '), settings);
}

/** The settings in force after `SELECT pg_catalog.set_config('name', 'value', false)`; null when the SELECT is anything else. */
export function foldSetConfig(node: Ast, settings: Settings): SettingResult | null {
  if (Object.keys(node).some((key) => !['targetList', 'limitOption', 'op'].includes(key))) return null;
  const targets = list(node, 'targetList');
  const target = targets.length === 1 && targets[0] ? tagged(targets[0].node, 'val') : null;
  if (target?.tag !== 'FuncCall') return null;
  const name = strings(target.node, 'funcname');
  if (name.at(-1) !== 'set_config' || (name.length === 2 && name[0] !== 'pg_catalog') || name.length > 2) return null;
  const args = list(target.node, 'args');
  const [setting, value] = args.map((entry) => (entry.tag === 'A_Const' ? child(entry.node, 'sval') : null));
  if (args.length !== 3 || args[2]?.tag !== 'A_Const' || !setting || !value) return null;
  return fold(str(setting, 'sval').toLowerCase(), str(value, 'sval'), settings);
}

function fold(name: string, value: string | null, settings: Settings): SettingResult {
  if (name === 'client_encoding' && value !== null && !/^utf-?8$|^unicode$/i.test(value)) {
    return refuse(`client_encoding ${value} is not supported`, 'save the file as UTF-8 and remove the statement');
  }
  if (name === 'standard_conforming_strings' && value !== null && !/^(on|true|yes|1|t)$/i.test(value)) {
    return refuse('standard_conforming_strings must be on', "write backslash escapes as E'…' strings and remove the statement");
  }
  if (name === 'client_encoding' || name === 'standard_conforming_strings' || WITHOUT_EFFECT.has(name)) return { settings };
  if (!MEANINGFUL.has(name)) {
    return refuse(
      `SET ${name} is not part of a desired schema`,
      'remove it; a setting of a routine or a database is declared with ALTER … SET',
    );
  }
  const { [name]: _, ...others } = settings;
  if (value === null) return { settings: name === 'search_path' ? { ...others, ...INITIAL_SETTINGS } : others };
  return { settings: { ...others, [name]: value } };
}

function refuse(summary: string, hint: string): SettingResult {
  return { refusal: { summary, hint } };
}

/** The text of a constant as SET takes it; 'on' and 'off' arrive as texts. */
function constant(node: Ast): string {
  const inner = child(node, 'ival') ?? child(node, 'fval') ?? child(node, 'boolval') ?? child(node, 'sval');
  if (!inner) return '';
  if ('ival' in node) return String(inner.ival ?? 0);
  if ('boolval' in node) return inner.boolval === true ? 'on' : 'off';
  return str(inner, 'fval') || str(inner, 'sval');
}
