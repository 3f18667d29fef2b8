/** The statements that make and change a domain; another base type or collation is a new type. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import { domainConstraintText } from '../domain-constraint-text.js';
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
    const kept = keptConstraints(after, context);
    const swap = swapType(change, context, {
      word: 'DOMAIN',
      create: create(after, kept.map(domainConstraintText)),
      convert: (column, type) => `${column}::${type}`,
    });
    return swap === 'replace' ? swap : { ...swap, handles: [...(swap.handles ?? []), ...kept.map(({ address }) => address)] };
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

/**
 * Constraints that the new domain has from its birth. PostgreSQL validates none on a domain that a column holds within an array
 * [0A000 "cannot alter type … because column … uses it"], so they cannot be added once the columns have moved.
 */
function keptConstraints(domain: SchemaObject, context: OperationContext): readonly SchemaObject[] {
  return context
    .children(context.desired, domain.address, 'domain_constraint')
    .filter(
      (constraint) => flagOf(constraint, 'validated') && context.current.has(constraint.address) && !context.isChanged(constraint.address),
    );
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
