/** Which rows the desired state declares: put into scratch, and told to whoever reads the live database. Knows no kind. */
import type { ClientBase } from 'pg';
import { kindOf } from '../core/address.js';
import type { Diagnostic, Span } from '../core/diagnostic.js';
import type { State } from '../core/object.js';
import { distinctRowSets, type RowSet } from '../core/row-set.js';
import type { Declaration, Desired } from '../desired/declaration.js';
import type { Dangling } from '../kinds/table-rows.js';
import { runDeclarations } from '../scratch/run.js';
import { lastName, RENAMED_FROM } from './renames.js';

export function rowSetsOf({ declarations }: Pick<Desired, 'declarations'>): readonly RowSet[] {
  return distinctRowSets(declarations.flatMap(({ rows }) => rows?.set ?? []));
}

/** Where there is nothing but what is declared, it is all there is to see. */
export function wholeTables(sets: readonly RowSet[]): readonly RowSet[] {
  return sets.map((set) => ({ ...set, only: null }));
}

/** With the keys that the server made of the declared ones where others are kept, and the names that hints say were there before. */
export function liveRowSets(desired: Pick<Desired, 'declarations' | 'hints'>, state: State): readonly RowSet[] {
  const kinds = new Set(desired.declarations.flatMap(({ rows }) => (rows?.address ? [kindOf(rows.address)] : [])));
  return rowSetsOf(desired).map((set) => {
    const { schema, table, key, only } = set;
    const own = [...state.values()].filter(({ kind, parts }) => kinds.has(kind) && parts[0] === schema && parts[1] === table);
    const keys = only === null ? null : own.map(({ parts }) => parts.slice(2));
    const was = oldNames(set, desired.hints, state);
    return { schema, table, key, columns: set.columns, only: keys, ...(was === null ? {} : { was }) };
  });
}

function oldNames({ schema, table, key, columns }: RowSet, hints: Desired['hints'], state: State): NonNullable<RowSet['was']> | null {
  const names = new Map<string, string>();
  for (const hint of hints) {
    const parts = hint.name === RENAMED_FROM ? state.get(hint.address)?.parts : undefined;
    if (parts !== undefined) names.set(JSON.stringify(parts), lastName(hint.value));
  }
  const nameOf = (...parts: readonly string[]): string | undefined => names.get(JSON.stringify(parts));
  const [oldSchema, oldTable] = [nameOf(schema), nameOf(schema, table)];
  const renamed = [...key, ...columns].flatMap((column) => {
    const old = nameOf(schema, table, column);
    return old === undefined ? [] : [[column, old] as const];
  });
  if (oldSchema === undefined && oldTable === undefined && renamed.length === 0) return null;
  return {
    ...(oldSchema === undefined ? {} : { schema: oldSchema }),
    ...(oldTable === undefined ? {} : { table: oldTable }),
    ...(renamed.length === 0 ? {} : { columns: Object.fromEntries(renamed) }),
  };
}

/** Keys do not ask in scratch, where the rows of other tables are missing; of a table all of whose rows are declared it is known. */
export function refersToNothing({ row, table, values }: Dangling, span: Span | undefined): Diagnostic {
  return {
    code: 'SC1205',
    severity: 'error',
    address: row,
    summary: `${row} refers to a row of ${table} that is not declared: ${values.join(', ')}`,
    hint: 'declare it too, or write others: keep where somebody else looks after it',
    ...(span === undefined ? {} : { span }),
  };
}

/** Once everything is defined: a table that cannot hold such rows at all is one finding, and its rows are none. */
export async function insertRows(client: ClientBase, order: readonly Declaration[]): Promise<readonly Diagnostic[]> {
  const questions = order.filter(({ rows }) => rows?.address === null);
  if (questions.length === 0) return [];
  const refused = await runDeclarations(client, questions);
  if (refused.length > 0) return refused;
  return runDeclarations(
    client,
    order.filter(({ rows }) => rows !== undefined && rows.address !== null),
  );
}
