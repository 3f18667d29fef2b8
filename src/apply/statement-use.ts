/**
 * Whether the text of a query names a relation, or a column of it: a query that may mean it counts, one that means another does not. What is
 * only taken with all the others (`SELECT *`, INSERT without a list) is not named, and goes on without it. Asks no server.
 */
import type { PlanUse } from '../core/plan.js';
import { parseStatement } from '../desired/sql/parse.js';
import { child, list, str, strings } from '../kinds/ast.js';
import type { Ast, AstValue } from '../kinds/kind.js';

interface Names {
  readonly relations: { readonly schema: string; readonly name: string; readonly alias: string }[];
  /** `of`: what a column's name is qualified with, '' for nothing. */
  readonly columns: { readonly of: string; readonly name: string }[];
}

/** `text` is as pg_stat_statements keeps it, with $1 in the place of values. */
export async function namesInStatement(text: string): Promise<(use: PlanUse) => boolean> {
  const parsed = await parseStatement(text);
  // Some texts with $1 are no SQL ("interval $1"): then words decide, which finds too much rather than too little.
  if (!parsed.ok) return ({ relation, column }) => hasWord(text, relation) && (column === null || hasWord(text, column));
  const names: Names = { relations: [], columns: [] };
  collect({ [parsed.tag]: parsed.node }, names);
  return (use) => isNamed(use, names);
}

function isNamed({ schema, relation, column }: PlanUse, { relations, columns }: Names): boolean {
  const meant = relations.filter((each) => each.name === relation && (each.schema === '' || each.schema === schema));
  if (meant.length === 0 || column === null) return meant.length > 0;
  return columns.some(({ of, name }) => {
    if (name !== column) return false;
    const named = relations.filter((each) => each.alias === of);
    return named.length === 0 || named.some((each) => meant.includes(each));
  });
}

function collect(value: AstValue, names: Names): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const entry of value as readonly AstValue[]) collect(entry, names);
    return;
  }
  const node = value as Ast;
  if (typeof node.relname === 'string') {
    const alias = child(node, 'alias');
    names.relations.push({
      schema: str(node, 'schemaname'),
      name: node.relname,
      alias: alias === null ? node.relname : str(alias, 'aliasname'),
    });
  }
  for (const key of Object.keys(node)) {
    mention(key, node, names);
    collect(node[key], names);
  }
}

/** Names of columns; those that a SELECT gives to what it returns are none. */
function mention(tag: string, holder: Ast, { columns }: Names): void {
  const node = holder[tag] as Ast;
  const plain = (found: readonly string[]): void => {
    columns.push(...found.map((name) => ({ of: '', name })));
  };
  if (tag === 'ColumnRef') {
    const parts = strings(node, 'fields');
    // Three and more parts begin with the schema; a single one may be a column, or a whole row by its table's name.
    columns.push({ of: parts.length > 1 ? (parts.at(-2) ?? '') : '', name: parts.at(-1) ?? '' });
  } else if (tag === 'InsertStmt') plain(list(node, 'cols').map((column) => str(column.node, 'name')));
  else if (tag === 'UpdateStmt' || tag === 'OnConflictExpr' || tag === 'onConflictClause')
    plain(list(node, 'targetList').map((column) => str(column.node, 'name')));
  else if (tag === 'MergeWhenClause') plain(list(node, 'targetList').map((column) => str(column.node, 'name')));
  else if (tag === 'IndexElem') plain([str(node, 'name')]);
  else if (tag === 'CopyStmt') plain(strings(node, 'attlist'));
  else if (tag === 'JoinExpr') plain(strings(node, 'usingClause'));
}

function hasWord(text: string, word: string): boolean {
  const escaped = word.toLowerCase().replace(/[^\p{L}\p{N}_]/gu, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'u').test(text.toLowerCase());
}
