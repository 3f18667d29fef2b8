/** The statements that make and change a domain; another base type or collation is a new type. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Alteration, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteName } from '../quote.js';
import { holdersOf } from '../type-holders.js';
import { swapType } from '../type-swap.js';

export function create(object: SchemaObject, constraints: readonly string[]): readonly Operation[] {
  const name = quoteName(object.parts);
  const collation = textOf(object, 'collation');
  const value = textOf(object, 'default');
  const clauses = [
    `CREATE DOMAIN ${name} AS ${textOf(object, 'base_type')}`,
    ...(collation === null ? [] : [`COLLATE ${collation}`]),
    ...(value === null ? [] : [`DEFAULT ${value}`]),
    ...(flagOf(object, 'not_null') ? ['NOT NULL'] : []),
    ...constraints,
  ];
  return [{ sql: clauses.join(' '), undo: { sql: [`DROP DOMAIN ${name}`] } }];
}

export function alter(change: SetChange, context: OperationContext): Alteration {
  const { before, after, changed } = change;
  if (changed.has('base_type') || changed.has('collation')) {
    return swapType(change, context, {
      word: 'DOMAIN',
      // Its constraints depend on it: they are made again when the values are in place.
      create: create(after, []),
      convert: (column, type) => `${column}::${type}`,
    });
  }
  const operations: Operation[] = [];
  if (changed.has('default')) {
    const action = (object: SchemaObject): string => {
      const value = textOf(object, 'default');
      return `ALTER DOMAIN ${quoteName(object.parts)} ${value === null ? 'DROP DEFAULT' : `SET DEFAULT ${value}`}`;
    };
    operations.push({ sql: action(after), undo: { sql: [action({ ...before, parts: after.parts })] } });
  }
  if (changed.has('not_null')) operations.push(notNull(after, context));
  return { operations };
}

function notNull(object: SchemaObject, context: OperationContext): Operation {
  const set = `ALTER DOMAIN ${quoteName(object.parts)} SET NOT NULL`;
  const drop = `ALTER DOMAIN ${quoteName(object.parts)} DROP NOT NULL`;
  if (!flagOf(object, 'not_null')) return { sql: drop, undo: { sql: [set] } };
  const tables = [...new Set(holdersOf(object, context).map(({ table }) => table))];
  const first = tables[0];
  return {
    sql: set,
    dependsOnData: tables.length > 0,
    // PostgreSQL locks each table that uses the domain until the transaction ends, and reads it whole.
    ...(first === undefined ? {} : { lock: { mode: 'SHARE', address: first.address } as const }),
    hazards: tables.map((table) => ({
      code: 'domain-add-constraint',
      address: table.address,
      message: `${quoteName(table.parts)} is read whole under a lock that blocks writes`,
    })),
    undo: { sql: [drop] },
  };
}
