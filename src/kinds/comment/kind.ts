/** Comments on objects of the database; those on shared objects (databases, roles, tablespaces) belong to the cluster and are not read. */
import type { SchemaObject, State } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Kind, OperationContext, Pin } from '../kind.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import { query } from './catalog.js';
import { statementRules } from './sql.js';
import { yaml } from './yaml.js';

/** How COMMENT ON names the target: itself, a column that is no object of its own, or a part of it such as a constraint's index. */
function target(comment: SchemaObject, owner: SchemaObject, context: OperationContext): string {
  const part = textOf(comment, 'part');
  if (part !== null) return part;
  return comment.qualifier === null ? context.reference(owner) : `COLUMN ${quoteName(owner.parts)}.${quoteIdent(comment.qualifier)}`;
}

function statement(comment: SchemaObject, text: string | null, context: OperationContext, isGone = false): string {
  const [first, second] = isGone ? [context.current, context.desired] : [context.desired, context.current];
  const owner = first.get(comment.parent ?? '') ?? second.get(comment.parent ?? '');
  if (owner === undefined) throw new Error(`${comment.address} has no target`);
  return `COMMENT ON ${target(comment, owner, context)} IS ${text === null ? 'NULL' : quoteLiteral(text)}`;
}

/** What is pinned by a lock that COMMENT ON waits for; COMMENT ON writes no row that a pin writes. */
const LOCKED: ReadonlySet<string> = new Set([
  ...[
    'table',
    'column',
    'view',
    'materialized_view',
    'index',
    'foreign_table',
    'sequence',
    'enum',
    'statistics',
    'collation',
    'conversion',
  ],
  ...['operator', 'operator_class', 'operator_family', 'text_search_configuration', 'text_search_parser', 'text_search_template'],
]);

/** A comment on a column locks the relation, also that behind a composite type; one on a constraint's index, the index. */
function pin(comment: SchemaObject, state: State): Pin | null {
  const target = state.get(comment.parent ?? '');
  const isLocked = target !== undefined && (LOCKED.has(target.kind) || comment.qualifier !== null || textOf(comment, 'part') !== null);
  return isLocked ? null : { reason: 'nothing but COMMENT ON and DROP takes the lock that COMMENT ON takes' };
}

export const kind: Kind = {
  name: 'comment',
  rank: 95,
  query,
  attributes: { text: 'exact', part: 'exact' },
  reference: (comment) => `COMMENT ON ${comment.parent ?? ''}`,
  create: (comment, context) => [
    { sql: statement(comment, textOf(comment, 'text'), context), undo: { sql: [statement(comment, null, context)] } },
  ],
  alter: ({ before, after }, context) => ({
    operations: [
      { sql: statement(after, textOf(after, 'text'), context), undo: { sql: [statement(after, textOf(before, 'text'), context)] } },
    ],
  }),
  drop: (comment, context) => [
    { sql: statement(comment, null, context, true), undo: { sql: [statement(comment, textOf(comment, 'text'), context, true)] } },
  ],
  pin,
  sql: statementRules,
  yaml,
};
