/** Objects that are rows of tables, and how rows refer to each other by their values; knows rows, tables and foreign keys only as data. */
import type { Address } from '../core/address.js';
import type { SchemaObject, State } from '../core/object.js';
import type { RowSet } from '../core/row-set.js';
import { recordOf, textOf, textsOf } from './attribute-values.js';
import { quoteName } from './quote.js';

interface TableRows {
  /** Rows by the address of their table. */
  readonly byTable: ReadonlyMap<Address, readonly SchemaObject[]>;
  /** Other objects by the table that they live in, those of columns included. */
  readonly parts: ReadonlyMap<Address, readonly SchemaObject[]>;
  /** Rows that a row refers to, and those that refer to it. */
  readonly parents: ReadonlyMap<Address, readonly Address[]>;
  readonly children: ReadonlyMap<Address, readonly Address[]>;
  /** Foreign keys by the table that they refer to, as SQL names it. */
  readonly referring: ReadonlyMap<string, readonly SchemaObject[]>;
}

const NOTHING: TableRows = { byTable: new Map(), parts: new Map(), parents: new Map(), children: new Map(), referring: new Map() };
const found = new WeakMap<State, TableRows>();

/** Computed once per state. */
export function tableRows(state: State): TableRows {
  const known = found.get(state);
  if (known) return known;
  const result = look(state);
  found.set(state, result);
  return result;
}

/** Addresses of the rows of a table. */
export function rowsOf(state: State, table: Address | null): readonly Address[] {
  return (tableRows(state).byTable.get(table ?? '') ?? []).map(({ address }) => address);
}

/** The value of a column, as text; undefined: it is not declared. */
export function cellOf(row: SchemaObject, column: string): string | null | undefined {
  const value = recordOf(row, 'key')[column] ?? recordOf(row, 'values')[column];
  return typeof value === 'string' || value === null ? value : undefined;
}

function look(state: State): TableRows {
  const byTable = new Map<Address, SchemaObject[]>();
  for (const object of state.values()) if (object.kind === 'row') push(byTable, object.parent ?? '', object);
  if (byTable.size === 0) return NOTHING;
  const parts = new Map<Address, SchemaObject[]>();
  const referring = new Map<string, SchemaObject[]>();
  for (const object of state.values()) {
    const table = state.get(object.parent ?? '')?.kind === 'column' ? state.get(object.parent ?? '')?.parent : object.parent;
    if (object.kind !== 'row' && byTable.has(table ?? '')) push(parts, table ?? '', object);
    if (object.kind === 'partition') push(parts, object.dependsOn.find((on) => byTable.has(on)) ?? '', object);
    const referred = isForeignKey(object) ? textOf(object, 'references') : null;
    if (referred !== null) push(referring, referred, object);
  }
  const parents = new Map<Address, Address[]>();
  const children = new Map<Address, Address[]>();
  const holders = new Map<string, ReadonlyMap<string, readonly SchemaObject[]>>();
  const tableOf = new Map([...byTable.keys()].map((table) => [quoteName(state.get(table)?.parts ?? []), table]));
  for (const [table, rows] of byTable) {
    for (const key of (parts.get(table) ?? []).filter(isForeignKey)) {
      const [to, columns] = [tableOf.get(textOf(key, 'references') ?? ''), textsOf(key, 'references_columns')];
      if (to === undefined) continue;
      const by = JSON.stringify([to, columns]);
      const index = holders.get(by) ?? rowsBy(byTable.get(to) ?? [], columns);
      holders.set(by, index);
      for (const row of rows) {
        const values = tupleOf(row, textsOf(key, 'columns'));
        for (const parent of values === null ? [] : (index.get(values) ?? [])) {
          if (parent === row) continue;
          push(parents, row.address, parent.address);
          push(children, parent.address, row.address);
        }
      }
    }
  }
  return { byTable, parts, parents, children, referring };
}

