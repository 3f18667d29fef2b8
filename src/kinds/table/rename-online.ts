/**
 * A table that is known by its old name too until the contract phase: a view stands there, through which the server reads and writes the
 * table. Knows no order of steps.
 */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, recordOf, textOf } from '../attribute-values.js';
import { grantStatements, type Privileges } from '../grants.js';
import type { Operation, OperationContext, SlowRename } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';

/** Null: a view would not do what the table does. */
export function renameOnline(table: SchemaObject, to: string, renames: readonly Operation[], context: OperationContext): SlowRename | null {
  // Up to 14 a view reads with its owner's eyes, whom row security does not concern.
  if (context.major < 15 && flagOf(table, 'row_security')) return null;
  if (textOf(table, 'partition_key') !== null) return null;
  const schema = table.parts[0] ?? '';
  const view = quoteName(table.parts);
  const invoker = context.major >= 15 ? ' WITH (security_invoker = true)' : '';
  const columns = context
    .children(context.current, table.address, 'column')
    .toSorted((a, b) => Number(a.attributes.position) - Number(b.attributes.position))
    .map(({ parts }) => quoteIdent(parts.at(-1) ?? ''));
  const drop = `DROP VIEW ${view}`;
  const make: Operation = {
    sql: `CREATE VIEW ${view}${invoker} AS SELECT ${columns.join(', ')} FROM ${quoteName([schema, to])}`,
    undo: { sql: [drop] },
  };
  return {
    expand: [...renames.map((operation) => ({ ...operation, hazards: [] })), make, ...grants(table, context)],
    contract: [
      {
        sql: drop,
        hazards: [
          { code: 'rename-table', address: table.address, message: `statements of running programs that name ${view} fail from then on` },
        ],
        undo: { sql: [make.sql, ...grants(table, context).map(({ sql }) => sql)] },
      },
    ],
    renamesIn: 'expand',
  };
}

/** Whoever may use the table may use it by its old name. */
function grants(table: SchemaObject, context: OperationContext): readonly Operation[] {
  return context.children(context.current, table.address, 'privilege').flatMap((privilege) => {
    const grantee = privilege.qualifier ?? '';
    if (grantee === '$owner') return [];
    const target = {
      prefix: '',
      on: `TABLE ${quoteName(table.parts)}`,
      grantee: grantee === 'PUBLIC' ? 'PUBLIC' : quoteIdent(grantee),
      column: null,
    };
    return grantStatements({}, recordOf(privilege, 'privileges') as Privileges, target).map((sql) => ({ sql, undo: { sql: [] } }));
  });
}
