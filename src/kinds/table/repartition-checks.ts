/** Which rows are in the way of a table that becomes partitioned, and what is said of the way. Knows no statement but queries. */
import type { SchemaObject } from '../../core/object.js';
import type { PlanCheck } from '../../core/plan.js';
import { flagOf, textOf } from '../attribute-values.js';
import { columnCheck } from '../bound-check.js';
import { imagesDiffer } from '../dual-write.js';
import type { Hazard, OperationContext } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { rewriteCost } from '../rewrite-cost.js';
import { keyColumns } from '../row-keys.js';
import { rowsWhere } from '../rows-in-the-way.js';
import { partitionsOf } from './second-table.js';

/** Rows that the new table would refuse: those that no partition takes (as far as bounds say it), nulls, and what breaks a check. */
export function misfits(table: SchemaObject, context: OperationContext): readonly PlanCheck[] {
  const name = quoteName(table.parts);
  const computed = computedAnew(table, context);
  const source = computed.length === 0 ? name : withComputed(table, computed, context);
  const of = (where: string, message: string): PlanCheck => rowsWhere({ table: table.address, name: source }, where, message, context);
  const isAnew = (object: SchemaObject): boolean =>
    computed.some(({ address }) => object.address === address || object.dependsOn.includes(address));
  const before = (object: SchemaObject): SchemaObject | undefined => (isAnew(object) ? undefined : context.current.get(object.address));
  const checks = context.children(context.desired, table.address).flatMap((member): readonly PlanCheck[] => {
    const own = quoteIdent(member.parts.at(-1) ?? '');
    const old = before(member);
    if (member.kind === 'column' && flagOf(member, 'not_null') && !(old !== undefined && flagOf(old, 'not_null')))
      return [of(`${own} IS NULL`, `of ${name} have null in ${own}`)];
    const expression = textOf(member, 'type') === 'check' && member.attributes.enforced !== false ? textOf(member, 'expression') : null;
    if (expression === null || (old !== undefined && textOf(old, 'expression') === expression)) return [];
    return [of(`NOT (${expression})`, `of ${name} break CHECK (${expression})`)];
  });
  const partitions = partitionsOf(table, context.desired);
  const parents = new Set(partitions.map((partition) => textOf(partition, 'parent')));
  const bounds = partitions.filter(({ parts }) => !parents.has(quoteName(parts))).map((leaf) => columnCheck(leaf, context.desired));
  const fits = bounds.every((bound) => bound !== null) ? bounds.map((bound) => `(${bound})`).join(' OR ') : null;
  if (fits === null || textOf(table, 'partition_key') === null) return checks;
  return [of(fits === '' ? 'true' : `(${fits}) IS NOT TRUE`, `of ${name} fit into no partition`), ...checks];
}

/** Columns whose values are computed by the new table, and not as they are now. */
function computedAnew(table: SchemaObject, { children, current, desired }: OperationContext): readonly SchemaObject[] {
  return children(desired, table.address, 'column').filter((column) => {
    const old = current.get(column.address);
    if (textOf(column, 'generated') === null) return false;
    return old === undefined || ['generated', 'expression', 'type'].some((key) => textOf(old, key) !== textOf(column, key));
  });
}

/** The rows as the new table will have them, under the name of the old one. */
function withComputed(table: SchemaObject, computed: readonly SchemaObject[], context: OperationContext): string {
  const named = (column: SchemaObject): string => quoteIdent(column.parts.at(-1) ?? '');
  const anew = computed.map((column) => `(${textOf(column, 'expression')})::${textOf(column, 'type')} AS ${named(column)}`);
  const there = context
    .children(context.current, table.address, 'column')
    .filter(({ address }) => !computed.some((column) => column.address === address))
    .map(named);
  const keys = keyColumns(table.address, context).filter((key) => !there.includes(key));
  return `(SELECT ${[...keys, ...there, ...anew].join(', ')} FROM ${quoteName(table.parts)}) AS ${quoteIdent(table.parts.at(-1) ?? '')}`;
}

/** All rows, before the old ones go: somebody may have written the new table, or switched the trigger off. */
export function agreement(table: SchemaObject, into: string, columns: readonly string[], key: readonly string[]): PlanCheck {
  const name = quoteName(table.parts);
  const on = key.map((column) => `o.${column} = n.${column}`).join(' AND ');
  const shown = key.map((column) => `coalesce(o.${column}, n.${column})::text AS ${column}`).join(', ');
  const of = (row: string): string => columns.map((column) => `${row}.${column}`).join(', ');
  return {
    when: 'before',
    sql: `SELECT count(*) OVER () AS rows_in_all, ${shown} FROM ${name} o FULL JOIN ${into} n ON ${on} WHERE o.${key[0]} IS NULL OR n.${key[0]} IS NULL OR ${imagesDiffer(of('o'), of('n'))} LIMIT 10`,
    message: `of ${name} are not the same in ${into}`,
  };
}

/** `obstacle`: why a large table is copied under a lock; null: it is small, or that is what was asked for. */
export function underLock(table: SchemaObject, obstacle: string | null, context: OperationContext): Hazard {
  const where = textOf(table, 'partition_key') === null ? 'a table without partitions' : 'its partitions';
  const why = obstacle === null ? '' : `; this is no table to be copied while it is used, because ${obstacle}`;
  return {
    code: 'table-rewrite',
    address: table.address,
    message: `the rows of ${quoteName(table.parts)} are copied into ${where} while nobody can read or write it${rewriteCost(table.address, context)}${why}`,
  };
}

export function besideHazards(table: SchemaObject, context: OperationContext): readonly Hazard[] {
  const name = quoteName(table.parts);
  const refused = textOf(table, 'partition_key') === null ? 'that breaks what the new one demands' : 'that no partition takes';
  const message = `the rows of ${name} are copied into a second table, which takes its name: until then they take twice the space, and a row ${refused} is refused`;
  return [{ code: 'table-moves-over', address: table.address, message }, ...lostValues(table, context)];
}

/** What a column held that is computed from now on. */
export function lostValues(table: SchemaObject, context: OperationContext): readonly Hazard[] {
  return context.children(context.desired, table.address, 'column').flatMap((column): readonly Hazard[] => {
    const old = context.current.get(column.address);
    if (old === undefined || textOf(old, 'generated') !== null || textOf(column, 'generated') === null) return [];
    const name = `${quoteName(table.parts)}.${quoteIdent(column.parts.at(-1) ?? '')}`;
    return [
      {
        code: 'drop-column',
        address: column.address,
        message: `drops the values of ${name}, which is computed from other columns then`,
        destructive: true,
      },
    ];
  });
}
