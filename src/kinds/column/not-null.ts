/** SET NOT NULL and DROP NOT NULL, on the way that keeps writers waiting least; knows nothing of the other attributes. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Operation, OperationContext, SetChange } from '../kind.js';
import { childTables, lastingDescendants, sameColumn } from '../lineage.js';
import { quoteIdent, quoteName } from '../quote.js';
import { rowsWhere } from '../rows-in-the-way.js';
import { columnName, notNullAction, tableName, tableOf } from './definition.js';

const isPartitioned = (column: SchemaObject, context: OperationContext): boolean => {
  const table = context.desired.get(tableOf(column));
  return table !== undefined && textOf(table, 'partition_key') !== null;
};

/**
 * A partitioned table takes its partitions along (ONLY is refused), and so does every parent from 18, where NOT NULL is an inherited
 * constraint. Before 18 a parent's NOT NULL is its own.
 */
export function notNullCascades(column: SchemaObject, context: OperationContext): boolean {
  return isPartitioned(column, context) || context.major >= 18;
}

export function setNotNull(column: SchemaObject, context: OperationContext, online = context.online): readonly Operation[] {
  const [name, address] = [columnName(column), tableOf(column)];
  const cascades = notNullCascades(column, context) && flagOf(column, 'not_null_inherit');
  const table = `ALTER TABLE ${cascades ? '' : 'ONLY '}${tableName(column)}`;
  const undo = { sql: [`${table} ALTER COLUMN ${name} DROP NOT NULL`] };
  const exclusive = { mode: 'ACCESS EXCLUSIVE', address } as const;
  const hazard = {
    code: 'set-not-null-scan',
    address: column.address,
    message: `every row of ${tableName(column)} is read while nobody can read or write it`,
  };
  const plain: Operation = {
    sql: `${table} ${notNullAction(column)}`,
    lock: exclusive,
    hazards: [hazard],
    dependsOnData: true,
    undo,
  };
  const valid = flagOf(column, 'not_null_valid');
  if (!online && valid) return [plain];
  const inherit = flagOf(column, 'not_null_inherit') ? '' : ' NO INHERIT';
  // No statement makes a constraint unvalidated again, so undoing it adds it anew.
  const validate = (constraint: string, added: string): Operation => ({
    sql: `${table} VALIDATE CONSTRAINT ${constraint}`,
    mode: 'own',
    lock: { mode: 'SHARE UPDATE EXCLUSIVE', address },
    dependsOnData: true,
    checks: [rowsWhere({ table: address, name: tableName(column) }, `${name} IS NULL`, `of ${tableName(column)} have no ${name}`, context)],
    undo: { sql: [`${table} DROP CONSTRAINT ${constraint}`, added] },
  });
  if (context.major >= 18) {
    const constraint = quoteIdent(textOf(column, 'not_null_name') ?? freeConstraintName(column, context, '_not_null'));
    const add: Operation = {
      sql: `${table} ADD CONSTRAINT ${constraint} NOT NULL ${name}${inherit} NOT VALID`,
      lock: exclusive,
      undo,
    };
    return valid ? [add, validate(constraint, add.sql)] : [add];
  }
  // Of a row, IS NOT NULL says that no field is null either: no check says what SET NOT NULL says.
  if (holdsRows(column, context.desired)) return [plain];
  // SET NOT NULL reads no rows where a validated check says the same (12). NO INHERIT lets ONLY work above children.
  const free = freeConstraintName(column, context, '_present');
  const constraint = quoteIdent(free);
  const checkAddress = formatAddress('constraint', [...column.parts.slice(0, 2), free]);
  const remove = `${table} DROP CONSTRAINT ${constraint}`;
  const check = `${table} ADD CONSTRAINT ${constraint} CHECK (${name} IS NOT NULL)${cascades ? '' : ' NO INHERIT'}`;
  const add: Operation = { sql: `${check} NOT VALID`, lock: exclusive, undo: { sql: [remove] } };
  return [
    add,
    validate(constraint, add.sql),
    { sql: `${table} ALTER COLUMN ${name} SET NOT NULL`, lock: exclusive, undo },
    { sql: remove, lock: exclusive, undo: { sql: [check] }, undoTaking: { takes: [checkAddress], sql: [] } },
  ];
}

/** How a column that is filled beside another comes to be NOT NULL as it is: `settle` while both are there, `named` once it has its own name. */
export interface Presence {
  readonly make: readonly Operation[];
  readonly settle: readonly Operation[];
  readonly named: readonly Operation[];
}

export const NO_PRESENCE: Presence = { make: [], settle: [], named: [] };

/** `beside` is the column under the name that it has for the time being. */
export function presence(column: SchemaObject, beside: SchemaObject, context: OperationContext): Presence {
  // Until the old column goes, the name that it is to have may be taken.
  const unnamed: SchemaObject = { ...beside, attributes: { ...beside.attributes, not_null_name: null } };
  const operations = setNotNull(unnamed, context, true);
  if (context.major < 18) return { make: operations.slice(0, 2), settle: operations.slice(2), named: [] };
  const [now, later] = [unnamed, column].map((each) => quoteIdent(notNullNameOf(each)));
  const rename = `ALTER TABLE ${tableName(column)} RENAME CONSTRAINT ${now} TO ${later}`;
  const lock = { mode: 'ACCESS EXCLUSIVE', address: tableOf(column) } as const;
  return { make: operations, settle: [], named: [{ sql: rename, lock, undo: { reason: 'the old column is gone' } }] };
}

