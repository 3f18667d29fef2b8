/** How a table becomes a partition, and what is proven before so that no row is read under a lock that keeps others out; knows nothing of the way back. */
import type { Address } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import { boundCheck, lineOf } from '../bound-check.js';
import { freeNameFor } from '../free-name.js';
import type { Hazard, Operation, OperationContext } from '../kind.js';
import { childTables, partitionParent } from '../lineage.js';
import { quoteIdent, quoteName } from '../quote.js';
import { addCheck, NOTHING_READ, type Proof, provenBy } from './check.js';
import { besideDefault } from './default-partition.js';
import { attach, detach, ownsParent } from './detach.js';

const childOf = (partition: SchemaObject): Address => partition.parent ?? '';

export function create(partition: SchemaObject, context: OperationContext): readonly Operation[] {
  const isEmpty = context.isNew(childOf(partition));
  const parent = partitionParent(context.desired, childOf(partition));
  const others = parent === null || context.isNew(parent);
  const own: Proof = isEmpty ? NOTHING_READ : provenBound(partition, context);
  const beside: Proof = others ? NOTHING_READ : besideDefault(partition, context);
  const messages = [own.hazard, beside.hazard].flatMap((message) => message ?? []);
  const hazard: Hazard = {
    code: 'attach-partition',
    address: partition.address,
    message: messages.join('; '),
    // The DEFAULT partition has rows that are there already.
    ...(beside.hazard === null ? {} : { evenNew: true }),
  };
  return [
    ...missingChecks(partition, context),
    ...own.before,
    ...beside.before,
    {
      sql: attach(partition),
      requires: ownsParent(partition),
      lock: { mode: 'ACCESS EXCLUSIVE', address: childOf(partition) },
      ...(isEmpty && others ? {} : { dependsOnData: true }),
      ...(messages.length === 0 ? {} : { hazards: [hazard] }),
      undo: { sql: [detach(partition)] },
    },
    ...beside.after,
    ...own.after,
  ];
}

/** A check of the bound, valid before ATTACH asks for it, and gone after. */
function provenBound(partition: SchemaObject, context: OperationContext): Proof {
  const read = `the rows of ${quoteName(partition.parts)} are read while nobody can read or write them`;
  if (!context.online) return { ...NOTHING_READ, hazard: read };
  const check = isLeftByOthers(partition, context)
    ? { obstacle: 'another partition goes later, and until then its bound counts' }
    : boundCheck(partition, context.desired);
  if (check.obstacle !== undefined) return { ...NOTHING_READ, hazard: `there is no online way: ${read}, because ${check.obstacle}` };
  if (check.expression === null) return NOTHING_READ;
  const states = [context.current, context.desired];
  const name = quoteIdent(freeNameFor(partition.parts.at(-1) ?? '', '_bound', partition.parts[0] ?? '', states));
  return provenBy({ table: childOf(partition), name: quoteName(partition.parts) }, name, check.expression, context);
}

/** What a DEFAULT partition must not hold is what the others may hold at that moment, and one that is dropped is there until the contract phase. */
function isLeftByOthers(partition: SchemaObject, context: OperationContext): boolean {
  const defaults = lineOf(partition, context.desired).filter((each) => textOf(each, 'bound') === 'DEFAULT');
  return defaults.some((each) => {
    const parent = partitionParent(context.desired, childOf(each));
    const tables = parent === null ? [] : childTables(context.current, parent);
    const partitions = tables.flatMap((table) => context.children(context.current, table, partition.kind));
    return partitions.some(({ address }) => context.isDropped(address) && !context.isNew(address));
  });
}

/** ATTACH wants every check of the parents on the child; those that a partition only inherits are no objects of their own. */
function missingChecks(partition: SchemaObject, context: OperationContext): readonly Operation[] {
  const child = childOf(partition);
  const names = (state: State): readonly string[] => context.children(state, child, 'constraint').map((each) => each.parts.at(-1) ?? '');
  const present = new Set([...names(context.desired), ...names(context.current)]);
  const operations: Operation[] = [];
  for (let at = partitionParent(context.desired, child); at !== null; at = partitionParent(context.desired, at)) {
    for (const check of context.children(context.desired, at, 'constraint')) {
      const name = check.parts.at(-1) ?? '';
      if (textOf(check, 'type') !== 'check' || flagOf(check, 'no_inherit') || present.has(name)) continue;
      present.add(name);
      const table = { table: child, name: quoteName(partition.parts) };
      operations.push(...addCheck(table, quoteIdent(name), textOf(check, 'expression') ?? '', context));
    }
  }
  return operations;
}
