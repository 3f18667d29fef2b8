/** The statements that add, change and delete one row by its key. */
import type { Address } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import type { PlanRequirement } from '../../core/plan.js';
import { recordOf, textOf } from '../attribute-values.js';
import type { Alteration, Hazard, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';
import { isForeignKey, tableRows } from '../table-rows.js';

const tableAddress = (row: SchemaObject): Address => row.parent ?? '';
const tableOf = (row: SchemaObject): string => quoteName(row.parts.slice(0, 2));

/** Rows of a table that inherits from it are not its own; those of partitions are. */
function target(row: SchemaObject, state: State): string {
  const table = state.get(tableAddress(row));
  const isPartitioned = table !== undefined && textOf(table, 'partition_key') !== null;
  return `${isPartitioned ? '' : 'ONLY '}${tableOf(row)}`;
}

const literal = (value: unknown): string => (typeof value === 'string' ? quoteLiteral(value) : 'NULL');

function condition(row: SchemaObject): string {
  return Object.entries(recordOf(row, 'key'))
    .map(([column, value]) => `${quoteIdent(column)} = ${literal(value)}`)
    .join(' AND ');
}

function insert(row: SchemaObject, state: State, context: OperationContext): string {
  const values = { ...recordOf(row, 'key'), ...recordOf(row, 'values') };
  const columns = Object.keys(values);
  const isAlways = context
    .children(state, tableAddress(row), 'column')
    .filter((column) => columns.includes(column.parts.at(-1) ?? ''))
    .some((column) => context.children(state, column.address, 'sequence').some((counter) => textOf(counter, 'identity') === 'always'));
  const [names, literals] = [columns.map(quoteIdent).join(', '), Object.values(values).map(literal).join(', ')];
  return `INSERT INTO ${tableOf(row)} (${names})${isAlways ? ' OVERRIDING SYSTEM VALUE' : ''} VALUES (${literals})`;
}

function update(row: SchemaObject, columns: readonly string[], state: State): string {
  const values = recordOf(row, 'values');
  const set = columns.map((column) => `${quoteIdent(column)} = ${literal(values[column])}`).join(', ');
  return `UPDATE ${target(row, state)} SET ${set} WHERE ${condition(row)}`;
}

const remove = (row: SchemaObject, state: State): string => `DELETE FROM ${target(row, state)} WHERE ${condition(row)}`;

function on(row: SchemaObject, ...privileges: readonly string[]): Pick<Operation, 'lock' | 'requires' | 'dependsOnData'> {
  const requires = ['SELECT', ...privileges].map((privilege): PlanRequirement => ({ privilege, on: tableAddress(row) }));
  // Triggers, keys and checks see the rows that nobody declares too.
  return { lock: { mode: 'ROW EXCLUSIVE', address: tableAddress(row) }, requires, dependsOnData: true };
}

export function create(row: SchemaObject, context: OperationContext): readonly Operation[] {
  const undo = { sql: [remove(row, context.desired)] };
  return [{ sql: insert(row, context.desired, context), ...on(row, 'INSERT'), undo }];
}

export function alter({ before, after }: SetChange, context: OperationContext): Alteration {
  const [old, wanted] = [recordOf(before, 'values'), recordOf(after, 'values')];
  const differing = Object.keys(wanted).filter((column) => (old[column] ?? null) !== (wanted[column] ?? null));
  if (differing.length === 0) return { operations: [] };
  // What a column that the plan adds held before is nothing.
  const back = differing.filter((column) => column in old);
  const undo = {
    sql:
      back.length === 0
        ? []
        : [update({ ...before, attributes: { ...before.attributes, key: after.attributes.key ?? null } }, back, context.desired)],
  };
  return { operations: [{ sql: update(after, differing, context.desired), ...on(after, 'UPDATE'), undo }] };
}

export function drop(row: SchemaObject, context: OperationContext): readonly Operation[] {
  const declared = new Set([...Object.keys(recordOf(row, 'key')), ...Object.keys(recordOf(row, 'values'))]);
  const others = context
    .children(context.current, tableAddress(row), 'column')
    .filter((column) => textOf(column, 'generated') === null && !declared.has(column.parts.at(-1) ?? ''));
  const undo =
    others.length === 0
      ? { sql: [insert(row, context.current, context)] }
      : { reason: `${row.address} had values in columns that no file declares` };
  return [{ sql: remove(row, context.current), ...on(row, 'DELETE'), hazards: [hazard(row, context.current)], undo }];
}

function hazard(row: SchemaObject, state: State): Hazard {
  const cascading = (tableRows(state).referring.get(tableOf(row)) ?? []).filter((key) => {
    const action = isForeignKey(key) ? textOf(key, 'on_delete') : null;
    return action === 'cascade' || action === 'set null' || action === 'set default';
  });
  const tables = [...new Set(cascading.map((key) => `${quoteName(key.parts.slice(0, 2))} (on delete ${textOf(key, 'on_delete')})`))];
  const key = Object.values(recordOf(row, 'key')).map(String).join(', ');
  const along = tables.length === 0 ? '' : `, and acts on rows that refer to it in ${tables.join(', ')}`;
  return {
    code: 'delete-row',
    address: row.address,
    message: `deletes the row ${key} of ${tableOf(row)}${along}`,
    destructive: true,
    estimate: null,
  };
}
