/** ALTER COLUMN TYPE with what stands in its way: the default, and the storage that the server resets. */
import type { SchemaObject, State } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Hazard, Operation, OperationContext } from '../kind.js';
import { lastingDescendants, sameColumn } from '../lineage.js';
import { alterColumn, columnName, SETTINGS, tableName, tableOf, typeText } from './definition.js';
import { effectOf, needsUsing, type TypeEffect } from './type-change.js';

/** The domains that a column's type is and is made of, outermost first; none for an array of a domain, whose values are no domain's. */
export function domainsOf(state: State, column: SchemaObject): readonly SchemaObject[] {
  const found: SchemaObject[] = [];
  let on = parseArray(column) ? [] : column.dependsOn;
  for (;;) {
    const address = on.find((each) => each.startsWith('domain:'));
    const domain = address === undefined ? undefined : state.get(address);
    if (domain === undefined || found.includes(domain)) return found;
    found.push(domain);
    on = domain.dependsOn;
  }
}

const parseArray = (column: SchemaObject): boolean => (textOf(column, 'type') ?? '').endsWith('[]');

/** Whether a value has to be tested to be put into the column. */
export function isConstrained(state: State, column: SchemaObject, context: OperationContext): boolean {
  return domainsOf(state, column).some(
    (domain) => flagOf(domain, 'not_null') || context.children(state, domain.address, 'domain_constraint').length > 0,
  );
}

/** The type itself, or what a domain is made of in the end. */
function plainType(state: State, column: SchemaObject): string {
  const innermost = domainsOf(state, column).at(-1);
  return (innermost === undefined ? null : textOf(innermost, 'base_type')) ?? textOf(column, 'type') ?? '';
}

function effect(before: SchemaObject, after: SchemaObject, context: OperationContext): TypeEffect {
  const found = effectOf(plainType(context.current, before), plainType(context.desired, after));
  const checks = textOf(before, 'type') !== textOf(after, 'type') && isConstrained(context.desired, after, context);
  return checks ? { ...found, rewrites: true, mayFail: true } : found;
}

/** The USING clause that the server needs; `states` are the ones that `before` and `after` are in. */
function usingText(before: SchemaObject, after: SchemaObject, states: readonly [State, State]): string {
  const type = textOf(after, 'type') ?? '';
  // Refused where the value is computed.
  if (textOf(before, 'generated') !== null && textOf(after, 'generated') !== null) return '';
  if (textOf(before, 'type') === type || !needsUsing(plainType(states[0], before), plainType(states[1], after))) return '';
  // No cast leads from one such type to another; all have one to and from text.
  const isOwn = (column: SchemaObject): boolean => column.dependsOn.some((address) => /^(?:enum|composite|range):/.test(address));
  const array = parseArray(after) ? '[]' : '';
  return ` USING ${columnName(after)}${isOwn(before) && isOwn(after) ? `::text${array}` : ''}::${type}`;
}

/** Whether the server would write the table, or indexes on the column, anew while nobody can use it. */
export function writesAnew(before: SchemaObject, after: SchemaObject, context: OperationContext): boolean {
  const found = effect(before, after, context);
  return found.rewrites || found.zoned || textOf(before, 'collation') !== textOf(after, 'collation');
}

/** The new value as an expression over the old one: what the user says, else as USING or the server would have it. */
export function conversion(before: SchemaObject, after: SchemaObject, context: OperationContext): string {
  const hint = context.hint(after.address, 'using');
  if (hint !== null) return hint;
  const using = usingText(before, after, [context.current, context.desired]);
  return using === '' ? columnName(before) : using.slice(' USING '.length);
}

function hazards(before: SchemaObject, after: SchemaObject, context: OperationContext, found: TypeEffect): readonly Hazard[] {
  const [name, address] = [`${tableName(after)}.${columnName(after)}`, after.address];
  const list: Hazard[] = [];
  const change = `from ${textOf(before, 'type')} to ${textOf(after, 'type')}`;
  if (found.rewrites) {
    list.push({
      code: 'change-type-rewrite',
      address,
      message: `changing ${name} ${change} writes the whole table anew while nobody can read or write it`,
    });
  }
  if (found.zoned)
    list.push({
      code: 'change-type-timezone-dependent',
      address,
      message: `changing ${name} ${change} reads its values as UTC and builds its indexes anew`,
    });
  if (textOf(before, 'collation') !== textOf(after, 'collation')) {
    list.push({
      code: 'change-type-collation',
      address,
      message: `another collation of ${name} builds its indexes anew while nobody can read or write the table`,
    });
  }
  if (found.loses) {
    list.push({
      code: 'change-type-lossy',
      address,
      message: `changing ${name} ${change} gives up part of its values without an error`,
      destructive: true,
    });
  } else if (found.mayFail) {
    list.push({ code: 'change-type-lossy', address, message: `changing ${name} ${change} fails on values that do not fit` });
  }
  return context.isNew(tableOf(after)) ? [] : list;
}

