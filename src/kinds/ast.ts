/** Safe reading of libpg_query's JSON trees for the kinds' statement rules; runs no parser and knows no kind. */
import { builtinTypeText, isBuiltinType } from './builtin-types.js';
import type { Ast, AstValue, NameRef } from './kind.js';
import { quoteName } from './quote.js';

/*
 * The trees are protobuf's JSON: a member that is 0, '' or false is absent, a field of a fixed type holds its members directly
 * ({"relation": {"relname": …}}), and a field of any node type wraps them ({"stmt": {"CreateStmt": {…}}}). `child` and `list` take
 * the wrapping off; `tagged` and `list` also say which node it was. pg-query-emscripten loses negative integers ({"Integer": {}}): what
 * a number means is for the server to say. For places in the text (where a foreign key ends) see constraint-span.ts and tokens.ts.
 */

/** A node with its type name: {tag: 'ColumnDef', node: {…}}. */
export interface Tagged {
  readonly tag: string;
  readonly node: Ast;
}

function isAst(value: AstValue): value is Ast {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isArray(value: AstValue): value is readonly AstValue[] {
  return Array.isArray(value);
}

function untag(value: AstValue): Tagged | null {
  if (!isAst(value)) return null;
  const keys = Object.keys(value);
  const key = keys[0];
  if (keys.length === 1 && key !== undefined && /^[A-Z]/.test(key)) {
    const inner = value[key];
    return { tag: key, node: isAst(inner) ? inner : {} };
  }
  return { tag: '', node: value };
}

/** A text member; '' when absent. */
export function str(node: Ast, key: string): string {
  const value = node[key];
  return typeof value === 'string' ? value : '';
}

/** A number member; 0 when absent. */
export function num(node: Ast, key: string): number {
  const value = node[key];
  return typeof value === 'number' ? value : 0;
}

/** A boolean member; false when absent. */
export function flag(node: Ast, key: string): boolean {
  return node[key] === true;
}

/** A member node without its wrapping; null when absent. */
export function child(node: Ast, key: string): Ast | null {
  return untag(node[key])?.node ?? null;
}

/** A member node with its type name ('' for a field of a fixed type); null when absent. */
export function tagged(node: Ast, key: string): Tagged | null {
  return untag(node[key]);
}

/** The nodes of a list member, a plain array or a wrapped List alike; empty when absent. */
export function list(node: Ast, key: string): readonly Tagged[] {
  return items(node[key]);
}

function items(value: AstValue): readonly Tagged[] {
  if (isArray(value)) return value.map(untag).filter((entry) => entry !== null);
  const inner = untag(value);
  return inner?.tag === 'List' ? items(inner.node.items) : [];
}

/** The texts of a list of String nodes, or of one String, TypeName or ObjectWithArgs: the parts of a name. */
export function strings(node: Ast, key: string): readonly string[] {
  const value = untag(node[key]);
  if (isArray(node[key]) || value?.tag === 'List')
    return list(node, key)
      .map(text)
      .filter((part) => part !== null);
  return value ? nameParts(value) : [];
}

/** The parts of the name that a node of DROP, COMMENT or ALTER holds: List, String, TypeName, ObjectWithArgs or RangeVar. */
export function nameParts(entry: Tagged): readonly string[] {
  const { tag, node } = entry;
  if (tag === 'String') return [str(node, 'sval')];
  if (tag === 'List') return strings({ List: { List: node } }, 'List');
  if (tag === 'TypeName' || 'names' in node) return strings(node, 'names');
  if (tag === 'ObjectWithArgs' || 'objname' in node) return strings(node, 'objname');
  if (tag === 'RangeVar' || 'relname' in node) return [str(node, 'schemaname'), str(node, 'relname')].filter((part) => part !== '');
  return [];
}

function text(entry: Tagged): string | null {
  return entry.tag === 'String' ? str(entry.node, 'sval') : null;
}

/** The value of a DefElem option of a list member, e.g. option(node, 'options', 'language'); null when not given. */
export function option(node: Ast, key: string, name: string): Tagged | null {
  const found = list(node, key).find((entry) => entry.tag === 'DefElem' && str(entry.node, 'defname') === name);
  return found ? (tagged(found.node, 'arg') ?? { tag: '', node: {} }) : null;
}

/** The relation that a RangeVar names; schema null when it is not qualified. */
export function rangeVarRef(rangeVar: Ast | null, space: NameRef['space'] = 'relation'): NameRef {
  const schema = rangeVar ? str(rangeVar, 'schemaname') : '';
  return { space, schema: schema === '' ? null : schema, name: rangeVar ? str(rangeVar, 'relname') : '' };
}

/** A name given as parts, e.g. nameRef(strings(node, 'funcname'), 'routine'); a database name in front is dropped. */
export function nameRef(parts: readonly string[], space: NameRef['space']): NameRef {
  return { space, schema: parts.at(-2) ?? null, name: parts.at(-1) ?? '' };
}

/** A name given as a list of String nodes (or List, TypeName, ObjectWithArgs) under `key`. */
export function nameListRef(node: Ast, key: string, space: NameRef['space']): NameRef {
  return nameRef(strings(node, key), space);
}

/** The qualified name's parts: an unqualified name is in `creationSchema`. */
export function inSchema(ref: NameRef, creationSchema: string): readonly [string, string] {
  return [ref.schema ?? creationSchema, ref.name];
}

/** The type that a TypeName node names; built-in types have schema "pg_catalog". */
export function typeRef(typeName: Ast | null): NameRef {
  const parts = typeName ? strings(typeName, 'names') : [];
  const ref = nameRef(parts, 'type');
  return ref.schema === null && isBuiltinType(ref.name) ? { ...ref, schema: 'pg_catalog' } : ref;
}

/**
 * A type as format_type() prints it under an empty search_path, without its modifier, as in signatures: "integer",
 * "app.status[]". An unqualified name that is not built in is taken to be in `creationSchema`.
 */
export function typeNameText(typeName: Ast | null, creationSchema: string): string {
  if (!typeName) return '';
  const ref = typeRef(typeName);
  const base =
    ref.schema === 'pg_catalog' && !flag(typeName, 'pct_type') ? builtinTypeText(ref.name) : typeText(typeName, ref, creationSchema);
  // PostgreSQL keeps no number of dimensions: integer[3][] is integer[].
  return list(typeName, 'arrayBounds').length > 0 ? `${base}[]` : base;
}

function typeText(typeName: Ast, ref: NameRef, creationSchema: string): string {
  if (flag(typeName, 'pct_type')) return `${quoteName(strings(typeName, 'names'))}%type`;
  return quoteName(inSchema(ref, creationSchema));
}

/** The modes that count in pg_proc.proargtypes: all but OUT and TABLE. */
const INPUT_MODES = new Set(['', 'FUNC_PARAM_DEFAULT', 'FUNC_PARAM_IN', 'FUNC_PARAM_INOUT', 'FUNC_PARAM_VARIADIC']);

/**
 * "(integer, text)" from FunctionParameter or TypeName nodes, as '(' || oidvectortypes(proargtypes) || ')' prints it. The absent
 * operand of a prefix operator is "NONE", as regoperator prints it.
 */
export function signatureText(parameters: readonly Tagged[], creationSchema: string): string {
  const types: string[] = [];
  for (const { tag, node } of parameters) {
    if (tag === 'FunctionParameter') {
      if (INPUT_MODES.has(str(node, 'mode'))) types.push(typeNameText(child(node, 'argType'), creationSchema));
    } else if (tag === 'TypeName') {
      types.push(typeNameText(node, creationSchema));
    } else if (tag === '') {
      types.push('NONE');
    } else if (tag === 'List') {
      types.push(...[signatureText(list({ node: { List: node } }, 'node'), creationSchema).slice(1, -1)].filter((inner) => inner !== ''));
    }
  }
  return `(${types.join(', ')})`;
}

/** A routine, aggregate or operator as ALTER, COMMENT, GRANT and DROP name it; signature null when no arguments are given. */
export interface ObjectArgs {
  readonly ref: NameRef;
  readonly signature: string | null;
}

/** Reads an ObjectWithArgs node. */
export function objectWithArgs(node: Ast, creationSchema: string, space: NameRef['space'] = 'routine'): ObjectArgs {
  const ref = nameListRef(node, 'objname', space);
  if (flag(node, 'args_unspecified')) return { ref, signature: null };
  // objfuncargs knows the modes: f(a integer, out b text) names f(integer). objargs is all that operators have.
  const parameters = list(node, 'objfuncargs');
  return { ref, signature: signatureText(parameters.length > 0 ? parameters : list(node, 'objargs'), creationSchema) };
}

/** The role that a RoleSpec names: its name, or "public", "current_user", "session_user", "current_role". */
export function roleName(roleSpec: Ast | null): string {
  if (!roleSpec) return '';
  const type = str(roleSpec, 'roletype');
  return type === 'ROLESPEC_CSTRING' ? str(roleSpec, 'rolename') : type.replace('ROLESPEC_', '').toLowerCase();
}
