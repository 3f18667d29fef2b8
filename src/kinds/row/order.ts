/** What a row waits for: the columns that hold it, the rows that it refers to, those whose unique values it takes over. */
import type { Address } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { textOf, textsOf } from '../attribute-values.js';
import type { OperationContext } from '../kind.js';
import { quoteName } from '../quote.js';
import { isForeignKey, rowsBy, tableRows, tupleOf } from '../table-rows.js';

/**
 * Foreign keys of its table are there before it, as scratch holds rows without those that they refer to; checks and unique keys come after
 * it (see theirs), so that what rows are changed for finds them changed.
 */
export function after(row: SchemaObject, state: State): readonly Address[] {
  const { parts, parents } = tableRows(state);
  const own = (parts.get(row.parent ?? '') ?? []).filter((part) => part.kind !== 'constraint' || isForeignKey(part)).filter(isWaitedFor);
  const types = own.filter(({ kind }) => kind === 'column').flatMap(({ dependsOn }) => dependsOn);
  return [...own.map(({ address }) => address), ...types, ...(parents.get(row.address) ?? [])];
}

const WAITED_FOR = new Set(['column', 'default', 'constraint', 'partition']);
const isWaitedFor = ({ kind }: SchemaObject): boolean => WAITED_FOR.has(kind);

/** What no longer forbids it, and who holds values that only one row may have. */
export function afterDrops(row: SchemaObject, { current, desired }: Pick<OperationContext, 'current' | 'desired'>): readonly Address[] {
  const { parts, byTable } = tableRows(current);
  const constraints = (parts.get(row.parent ?? '') ?? []).filter(({ kind }) => kind === 'constraint');
  const gone = constraints.filter(({ address }) => !desired.has(address)).map(({ address }) => address);
  const rows = byTable.get(row.parent ?? '') ?? [];
  const holders = constraints.filter(isUnique).flatMap((key) => {
    const columns = textsOf(key, 'columns');
    const values = tupleOf(desired.get(row.address) ?? row, columns);
    return values === null ? [] : (uniqueIndex(rows, key).get(values) ?? []).map(({ address }) => address);
  });
  return [...gone, ...holders.filter((address) => address !== row.address)];
}

const isUnique = (key: SchemaObject): boolean => ['primary', 'unique'].includes(textOf(key, 'type') ?? '');

const indexes = new WeakMap<readonly SchemaObject[], Map<Address, ReturnType<typeof rowsBy>>>();

function uniqueIndex(rows: readonly SchemaObject[], key: SchemaObject): ReturnType<typeof rowsBy> {
  const known = indexes.get(rows) ?? new Map<Address, ReturnType<typeof rowsBy>>();
  indexes.set(rows, known);
  const index = known.get(key.address) ?? rowsBy(rows, textsOf(key, 'columns'));
  known.set(key.address, index);
  return index;
}

/** Rows that refer to it, and keys that would. */
export function dropsAfter(row: SchemaObject, state: State): readonly Address[] {
  const { children, referring } = tableRows(state);
  const keys = referring.get(quoteName(row.parts.slice(0, 2))) ?? [];
  return [...(children.get(row.address) ?? []), ...keys.map(({ address }) => address)];
}
