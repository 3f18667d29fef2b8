/**
 * Statements that make and change a collation. PostgreSQL can only rename one, so another definition takes the old one's name and the
 * columns that use it move over.
 */
import type { Address } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Alteration, Operation, OperationContext, SetChange } from '../kind.js';
import { lastingParents } from '../lineage.js';
import { quoteIdent, quoteLiteral, quoteName } from '../quote.js';

export function createSql(object: SchemaObject): string {
  const [locale, collate, ctype, rules] = (['locale', 'lc_collate', 'lc_ctype', 'rules'] as const).map((name) => textOf(object, name));
  const given = (name: string, value: string | null | undefined): readonly string[] =>
    value === null || value === undefined ? [] : [`${name} = ${quoteLiteral(value)}`];
  const options = [
    `provider = ${textOf(object, 'provider') ?? 'libc'}`,
    ...(flagOf(object, 'deterministic') ? [] : ['deterministic = false']),
    ...given('locale', locale),
    ...(collate === ctype ? given('locale', collate) : [...given('lc_collate', collate), ...given('lc_ctype', ctype)]),
    ...given('rules', rules),
  ];
  return `CREATE COLLATION ${quoteName(object.parts)} (${options.join(', ')})`;
}

export function create(object: SchemaObject): readonly Operation[] {
  return [{ sql: createSql(object), undo: { sql: [`DROP COLLATION ${quoteName(object.parts)}`] } }];
}

const UNDO = { reason: 'part of a change of the collation; change it back with a plan of its own' };

interface Holder {
  readonly object: SchemaObject;
  readonly table: Address;
}

/**
 * The columns that sort by it and that the plan keeps, known by their shape: they have a data type, name this collation and live in
 * something else.
 */
function holdersOf(collation: SchemaObject, context: OperationContext): readonly Holder[] {
  const name = quoteName(collation.parts);
  return [...context.current.values()].flatMap((object) => {
    if (!object.dependsOn.includes(collation.address) || textOf(object, 'collation') !== name || textOf(object, 'type') === null) return [];
    return object.parent === null || context.isDropped(object.address) ? [] : [{ object, table: object.parent }];
  });
}

/** Types built on it (a domain, a range, a composite) would have to be replaced, with the columns that they are in. */
function hasTypesOnTop(collation: SchemaObject, state: State): boolean {
  return [...state.values()].some(
    ({ dependsOn, attributes }) =>
      dependsOn.includes(collation.address) && ('base_type' in attributes || 'subtype' in attributes || 'fields' in attributes),
  );
}

export function alter({ before, after }: SetChange, context: OperationContext): Alteration {
  const holders = holdersOf(before, context);
  if (holders.length === 0 || hasTypesOnTop(before, context.current)) return 'replace';
  const name = quoteName(before.parts);
  const aside = asideName(before, context);
  const inherited = ({ object, table }: Holder): boolean =>
    lastingParents(context, table).some((parent) =>
      holders.some((other) => other.table === parent && other.object.parts.at(-1) === object.parts.at(-1)),
    );
  const tables = new Map<Address, string[]>();
  for (const holder of holders) {
    // What happens to a parent's column happens to the columns below it.
    if (inherited(holder)) continue;
    const column = quoteIdent(holder.object.parts.at(-1) ?? '');
    const action = `ALTER COLUMN ${column} TYPE ${textOf(holder.object, 'type') ?? ''} COLLATE ${name}`;
    tables.set(holder.table, [...(tables.get(holder.table) ?? []), action]);
  }
  return {
    operations: [
      { sql: `ALTER COLLATION ${name} RENAME TO ${quoteIdent(aside)}`, undo: UNDO },
      { sql: createSql(after), undo: UNDO },
      ...[...tables].map(([table, actions]) => move(table, actions, context)),
      { sql: `DROP COLLATION ${quoteName([...before.parts.slice(0, -1), aside])}`, undo: UNDO },
    ],
    // What else names it (indexes, checks, views) the planner drops before and makes again after.
    disturbs: true,
    handles: holders.map(({ object }) => object.address),
  };
}

/** All columns of a table in one statement. */
function move(table: Address, actions: readonly string[], context: OperationContext): Operation {
  const name = quoteName(context.current.get(table)?.parts ?? []);
  const message = `another collation of columns of ${name} builds their indexes anew while nobody can read or write the table`;
  return {
    sql: `ALTER TABLE ${name} ${actions.join(', ')}`,
    lock: { mode: 'ACCESS EXCLUSIVE', address: table },
    hazards: [{ code: 'change-type-collation', address: table, message }],
    // What differs by the old rules may be equal by the new ones.
    dependsOnData: true,
    undo: UNDO,
  };
}

/** "<name>__old", or with a number where that is taken. */
function asideName(collation: SchemaObject, context: OperationContext): string {
  const taken = new Set<string>();
  for (const state of [context.current, context.desired]) {
    for (const { parts, kind } of state.values()) if (kind === collation.kind && parts[0] === collation.parts[0]) taken.add(parts[1] ?? '');
  }
  // PostgreSQL cuts off after 63 bytes; cut whole characters before.
  let stem = collation.parts.at(-1) ?? '';
  while (Buffer.byteLength(stem) > 50) stem = [...stem].slice(0, -1).join('');
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? `${stem}__old` : `${stem}__old${n}`;
    if (!taken.has(name)) return name;
  }
}
