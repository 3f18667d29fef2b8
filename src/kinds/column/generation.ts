/** Columns that are computed from others: the statements between plain, stored and virtual, and when only a table made anew will do. Knows no planner. */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Hazard, Operation, OperationContext } from '../kind.js';
import { rewriteCost } from '../rewrite-cost.js';
import { columnName, tableName, tableOf } from './definition.js';

/** PostgreSQL writes a large table anew for it under ACCESS EXCLUSIVE, by whatever statement (docs/decisions/0024). */
export function needsTableAnew(before: SchemaObject | null, after: SchemaObject, context: OperationContext): boolean {
  if (textOf(after, 'generated') !== 'stored' || context.isShortRewrite(tableOf(after))) return false;
  return before === null || COMPUTED.some((name) => (before.attributes[name] ?? null) !== (after.attributes[name] ?? null));
}

const COMPUTED = ['generated', 'expression', 'type', 'collation'];

/** Why a large table is written anew all the same; '' for one that is not, or where it was asked for. */
export function noSecondTable(column: SchemaObject, context: OperationContext): string {
  const why = context.isShortRewrite(tableOf(column)) ? null : context.whyNotAnew(tableOf(column));
  return why === null ? '' : `; a second table cannot take its place, because ${why}`;
}

/** The statements between plain, stored and virtual; null where only a new column will do. */
export function generation(before: SchemaObject, after: SchemaObject, context: OperationContext): readonly Operation[] | null {
  const [from, to] = [textOf(before, 'generated'), textOf(after, 'generated')];
  const table = `ALTER TABLE ${tableName(after)} ALTER COLUMN ${columnName(after)}`;
  const lock = { mode: 'ACCESS EXCLUSIVE', address: tableOf(after) } as const;
  if (from === 'stored' && to === null)
    return [{ sql: `${table} DROP EXPRESSION`, lock, undo: { reason: 'a column cannot be made a generated one' } }];
  if (from === null || from !== to || context.major < 17) return null;
  const hazards: readonly Hazard[] =
    to === 'stored'
      ? [
          {
            code: 'table-rewrite',
            address: after.address,
            message: `computing ${tableName(after)}.${columnName(after)} anew writes the whole table while nobody can read or write it${rewriteCost(tableOf(after), context)}${noSecondTable(after, context)}`,
          },
        ]
      : [];
  const clause = (column: SchemaObject): string => `${table} SET EXPRESSION AS (${textOf(column, 'expression')})`;
  return [{ sql: clause(after), lock, hazards, undo: { sql: [clause(before)] } }];
}
