/** What DROP means in a desired schema: nothing when it clears the way for what follows, a contradiction otherwise; knows no kind. */
import { formatPart, nameOf } from '../../core/address.js';
import type { Diagnostic, Span } from '../../core/diagnostic.js';
import { child, flag, list, nameParts, str } from '../../kinds/ast.js';
import type { Ast } from '../../kinds/kind.js';
import type { Declaration } from '../declaration.js';
import { statementName } from './refusal.js';

interface Dropped {
  readonly ifExists: boolean;
  /** Qualified names as written. */
  readonly names: readonly (readonly string[])[];
}

/** What the statement drops; null when it drops nothing. */
export function droppedBy(tag: string, node: Ast): Dropped | null {
  if (tag === 'DropStmt') return { ifExists: flag(node, 'missing_ok'), names: list(node, 'objects').map(nameParts) };
  if (/^Drop(?!db|TableSpace)/.test(tag)) return { ifExists: flag(node, 'missing_ok'), names: [] };
  if (tag !== 'AlterTableStmt') return null;
  const commands = list(node, 'cmds').map((entry) => entry.node);
  const drops = commands.filter((command) => /^AT_Drop(Column|Constraint)$/.test(str(command, 'subtype')));
  if (drops.length === 0) return null;
  const relation = child(node, 'relation');
  const table = relation ? nameParts({ tag: 'RangeVar', node: relation }) : [];
  return {
    ifExists: drops.length === commands.length && drops.every((command) => flag(command, 'missing_ok')),
    names: drops.map((command) => [...table, str(command, 'name')]),
  };
}

export function judgeDrop(dropped: Dropped, words: readonly string[], span: Span, earlier: readonly Declaration[]): Diagnostic {
  const name = statementName(words);
  const contradicted = dropped.names.flatMap((parts) => findDeclared(parts, earlier) ?? [])[0];
  if (contradicted !== undefined) {
    return {
      code: 'SC1006',
      severity: 'error',
      summary: `${name} removes what this file declares`,
      hint: 'remove both statements; a desired schema says what exists at the end',
      span,
      related: [{ message: 'declared here', span: contradicted }],
    };
  }
  if (!dropped.ifExists) {
    return {
      code: 'SC1006',
      severity: 'error',
      summary: `${name} is not part of a desired schema`,
      hint: 'remove it: what no file declares is what schemactl drops',
      span,
    };
  }
  return { code: 'SC1005', severity: 'warning', summary: `${name} IF EXISTS has no effect in a desired schema`, hint: 'remove it', span };
}

/** The place where an earlier statement declares something of this name; without a schema any schema counts. */
function findDeclared(parts: readonly string[], earlier: readonly Declaration[]): Span | null {
  const wanted = parts.map(formatPart).join('.');
  for (const declaration of earlier) {
    const object = declaration.declares.find((declared) => {
      const name = nameOf(declared.address).replace(/\(.*$/, '');
      return name === wanted || name.endsWith(`.${wanted}`);
    });
    if (object) return object.span;
    const schema = parts.at(-2) ?? null;
    if (
      declaration.provides.some((ref) => ref.name === parts.at(-1) && (schema === null || ref.schema === null || ref.schema === schema))
    ) {
      return declaration.span;
    }
  }
  return null;
}
