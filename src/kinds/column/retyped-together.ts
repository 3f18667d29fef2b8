/** Which columns get another type by way of a second column, and which of one index do so in the same plan. Writes no statement. */
import type { Address } from '../../core/address.js';
import { sameJson } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { OperationContext, SetChange } from '../kind.js';
import { writesAnew } from './change-type.js';
import { tableOf } from './definition.js';
import { besides, obstacle } from './retype-obstacles.js';

/** Whether another type in place would keep everybody waiting. */
export function isSlowRetype({ before, after, changed }: SetChange, context: OperationContext): boolean {
  if (!changed.has('type') && !changed.has('collation')) return false;
  if (context.isNew(tableOf(after)) || [tableOf(after), ...referringTables(before, context)].every(context.isShortRewrite)) return false;
  return writesAnew(before, after, context);
}

/** A foreign key is checked row by row when a column that it refers to is written anew: then the size of its own table counts too. */
function referringTables(column: SchemaObject, context: OperationContext): readonly Address[] {
  return [...context.current.values()]
    .filter((each) => textOf(each, 'type') === 'foreign' && each.dependsOn.includes(column.address))
    .flatMap(({ parent }) => parent ?? []);
}

/** The other columns under the same index (or key) that get a second column too; `together` are some that are known to. */
export function retypedWith(
  column: SchemaObject,
  index: SchemaObject,
  together: readonly Address[],
  context: OperationContext,
): readonly SchemaObject[] {
  return context
    .children(context.current, tableOf(column), column.kind)
    .filter(({ address }) => address !== column.address && index.dependsOn.includes(address))
    .filter((before) => {
      if (together.includes(before.address)) return true;
      if (!context.isChanged(before.address)) return false;
      const after = context.desired.get(before.address);
      const table = context.current.get(tableOf(before));
      if (after === undefined || table === undefined) return false;
      const change: SetChange = { before, after, changed: differing(before, after) };
      return isSlowRetype(change, context) && obstacle(change, table, context) === null && typeof besides(before, context) !== 'string';
    });
}

function differing(before: SchemaObject, after: SchemaObject): ReadonlySet<string> {
  const names = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  return new Set([...names].filter((name) => !sameJson(before.attributes[name] ?? null, after.attributes[name] ?? null)));
}