const notNullNameOf = (column: SchemaObject): string =>
  textOf(column, 'not_null_name') ?? joinName(column.parts.at(-2) ?? '', column.parts.at(-1) ?? '', '_not_null');

/** It stays NOT NULL, and is that in another way (18): by another name, unvalidated or not, for children too or not. */
export function alterNotNull({ before, after, changed }: SetChange, context: OperationContext): readonly Operation[] {
  // RENAME CONSTRAINT looks for the same name in partitions and children, which theirs need not have and cannot be given.
  const isParent = changed.has('not_null_name') && childTables(context.current, tableOf(after)).length > 0;
  if (isParent || changed.has('not_null_inherit') || (changed.has('not_null_valid') && !flagOf(after, 'not_null_valid')))
    return [...dropNotNull(before, after, context), ...setNotNull(after, context)];
  // Setting it again validates it under the strong lock. Under a name it would be another constraint.
  const unnamed: SchemaObject = { ...after, attributes: { ...after.attributes, not_null_name: null } };
  return [
    ...(changed.has('not_null_name') ? [renameNotNull(before, after)] : []),
    ...(changed.has('not_null_valid') ? setNotNull(unnamed, context, false) : []),
  ];
}

function renameNotNull(before: SchemaObject, after: SchemaObject): Operation {
  const statement = (from: SchemaObject, to: SchemaObject): string =>
    `ALTER TABLE ${tableName(after)} RENAME CONSTRAINT ${quoteIdent(notNullNameOf(from))} TO ${quoteIdent(notNullNameOf(to))}`;
  return {
    sql: statement(before, after),
    lock: { mode: 'ACCESS EXCLUSIVE', address: tableOf(after) },
    undo: { sql: [statement(after, before)] },
  };
}

/** The name that PostgreSQL 18 would choose for the constraint, made free and at most 63 bytes long. */
function freeConstraintName(column: SchemaObject, context: OperationContext, suffix: string): string {
  const tables = [tableOf(column), ...childTables(context.current, tableOf(column))];
  const taken = new Set(
    [context.current, context.desired].flatMap((state) =>
      tables.flatMap((table) => context.children(state, table, 'constraint').map((constraint) => constraint.parts.at(-1) ?? '')),
    ),
  );
  for (let n = 0; ; n += 1) {
    const end = `${suffix}${n === 0 ? '' : n}`;
    const candidate = joinName(column.parts.at(-2) ?? '', column.parts.at(-1) ?? '', end);
    if (!taken.has(candidate)) return candidate;
  }
}

/** makeObjectName() of the server: the longer of both names is cut first. */
function joinName(table: string, column: string, suffix: string): string {
  let [first, second] = [table, column];
  const size = (): number => Buffer.byteLength(`${first}_${second}${suffix}`);
  while (size() > 63) {
    if (Buffer.byteLength(first) > Buffer.byteLength(second)) first = [...first].slice(0, -1).join('');
    else second = [...second].slice(0, -1).join('');
  }
  return `${first}_${second}${suffix}`;
}

/**
 * Dropped on a parent, NOT NULL goes from the children on every version but where 18 holds a constraint of their own: afterwards each
 * is brought to what it should be. `before` is what undoing it leads back to.
 */
export function dropNotNull(before: SchemaObject, column: SchemaObject, context: OperationContext): readonly Operation[] {
  const cascades = notNullCascades(column, context);
  const statement = (target: SchemaObject, word: 'SET' | 'DROP', only: string): string =>
    `ALTER TABLE ${only}${tableName(target)} ALTER COLUMN ${columnName(target)} ${word} NOT NULL`;
  const operation = (target: SchemaObject, word: 'SET' | 'DROP', only: string): Operation => ({
    sql: statement(target, word, only),
    lock: { mode: 'ACCESS EXCLUSIVE', address: tableOf(target) },
    undo: { sql: [statement(target, word === 'SET' ? 'DROP' : 'SET', only)] },
  });
  const hazard = {
    code: 'drop-not-null',
    address: column.address,
    message: `readers of ${tableName(column)}.${columnName(column)} may meet nulls`,
  };
  const drop = operation(column, 'DROP', cascades ? '' : 'ONLY ');
  const undo = { sql: [`ALTER TABLE ${cascades ? '' : 'ONLY '}${tableName(column)} ${notNullAction({ ...before, parts: column.parts })}`] };
  const own = { ...drop, hazards: [hazard], undo };
  if (!cascades) return [own];
  const below = lastingDescendants(context, tableOf(column)).flatMap((table) => sameColumn(context.desired, table, column) ?? []);
  const corrections = below.flatMap((child) => {
    const wanted = flagOf(child, 'not_null');
    if (wanted) return context.major < 18 ? [operation(child, 'SET', '')] : [];
    return context.major >= 18 ? [operation(child, 'DROP', '')] : [];
  });
  return [own, ...corrections];
}

/** Whether its type is a composite one, the row type of a relation, or a domain over such a type. */
function holdsRows(object: SchemaObject, state: State): boolean {
  const type = textOf(object, 'type') ?? textOf(object, 'base_type');
  return object.dependsOn.some((address) => {
    const on = state.get(address);
    if (on === undefined || on.parts.length !== 2 || quoteName(on.parts) !== type) return false;
    return 'fields' in on.attributes || 'persistence' in on.attributes || ('base_type' in on.attributes && holdsRows(on, state));
  });
}
