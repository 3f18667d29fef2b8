/** Queries for the rows that a statement fails over, so that they can be named by their keys; knows no kind. */
import type { Address } from '../core/address.js';
import type { PlanCheck } from '../core/plan.js';
import type { OperationContext } from './kind.js';
import { keyColumns } from './row-keys.js';

/** So many are named; how many there are is counted. */
const NAMED = 10;

export interface RowsOf {
  /** Address of the table, and its name as SQL. */
  readonly table: Address;
  readonly name: string;
}

/** As PostgreSQL writes the values, not as a client reads them (dates). */
const shown = (keys: readonly string[]): string => keys.map((key) => `${key}::text AS ${key}`).join(', ');

/** `where` is SQL over the table's columns. `message` follows the number of rows. */
export function rowsWhere({ table, name }: RowsOf, where: string, message: string, context: OperationContext): PlanCheck {
  return {
    when: 'failed',
    sql: `SELECT count(*) OVER () AS rows_in_all, ${shown(keyColumns(table, context))} FROM ${name} WHERE ${where} LIMIT ${NAMED}`,
    message,
  };
}

/** Rows that are not alone with the values of `expressions`; `where`: of those that the index takes. */
export function duplicates(
  { table, name }: RowsOf,
  expressions: readonly string[],
  where: string | null,
  context: OperationContext,
): PlanCheck {
  const keys = keyColumns(table, context);
  const among = [...expressions.map((each) => `(${each}) IS NOT NULL`), ...(where === null ? [] : [`(${where})`])].join(' AND ');
  const counted = `SELECT ${keys.join(', ')}, count(*) OVER (PARTITION BY ${expressions.join(', ')}) AS same FROM ${name} WHERE ${among}`;
  return {
    when: 'failed',
    sql: `SELECT count(*) OVER () AS rows_in_all, ${shown(keys)} FROM (${counted}) AS counted WHERE same > 1 LIMIT ${NAMED}`,
    message: `of ${name} share (${expressions.join(', ')}) with another`,
  };
}