const withObstacle = (hazard: Hazard, obstacle: string | null): Hazard =>
  obstacle === null || hazard.code === 'change-type-lossy'
    ? hazard
    : { ...hazard, message: `${hazard.message}; a second column cannot take its place, because ${obstacle}` };

/**
 * `obstacle`: why there is no other way for a large table. A default is taken off first and, where nothing else will set it, put on again: the old one may have no
 * cast to the new type.
 */
export function changeType(
  before: SchemaObject,
  after: SchemaObject,
  context: OperationContext,
  obstacle: string | null,
): readonly Operation[] {
  const found = effect(before, after, context);
  const hint = context.hint(after.address, 'using');
  const using = hint === null ? usingText(before, after, [context.current, context.desired]) : ` USING ${hint}`;
  const clause = `TYPE ${typeText(after)}${using}`;
  const family = [
    after,
    ...lastingDescendants(context, tableOf(after)).flatMap((table) => sameColumn(context.desired, table, after) ?? []),
  ];
  const previous = family.map((column) => defaultOf(context, context.current, column));
  const next = family.map((column) => defaultOf(context, context.desired, column));
  const kept = family.map((_column, index) =>
    previous[index] === undefined || changes(context, next[index]) ? null : (next[index] ?? null),
  );
  const operations: Operation[] = [];
  const reverse = usingText(after, before, [context.desired, context.current]);
  const back = `ALTER TABLE ${tableName(before)} ALTER COLUMN ${columnName(before)} TYPE ${typeText(before)}${reverse}`;
  const facts = {
    lock: { mode: 'ACCESS EXCLUSIVE', address: tableOf(after) } as const,
    hazards: hazards(before, after, context, found).map((hazard) => withObstacle(hazard, obstacle)),
    ...(found.mayFail ? { dependsOnData: true } : {}),
    undo: found.loses || hint !== null ? { reason: 'the old values are gone' } : { sql: [back] },
  };
  const alone = family.length === 1;
  const name = columnName(after);
  if (alone) {
    const actions = [`ALTER COLUMN ${name} ${clause}`];
    if (previous[0] !== undefined) actions.unshift(`ALTER COLUMN ${name} DROP DEFAULT`);
    if (kept[0]) actions.push(`ALTER COLUMN ${name} SET DEFAULT ${textOf(kept[0], 'expression')}`);
    operations.push({ sql: `ALTER TABLE ${tableName(after)} ${actions.join(', ')}`, ...facts });
  } else {
    for (const [index, column] of family.entries())
      if (previous[index] !== undefined) operations.push(lockedOperation(column, alterColumn(column, 'DROP DEFAULT')));
    operations.push({ sql: `ALTER TABLE ${tableName(after)} ALTER COLUMN ${name} ${clause}`, ...facts });
    for (const [index, column] of family.entries()) {
      const value = kept[index];
      if (value) operations.push(lockedOperation(column, alterColumn(column, `SET DEFAULT ${textOf(value, 'expression')}`)));
    }
  }
  return [...operations, ...family.flatMap(restoredSettings)];
}

const lockedOperation = (column: SchemaObject, sql: string): Operation => ({
  sql,
  lock: { mode: 'ACCESS EXCLUSIVE', address: tableOf(column) },
});

function defaultOf(context: OperationContext, state: State, column: SchemaObject): SchemaObject | undefined {
  return context.children(state, column.address, 'default')[0];
}

const changes = (context: OperationContext, object: SchemaObject | undefined): boolean =>
  object !== undefined && context.isChanged(object.address);

/** ALTER TYPE sets storage and compression back to the new type's defaults [run]. */
function restoredSettings(column: SchemaObject): readonly Operation[] {
  return SETTINGS.filter(({ attribute }) => attribute === 'storage' || attribute === 'compression').flatMap((setting) =>
    textOf(column, setting.attribute) === null
      ? []
      : setting.clauses(null, column).map((clause) => lockedOperation(column, alterColumn(column, clause))),
  );
}
