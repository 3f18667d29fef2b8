/** What the four kinds of text search objects have in common: how statements name them, and their renames. Knows none of them. */
import { formatAddress } from '../core/address.js';
import type { SchemaObject } from '../core/object.js';
import { inSchema, nameListRef, nameRef, str, strings } from './ast.js';
import type { Ast, Hazard, NameRef, Operation, StatementRule } from './kind.js';
import { quoteIdent, quoteName } from './quote.js';

/** SQL expression: the qualified name of a row of `catalog`, whose name and schema columns begin with `prefix`. */
export function qualifiedNameOf(catalog: string, prefix: string, oid: string): string {
  return `(select pg_catalog.format('%I.%I', qn.nspname, q.${prefix}name) from pg_catalog.${catalog} q
      join pg_catalog.pg_namespace qn on qn.oid = q.${prefix}namespace where q.oid = ${oid})`;
}

/** `DEFINE` of pg_query: CREATE TEXT SEARCH … */
export function definitionRule(kind: string, objectType: string): StatementRule {
  return {
    node: 'DefineStmt',
    applies: (node) => str(node, 'kind') === objectType,
    read(node, context) {
      const [schema, name] = inSchema(nameListRef(node, 'defnames', 'other'), context.creationSchema);
      return {
        provides: [{ space: 'other', schema, name }],
        declares: [{ address: formatAddress(kind, [schema, name]), offset: context.offsetOf(undefined), named: true }],
      };
    },
  };
}

/** The object that an ALTER names under `key`. */
export function altered(node: Ast, key: string): NameRef {
  return nameRef(strings(node, key), 'other');
}

export function renameOperations(object: SchemaObject, word: string, to: string, hazard: Hazard): readonly Operation[] {
  const back = `ALTER ${word} ${quoteName([...object.parts.slice(0, -1), to])} RENAME TO ${quoteIdent(object.parts.at(-1) ?? '')}`;
  return [{ sql: `ALTER ${word} ${quoteName(object.parts)} RENAME TO ${quoteIdent(to)}`, hazards: [hazard], undo: { sql: [back] } }];
}

/** Documents that are stored or indexed keep the lexemes that they were given. */
export function lexemesHazard(object: SchemaObject, word: string): Hazard {
  return {
    code: 'change-text-search',
    address: object.address,
    message: `${word.toLowerCase()} ${quoteName(object.parts)} finds other words from now on, and what is stored or indexed with it keeps the old ones`,
  };
}

export function nameHazard(object: SchemaObject, word: string, code: 'drop-text-search' | 'rename-text-search'): Hazard {
  return { code, address: object.address, message: `queries that name the ${word.toLowerCase()} ${quoteName(object.parts)} fail` };
}