/** Rows by their values in some columns, those with a null left out: they refer to nothing, and nothing to them. */
export function rowsBy(rows: readonly SchemaObject[], columns: readonly string[]): ReadonlyMap<string, readonly SchemaObject[]> {
  const index = new Map<string, SchemaObject[]>();
  for (const row of rows) {
    const values = tupleOf(row, columns);
    if (values !== null) push(index, values, row);
  }
  return index;
}

export function tupleOf(row: SchemaObject, columns: readonly string[]): string | null {
  const values = columns.map((column) => cellOf(row, column) ?? null);
  return values.includes(null) ? null : JSON.stringify(values);
}

export function isForeignKey(object: SchemaObject): boolean {
  return object.kind === 'constraint' && textOf(object, 'type') === 'foreign';
}

export interface Dangling {
  readonly row: Address;
  /** As SQL names it. */
  readonly table: string;
  readonly values: readonly string[];
}

/** Rows that refer to rows of the tables of `whole`, all of whose rows are in the state, and are not there. */
export function danglingRows(state: State, whole: readonly RowSet[]): readonly Dangling[] {
  const { byTable, parts } = tableRows(state);
  const sets = new Map(whole.map((set) => [quoteName([set.schema, set.table]), set]));
  return [...byTable].flatMap(([table, rows]) =>
    (parts.get(table) ?? []).filter(isForeignKey).flatMap((key): readonly Dangling[] => {
      const [to, own, referred] = [textOf(key, 'references') ?? '', textsOf(key, 'columns'), textsOf(key, 'references_columns')];
      const set = sets.get(to);
      const typeOf = (of: readonly string[], column: string): string | null => {
        const object = [...state.values()].find(({ kind, parts: names }) => kind === 'column' && sameNames(names, [...of, column]));
        return object === undefined ? null : textOf(object, 'type');
      };
      // Values are compared as texts, which says nothing between two types.
      const isComparable =
        set !== undefined &&
        referred.every((column, index) => {
          const type = typeOf([set.schema, set.table], column);
          return [...set.key, ...set.columns].includes(column) && type === typeOf(key.parts.slice(0, 2), own[index] ?? '');
        });
      if (set === undefined || !isComparable) return [];
      const there = [...byTable.values()].flat().filter(({ parts: [schema, name] }) => schema === set.schema && name === set.table);
      const index = rowsBy(there, referred);
      return rows.flatMap((row) => {
        const values = tupleOf(row, own);
        return values === null || index.has(values)
          ? []
          : [{ row: row.address, table: to, values: JSON.parse(values) as readonly string[] }];
      });
    }),
  );
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

/**
 * All rows of the tables that are asked for, by their primary keys, with every column that has a value of its own. `without`: tables that
 * have no primary key.
 */
export function wholeTablesIn(
  state: State,
  isAsked: (table: Address) => boolean,
): { readonly tables: readonly Address[]; readonly sets: readonly RowSet[]; readonly without: readonly Address[] } {
  const tables = [...state.values()].filter(({ kind, address }) => kind === 'table' && isAsked(address));
  const parts = (table: Address, kind: string) => [...state.values()].filter((part) => part.kind === kind && part.parent === table);
  const sets = tables.flatMap(({ address, parts: [schema = '', table = ''] }): readonly RowSet[] => {
    const primary = parts(address, 'constraint').find((each) => textOf(each, 'type') === 'primary');
    if (primary === undefined) return [];
    const key = textsOf(primary, 'columns');
    const columns = parts(address, 'column')
      .filter((column) => textOf(column, 'generated') === null)
      .sort((a, b) => Number(a.attributes.position) - Number(b.attributes.position))
      .map((column) => column.parts.at(-1) ?? '');
    return [{ schema, table, key, columns: columns.filter((name) => !key.includes(name)), only: null }];
  });
  const isFound = ({ parts: [schema, table] }: SchemaObject): boolean => sets.some((set) => set.schema === schema && set.table === table);
  return {
    tables: tables.map(({ address }) => address),
    sets,
    without: tables.filter((table) => !isFound(table)).map(({ address }) => address),
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
