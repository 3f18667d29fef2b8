/**
 * The way back from new columns to the one that they were filled from (`down name = first || ' ' || last`): programs that only know the new ones
 * keep the old one right, and rows that would not come back as they were are found first. Knows no order of steps beyond its own.
 */
import { DiagnosticError } from '../../core/diagnostic.js';
import type { SchemaObject } from '../../core/object.js';
import type { PlanCheck } from '../../core/plan.js';
import { textOf } from '../attribute-values.js';
import { downOf } from '../down-hint.js';
import type { OperationContext } from '../kind.js';
import { quoteIdent } from '../quote.js';
import { rowsWhere } from '../rows-in-the-way.js';
import { columnName, tableName } from './definition.js';

export interface WayBack {
  readonly old: SchemaObject;
  /** SQL over the new columns. */
  readonly expression: string;
  /** Usual value of the old column, as SQL; null: none. */
  readonly usual: string | null;
  /** New columns of the table with a `backfill`, this one too. */
  readonly siblings: readonly SchemaObject[];
}

/** @throws DiagnosticError SC2408 where the hint names a column that does not go. */
export function wayBack(column: SchemaObject, table: SchemaObject, context: OperationContext): WayBack | null {
  const hint = context.hint(column.address, 'down');
  const down = hint === null ? null : downOf(hint);
  if (down === null) return null;
  const columns = context.children(context.current, table.address, column.kind);
  const old = columns.find(({ parts }) => parts.at(-1) === down.column);
  if (old === undefined || !context.isDropped(old.address)) throw new DiagnosticError([notGoing(column, down.column, table)]);
  const found = context.children(context.current, old.address, 'default')[0];
  const siblings = context
    .children(context.desired, table.address, column.kind)
    .filter(({ address }) => context.isNew(address) && context.hint(address, 'backfill') !== null);
  return { old, expression: down.expression, usual: found === undefined ? null : textOf(found, 'expression'), siblings };
}

/** Before anything is done: the new columns as they will be filled, and from them the old one. */
export function roundTrip(back: WayBack, table: SchemaObject, context: OperationContext): PlanCheck {
  const alias = quoteIdent(table.parts.at(-1) ?? '');
  const there = context.children(context.current, table.address, back.old.kind).map((each) => `${alias}.${columnName(each)}`);
  const filled = back.siblings.map((each) => `(${context.hint(each.address, 'backfill') ?? ''}) AS ${columnName(each)}`);
  const again = `(SELECT (${back.expression}) FROM (SELECT ${[...there, ...filled].join(', ')}) AS ${alias})`;
  return before(back, table, again, 'would not come back from the new columns', context);
}

/** Before the old column goes: what either sort of program wrote is in both. */
export function agreement(back: WayBack, table: SchemaObject, context: OperationContext): PlanCheck {
  return before(back, table, `(${back.expression})`, 'is not what the new columns say', context);
}

function before(back: WayBack, table: SchemaObject, value: string, message: string, context: OperationContext): PlanCheck {
  const on = { table: table.address, name: tableName(back.old) };
  const where = `(${value})::${textOf(back.old, 'type')} IS DISTINCT FROM ${quoteIdent(table.parts.at(-1) ?? '')}.${columnName(back.old)}`;
  return { ...rowsWhere(on, where, `of ${on.name} have a value in ${columnName(back.old)} that ${message}`, context), when: 'before' };
}

const notGoing = (column: SchemaObject, name: string, table: SchemaObject) =>
  ({
    code: 'SC2408',
    severity: 'error',
    summary: `the hint down of ${column.address} names the column ${name}, which ${table.address} does not lose in this plan`,
    hint: 'name the column that the new ones take the place of, or leave the hint out',
    address: column.address,
  }) as const;
