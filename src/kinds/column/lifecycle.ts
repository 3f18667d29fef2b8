/** Making, changing and renaming a column, and what a parent's column does for it. */
import type { Address } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf, textsOf } from '../attribute-values.js';
import type { Alteration, Operation, OperationContext, SetChange } from '../kind.js';
import { inheritedTables, lastingParents, sameColumn } from '../lineage.js';
import { quoteIdent } from '../quote.js';
import { createBeside } from '../requirements.js';
import { addDerived } from './add-derived.js';
import { addHazards } from './add-hazards.js';
import { addOnline } from './add-online.js';
import { changeType, conversion } from './change-type.js';
import {
  alterColumn,
  columnName,
  constraintText,
  definition,
  initialSettings,
  notNullAction,
  SETTINGS,
  tableName,
  tableOf,
  typeText,
} from './definition.js';
import { generation } from './generation.js';
import { comesWithParent } from './inheritance.js';
import { alterNotNull, dropNotNull, notNullCascades, setNotNull } from './not-null.js';
import { retypeOnline } from './retype-online.js';
import { isSlowRetype } from './retyped-together.js';
import { keepsComputed } from './type-change.js';

const ofType = (column: SchemaObject, context: OperationContext): boolean => {
  const table = context.desired.get(tableOf(column));
  return table !== undefined && textOf(table, 'of_type') !== null;
};

export function inline(column: SchemaObject, context: OperationContext): string {
  if (flagOf(column, 'inherited')) return '';
  if (!ofType(column, context)) return definition(column, context);
  const constraints = constraintText(column, context);
  return constraints === '' ? '' : `${columnName(column)} WITH OPTIONS${constraints}`;
}

export function afterInline(column: SchemaObject, context: OperationContext): readonly Operation[] {
  return [
    ...(flagOf(column, 'inherited') ? differences(column, inheritedTables(context.desired, tableOf(column)), context) : []),
    ...initialSettings(column),
  ];
}

/** A column that its parents bring has their default and NOT NULL: what it should have instead. */
function differences(column: SchemaObject, parents: readonly string[], context: OperationContext): readonly Operation[] {
  const sources = parents.flatMap((parent) => sameColumn(context.desired, parent, column) ?? []);
  const defaultOf = (source: SchemaObject): string | null => {
    const found = context.children(context.desired, source.address, 'default')[0];
    return found === undefined ? null : textOf(found, 'expression');
  };
  const operations: Operation[] = [];
  const wanted = defaultOf(column);
  // A default that the parent has already been given when this column is made may still be the old one: then both are set.
  const steady = (source: SchemaObject): boolean =>
    defaultOf(source) === wanted &&
    (context.isNew(source.address) ||
      !context.children(context.desired, source.address, 'default').some((each) => context.isChanged(each.address)));
  if (textOf(column, 'generated') === null && !sources.every(steady)) {
    operations.push({ sql: alterColumn(column, wanted === null ? 'DROP DEFAULT' : `SET DEFAULT ${wanted}`) });
  }
  if (flagOf(column, 'not_null') && !sources.some((source) => flagOf(source, 'not_null'))) {
    operations.push({ sql: `ALTER TABLE ONLY ${tableName(column)} ${notNullAction(column)}`, dependsOnData: true });
  }
  return operations;
}

export function create(column: SchemaObject, context: OperationContext): readonly Operation[] {
  if (comesWithParent(column, context)) {
    return [...differences(column, lastingParents(context, tableOf(column)), context), ...initialSettings(column)];
  }
  const online = addDerived(column, context) ?? addOnline(column, context);
  if (online !== null) return online;
  const found = addHazards(column, context);
  const statement: Operation = {
    sql: `ALTER TABLE ${tableName(column)} ADD COLUMN ${definition(column, context)}`,
    lock: { mode: 'ACCESS EXCLUSIVE', address: tableOf(column) },
    ...(textOf(column, 'identity') === null ? {} : { requires: createBeside(column) }),
    ...(found.length > 0 ? { hazards: found } : {}),
    ...(found.some((hazard) => hazard.code === 'add-required-column' || hazard.code === 'add-column-constrained-domain')
      ? { dependsOnData: true }
      : {}),
    undo: { sql: [`ALTER TABLE ${tableName(column)} DROP COLUMN ${columnName(column)}`] },
  };
  return [
    statement,
    ...initialSettings(column).map((operation) => ({
      ...operation,
      lock: { mode: 'ACCESS EXCLUSIVE', address: tableOf(column) } as const,
    })),
  ];
}

/** Whether a parent that stays one changes the same attribute of its column, and by that this one's. */
function parentChanges(column: SchemaObject, names: readonly string[], context: OperationContext): boolean {
  return lastingParents(context, tableOf(column)).some((parent) => {
    const before = sameColumn(context.current, parent, column);
    const after = sameColumn(context.desired, parent, column);
    return before !== undefined && after !== undefined && names.some((name) => before.attributes[name] !== after.attributes[name]);
  });
}

