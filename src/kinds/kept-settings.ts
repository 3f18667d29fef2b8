/**
 * Settings that the server keeps for sessions to come, one object per parameter, by database and role (pg_db_role_setting). Knows how they are
 * read and declared; not whose they are.
 */
import { type Address, formatAddress, formatPart } from '../core/address.js';
import type { SchemaObject } from '../core/object.js';
import { child, str } from './ast.js';
import { textOf } from './attribute-values.js';
import { addressPart, catalogKey } from './catalog-key.js';
import { quoteBody, quoteIdent, quoteLiteral } from './quote.js';
import { setClause } from './set-clause.js';
import type { Ast, NameRef, StatementProblem } from './statement-rule.js';
import { nextToken, type Token } from './tokens.js';

/**
 * Query with one row per entry of the arrays of the rows `s` that `where` selects; `classid` and `objid` are the key that the rows share.
 * The server takes names in any case, and keeps them in its own.
 */
export function settingsQuery(classid: string, objid: string, where: string): string {
  return `
    select ${classid} as classid, ${objid} as objid, row_number() over (partition by ${objid} order by s.setrole, e.n)::int as objsubid,
           array[lower(split_part(e.entry, '=', 1))]::text[] as parts,
           case when s.setrole <> 0 then '@' || ${addressPart('pg_catalog.pg_get_userbyid(s.setrole)::text')} end as signature,
           case when s.setrole <> 0 then jsonb_build_array(${catalogKey('pg_authid', 's.setrole')}) end as needs,
           jsonb_build_object('value', substr(e.entry, strpos(e.entry, '=') + 1),
             'role', case when s.setrole <> 0 then pg_catalog.pg_get_userbyid(s.setrole) end) as attributes
      from pg_catalog.pg_db_role_setting s
      cross join lateral pg_catalog.unnest(s.setconfig) with ordinality as e (entry, n)
     where ${where}`;
}

/** "SET work_mem TO '64MB'" */
export const setOf = (object: SchemaObject): string => setClause(object.parts[0] ?? '', textOf(object, 'value') ?? '');

/** The role that it is for, as SQL; null: no role in particular. */
export function roleOf(object: SchemaObject): string | null {
  const role = textOf(object, 'role');
  return role === null ? null : quoteIdent(role);
}

/** "work_mem = 64MB", for messages. */
export const assignment = (object: SchemaObject): string => `${object.parts[0]} = ${textOf(object, 'value')}`;

/** A parameter that is only there for old dumps: RESET looks for it, does not find it, and writes the row as it was. */
export const RESETS_NOTHING = 'RESET default_with_oids';

/** Why a statement sets nothing that a desired state could hold; null: it does. */
export function settingProblem(node: Ast): StatementProblem | null {
  const clause = child(node, 'setstmt') ?? {};
  const kind = str(clause, 'kind');
  if (kind === 'VAR_SET_VALUE') return null;
  if (kind === 'VAR_SET_CURRENT') {
    return {
      code: 'SC1002',
      summary: 'SET … FROM CURRENT is not part of a desired schema',
      hint: 'write the value: no session is meant here',
    };
  }
  if (kind === 'VAR_SET_MULTI') {
    return {
      code: 'SC1002',
      summary: 'SET TRANSACTION is not part of a desired schema',
      hint: 'set default_transaction_isolation and its like',
    };
  }
  return { code: 'SC1002', summary: 'RESET is not part of a desired schema', hint: 'leave out the SET instead' };
}

/** `role`: null for no role in particular. */
export function settingAddress(kind: string, node: Ast, role: string | null): Address {
  const name = str(child(node, 'setstmt') ?? {}, 'name').toLowerCase();
  return formatAddress(kind, [name], role === null ? '' : `@${formatPart(role)}`);
}

export const roleRef = (role: string | null): readonly NameRef[] => (role === null ? [] : [{ space: 'role', schema: null, name: role }]);

/** The statement about the database that it runs in, whatever that is called; `name` is which token of it names a database. */
export function aboutThisDatabase(text: string, name: number): string {
  const token = tokenAt(text, name);
  if (token === null) throw new Error(`no name of a database: ${text}`);
  const [before, after] = [text.slice(0, token.from), text.slice(token.to)].map(quoteLiteral);
  return inThisDatabase(`${before} || quote_ident(current_database()) || ${after}`);
}

/** Runs the text that `expression` gives. */
export const inThisDatabase = (expression: string): string => `DO ${quoteBody(`begin execute ${expression}; end`)}`;

function tokenAt(text: string, index: number): Token | null {
  let left = index;
  for (let token = nextToken(text, 0); token !== null; token = nextToken(text, token.to)) {
    if (token.type === 'comment') continue;
    if (left === 0) return token;
    left -= 1;
  }
  return null;
}
