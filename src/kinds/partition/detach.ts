/** How a partition is taken off: at once, or in the background where PostgreSQL can; knows nothing of how one is attached. */
import { type Address, formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import type { PlanRequirement } from '../../core/plan.js';
import { flagOf, textOf } from '../attribute-values.js';
import { columnCheck, keyColumn, lineOf } from '../bound-check.js';
import { chosenName } from '../default-name.js';
import type { Operation, OperationContext } from '../kind.js';
import { childTables, partitionParent } from '../lineage.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteIdent, quoteName } from '../quote.js';

export function attach(partition: SchemaObject): string {
  return `ALTER TABLE ONLY ${textOf(partition, 'parent')} ATTACH PARTITION ${quoteName(partition.parts)} ${textOf(partition, 'bound')}`;
}

export function detach(partition: SchemaObject): string {
  return `ALTER TABLE ${textOf(partition, 'parent')} DETACH PARTITION ${quoteName(partition.parts)}`;
}

/** Of the child too, as of anything that is altered. */
export function ownsParent(partition: SchemaObject): readonly PlanRequirement[] {
  return [{ privilege: 'OWNER', on: formatAddress('table', namePartsOf(textOf(partition, 'parent') ?? '')) }];
}

export function drop(partition: SchemaObject, context: OperationContext): readonly Operation[] {
  const lost = `rows of ${quoteName(partition.parts)} are no longer found in ${textOf(partition, 'parent')}`;
  const common = { requires: ownsParent(partition) };
  const hazard = (message: string) => [{ code: 'detach-partition', address: partition.address, message }];
  const check = flagOf(partition, 'detach_pending') ? null : checkLeft(partition, context);
  if (check === null) {
    return [
      {
        ...common,
        sql: flagOf(partition, 'detach_pending') ? `${detach(partition)} FINALIZE` : detach(partition),
        lock: { mode: 'ACCESS EXCLUSIVE', address: partition.parent ?? '' },
        hazards: hazard(`${lost}, which nobody can read or write meanwhile`),
        undo: { sql: [attach(partition)] },
      },
    ];
  }
  const table = `ALTER TABLE ${quoteName(partition.parts)}`;
  const remove = `${table} DROP CONSTRAINT ${check.name}`;
  return [
    {
      ...common,
      sql: `${detach(partition)} CONCURRENTLY`,
      mode: 'none',
      lock: { mode: 'SHARE UPDATE EXCLUSIVE', address: check.parent },
      hazards: hazard(lost),
      undo: { sql: [attach(partition), remove] },
      recover: [`${detach(partition)} FINALIZE`],
    },
    {
      sql: remove,
      lock: { mode: 'ACCESS EXCLUSIVE', address: partition.parent ?? '' },
      undo: { sql: [`${table} ADD CONSTRAINT ${check.name} CHECK (${check.expression})`] },
    },
  ];
}

interface CheckLeft {
  readonly parent: Address;
  /** Quoted. */
  readonly name: string;
  readonly expression: string;
}

/**
 * DETACH … CONCURRENTLY (14) leaves the bound as a check on the table, under a name that PostgreSQL chooses, unless a check there says as much.
 * Null: it cannot be used (a DEFAULT partition; a table that is to be a partition again at once, whose rows must not be missed meanwhile), is of
 * no use, or what it would leave is not known.
 */
function checkLeft(partition: SchemaObject, context: OperationContext): CheckLeft | null {
  const { current, desired } = context;
  const child = partition.parent ?? '';
  const parent = partitionParent(current, child);
  if (!context.online || parent === null || !desired.has(parent) || !desired.has(child) || desired.has(partition.address)) return null;
  const isDefault = (each: SchemaObject): boolean => textOf(each, 'bound') === 'DEFAULT';
  const expression = lineOf(partition, current).some(isDefault) ? null : columnCheck(partition, current);
  const column = keyColumn(partition, current);
  const states = [current, desired];
  const siblings = states.flatMap((state) => childTables(state, parent).flatMap((table) => context.children(state, table, partition.kind)));
  if (expression === null || column === null || siblings.some(isDefault)) return null;
  const name = chosenName(partition.parts.at(-1) ?? '', column, 'check');
  const constraints = [child, parent].flatMap((table) => context.children(current, table, 'constraint'));
  const isOpen = constraints.some((each) => textOf(each, 'type') === 'check' || each.parts.at(-1) === name);
  return isOpen ? null : { parent, name: quoteIdent(name), expression };
}