export function alter(change: SetChange, context: OperationContext): Alteration {
  const { before, after, changed } = change;
  if (isComputed(before) && isComputed(after) && !keepsComputed(textOf(before, 'type') ?? '', textOf(after, 'type') ?? ''))
    return 'replace';
  const online = besideTheOld(change, context);
  if (online !== null && typeof online !== 'string') return online;
  const operations: Operation[] = [];
  const lock = { mode: 'ACCESS EXCLUSIVE', address: tableOf(after) } as const;
  let disturbs = false;
  if (changed.has('generated') || changed.has('expression')) {
    const way = generation(before, after, context);
    if (way === null) return 'replace';
    if (!parentChanges(after, ['generated', 'expression'], context)) operations.push(...way);
  }
  const nullable = changed.has('not_null') && !flagOf(after, 'not_null');
  const cascaded = changed.has('not_null') && notNullFromParent(after, context);
  if (nullable && !cascaded) operations.push(...dropNotNull(before, after, context));
  if (changed.has('type') || changed.has('collation')) {
    disturbs = true;
    if (!parentChanges(after, ['type', 'collation'], context)) operations.push(...settled(changeType(before, after, context, online)));
  }
  if (!changed.has('not_null')) operations.push(...alterNotNull(change, context));
  else if (!nullable && !cascaded) operations.push(...setNotNull(after, context));
  for (const setting of SETTINGS) {
    // After a change of type these have been set again already.
    const done =
      disturbs && (setting.attribute === 'storage' || setting.attribute === 'compression') && textOf(after, setting.attribute) !== null;
    if (!changed.has(setting.attribute) || done) continue;
    const back = setting.clauses(after, before).map((clause) => alterColumn(before, clause));
    for (const clause of setting.clauses(before, after)) {
      const mode = setting.light ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE';
      operations.push({ sql: alterColumn(after, clause), lock: { ...lock, mode }, undo: { sql: back } });
    }
  }
  const follows = nullable ? keysOn(before, context).filter(context.isDropped) : [];
  return { operations, follows, ...(disturbs ? { disturbs } : {}) };
}

const isComputed = (column: SchemaObject): boolean => textOf(column, 'generated') !== null;

/** Another type by way of a second column, where writing the table anew would keep everybody waiting; null: it need not be, a text: why it cannot. */
function besideTheOld(change: SetChange, context: OperationContext): Exclude<Alteration, 'replace'> | string | null {
  const { before, after } = change;
  if (!isSlowRetype(change, context)) return null;
  const expression = conversion(before, after, context);
  const type = textOf(after, 'type') ?? '';
  return retypeOnline(change, { type: typeText(after), expression, original: `(${expression})::${type}`, loses: false }, context);
}

/** Views are made again as soon as the type is right, whatever else the column still waits for. */
function settled(operations: readonly Operation[]): readonly Operation[] {
  return operations.map((operation, index) => (index === operations.length - 1 ? { ...operation, settled: true } : operation));
}

/** Primary keys of the table that hold the column NOT NULL. */
function keysOn(column: SchemaObject, context: OperationContext): readonly Address[] {
  return context
    .children(context.current, tableOf(column))
    .filter((key) => textOf(key, 'type') === 'primary' && textsOf(key, 'columns').includes(column.parts.at(-1) ?? ''))
    .map(({ address }) => address);
}

function notNullFromParent(column: SchemaObject, context: OperationContext): boolean {
  const parents = lastingParents(context, tableOf(column));
  return parents.some((parent) => {
    const source = sameColumn(context.desired, parent, column);
    if (source === undefined || !notNullCascades(source, context)) return false;
    const names = flagOf(source, 'not_null_inherit') ? ['not_null', 'not_null_inherit'] : ['not_null'];
    return parentChanges(column, names, context);
  });
}

export function rename(column: SchemaObject, to: string, context: OperationContext): readonly Operation[] {
  // PostgreSQL renames the columns of partitions and children with the parent's, and refuses it for one of theirs.
  if (lastingParents(context, tableOf(column)).some((parent) => sameColumn(context.current, parent, column) !== undefined)) return [];
  const table = `ALTER TABLE ${tableName(column)} RENAME COLUMN`;
  const name = columnName(column);
  return [
    {
      sql: `${table} ${name} TO ${quoteIdent(to)}`,
      lock: { mode: 'ACCESS EXCLUSIVE', address: tableOf(column) },
      hazards: [
        {
          code: 'rename-column',
          address: column.address,
          message: `statements of running programs that name ${tableName(column)}.${name} fail from then on`,
        },
      ],
      undo: { sql: [`${table} ${quoteIdent(to)} TO ${name}`] },
    },
  ];
}
