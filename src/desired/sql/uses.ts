/** Every name that a statement's tree mentions, as candidates for what it leans on; knows no statement. */
import { flag, nameRef, objectWithArgs, rangeVarRef, roleName, str, strings, typeRef } from '../../kinds/ast.js';
import type { Ast, AstValue, NameRef } from '../../kinds/kind.js';
import { nameKey } from '../names.js';
import { identifierParts } from '../search-path.js';

/** Names of pg_catalog are left out: nothing that files declare is there. Nodes at a location that is `cut` do not count. */
export function namesUsed(tag: string, node: Ast, cut: (location: number) => boolean = () => false): readonly NameRef[] {
  const found = new Map<string, NameRef>();
  const keep = (ref: NameRef): void => {
    found.set(nameKey(ref.space, ref.schema, ref.name), ref);
  };
  const add = (ref: NameRef): void => {
    if (ref.name === '' || ref.schema === 'pg_catalog') return;
    keep(ref);
    if (ref.schema !== null) keep({ space: 'schema', schema: null, name: ref.schema });
  };
  visit(tag, node, { add, cut, hidden: new Set() });
  return [...found.values()];
}

type Add = (ref: NameRef) => void;

interface Walk {
  readonly add: Add;
  readonly cut: (location: number) => boolean;
  /** Names of WITH queries. */
  readonly hidden: ReadonlySet<string>;
}

/** Fields of a fixed type lose their type name in the JSON: these members tell which one it was. */
const SHAPES: readonly (readonly [member: string, tag: string])[] = [
  ['relname', 'RangeVar'],
  ['names', 'TypeName'],
  ['objname', 'ObjectWithArgs'],
  ['collname', 'CollateClause'],
  ['roletype', 'RoleSpec'],
];

function shapeOf(node: Ast): string {
  return SHAPES.find(([member]) => member in node)?.[1] ?? '';
}

function visit(tag: string, node: Ast, outer: Walk): void {
  if (typeof node.location === 'number' && outer.cut(node.location)) return;
  const walk = { ...outer, hidden: withCommonTableNames(node, outer.hidden) };
  mention(tag, node, walk);
  for (const key of Object.keys(node)) visitValue(node[key], '', walk);
}

function visitValue(value: AstValue, tag: string, walk: Walk): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const entry of value as readonly AstValue[]) visitValue(entry, '', walk);
    return;
  }
  const node = value as Ast;
  const keys = Object.keys(node);
  const key = keys[0];
  if (keys.length === 1 && key !== undefined && /^[A-Z]/.test(key)) visitValue(node[key], key, walk);
  else visit(tag === '' ? shapeOf(node) : tag, node, walk);
}

/** Names of WITH queries hide relations inside the statement that has the WITH. */
function withCommonTableNames(node: Ast, hidden: ReadonlySet<string>): ReadonlySet<string> {
  const clause = node.withClause as Ast | undefined;
  if (clause === undefined || !Array.isArray(clause.ctes)) return hidden;
  const names = (clause.ctes as readonly Ast[]).map((cte) => str((cte.CommonTableExpr ?? {}) as Ast, 'ctename'));
  return new Set([...hidden, ...names]);
}

function mention(tag: string, node: Ast, { add, hidden }: Walk): void {
  switch (tag) {
    case 'RangeVar': {
      const ref = rangeVarRef(node);
      if (ref.schema !== null || !hidden.has(ref.name)) add(ref);
      return;
    }
    case 'TypeName':
      mentionType(node, add);
      return;
    case 'FuncCall':
      add(nameRef(strings(node, 'funcname'), 'routine'));
      mentionRegclass(node, add);
      return;
    case 'ObjectWithArgs':
      add(objectWithArgs(node, '').ref);
      return;
    case 'CollateClause':
      add(nameRef(strings(node, 'collname'), 'collation'));
      return;
    case 'A_Expr':
      add(nameRef(strings(node, 'name'), 'operator'));
      return;
    case 'RoleSpec':
      add({ space: 'role', schema: null, name: roleName(node) });
      return;
    case 'TypeCast':
      mentionRegclass(node, add);
      return;
    case 'CreateTrigStmt':
      add(nameRef(strings(node, 'funcname'), 'routine'));
      return;
    case 'CreateEventTrigStmt':
      add(nameRef(strings(node, 'funcname'), 'routine'));
      return;
    case 'IndexElem':
      mentionList(node, 'collation', 'collation', add);
      mentionList(node, 'opclass', 'other', add);
      return;
    case 'PartitionElem':
      mentionList(node, 'collation', 'collation', add);
      mentionList(node, 'opclass', 'other', add);
      return;
    case 'DefElem':
      mentionOption(node, add);
      return;
    case 'List':
      mentionQualified(node, add);
      return;
    default:
      mentionObject(node, add);
  }
}

