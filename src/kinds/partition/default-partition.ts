/** What becomes of the DEFAULT partition where another one is attached beside it: it must hold no row of the new one. */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import { ownCheck } from '../bound-check.js';
import { freeNameFor } from '../free-name.js';
import type { OperationContext } from '../kind.js';
import { childTables, partitionParent } from '../lineage.js';
import { quoteIdent, quoteName } from '../quote.js';
import { NOTHING_READ, type Proof, provenBy } from './check.js';

/** A large one gets a check that it holds none: then ATTACH does not read it, and it keeps such rows out until then. */
export function besideDefault(partition: SchemaObject, context: OperationContext): Proof {
  const there = presentDefault(partition, context);
  if (there === undefined) return NOTHING_READ;
  const parent = textOf(partition, 'parent');
  const table = there.parent ?? '';
  const name = quoteName(there.parts);
  const read = `the rows of ${name}, the DEFAULT partition of ${parent}, are read while nobody can read or write them`;
  if (context.isShortRewrite(table)) return { ...NOTHING_READ, hazard: read };
  const check = context.isDropped(there.address) ? { obstacle: 'it is taken off in the same plan' } : ownCheck(partition, context.desired);
  if (check.obstacle !== undefined) return { ...NOTHING_READ, hazard: `there is no online way: ${read}, because ${check.obstacle}` };
  if (check.expression === null) return NOTHING_READ;
  const states = [context.current, context.desired];
  // One for each that is attached beside it: what is named after the table would be named alike.
  const [schema, ...last] = partition.parts;
  const base = schema === there.parts[0] ? last.join() : partition.parts.join('_');
  const constraint = quoteIdent(freeNameFor(base, '_apart', there.parts[0] ?? '', states));
  return {
    ...provenBy({ table, name }, constraint, `NOT (${check.expression})`, context),
    hazard: `rows of ${quoteName(partition.parts)} that come before it is attached are refused by ${name}, the DEFAULT partition of ${parent}`,
  };
}

function presentDefault(partition: SchemaObject, context: OperationContext): SchemaObject | undefined {
  const parent = partitionParent(context.desired, partition.parent ?? '');
  const tables = parent === null ? [] : childTables(context.current, parent);
  const partitions = tables.flatMap((table) => context.children(context.current, table, partition.kind));
  return partitions.find((each) => textOf(each, 'bound') === 'DEFAULT' && each.parent !== partition.parent);
}