function mentionList(node: Ast, key: string, space: NameRef['space'], add: Add): void {
  const parts = strings(node, key);
  if (parts.length > 0) add(nameRef(parts, space));
}

/** `app.t.c%type` leans on the relation app.t; a type name may also be a relation's row type, or a routine in an option. */
function mentionType(node: Ast, add: Add): void {
  if (flag(node, 'pct_type')) {
    add(nameRef(strings(node, 'names').slice(0, -1), 'relation'));
    return;
  }
  const ref = typeRef(node);
  add(ref);
  if (ref.schema !== 'pg_catalog') add({ ...ref, space: 'routine' });
}

/** 'app.seq'::regclass and nextval('app.seq') name a relation in a literal. */
function mentionRegclass(node: Ast, add: Add): void {
  const literal = literalOf(node.arg) ?? literalOf(Array.isArray(node.args) ? (node.args as readonly AstValue[])[0] : undefined);
  if (literal === null) return;
  const name = strings((node.typeName ?? {}) as Ast, 'names').at(-1) ?? strings(node, 'funcname').at(-1) ?? '';
  const space = LITERAL_SPACES[name];
  if (space === undefined) return;
  const parts = identifierParts(literal);
  if (parts !== null) add(nameRef(parts, space));
}

const LITERAL_SPACES: Readonly<Record<string, NameRef['space']>> = {
  regclass: 'relation',
  nextval: 'relation',
  currval: 'relation',
  regtype: 'type',
  regproc: 'routine',
  regprocedure: 'routine',
  regconfig: 'other',
  regdictionary: 'other',
  regcollation: 'collation',
  // The first of two arguments is a configuration; a lone one is a document, which names nothing.
  to_tsvector: 'other',
  to_tsquery: 'other',
  plainto_tsquery: 'other',
  phraseto_tsquery: 'other',
  websearch_to_tsquery: 'other',
  ts_headline: 'other',
};

function literalOf(value: AstValue): string | null {
  const constant = ((value ?? {}) as Ast).A_Const as Ast | undefined;
  const text = (constant?.sval as Ast | undefined)?.sval;
  return typeof text === 'string' ? text : null;
}

/** A bare list of names (DROP, COMMENT, OWNED BY, EXECUTE): which space it is in depends on the statement, so all that are likely. */
function mentionQualified(node: Ast, add: Add): void {
  const parts = strings({ parts: { List: node } }, 'parts');
  if (parts.length === 0 || !Array.isArray(node.items) || parts.length !== node.items.length) return;
  for (const space of ['relation', 'type', 'routine', 'other'] as const) add(nameRef(parts, space));
  // The last part may be a column, constraint, trigger or policy of the relation in front.
  if (parts.length > 1) add(nameRef(parts.slice(0, -1), 'relation'));
}

/** Options that hold a name: CREATE EXTENSION … SCHEMA s, CREATE COLLATION … FROM c, CREATE TEXT SEARCH … (PARSER = p). */
const OPTION_SPACES: Readonly<Record<string, NameRef['space']>> = {
  schema: 'schema',
  from: 'collation',
  collation: 'collation',
  subtype_opclass: 'other',
  template: 'other',
  parser: 'other',
  copy: 'other',
};

function mentionOption(node: Ast, add: Add): void {
  const space = OPTION_SPACES[str(node, 'defname')];
  if (space !== undefined) mentionList(node, 'arg', space, add);
}

function mentionObject(node: Ast, add: Add): void {
  if (typeof node.extname === 'string') add({ space: 'extension', schema: null, name: node.extname });
  if (typeof node.schemaname === 'string') add({ space: 'schema', schema: null, name: node.schemaname });
}
