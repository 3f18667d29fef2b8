/** Whether a trigger fires, on its table and on single partitions of it; knows nothing of what it does. */
import { formatAddress } from '../../core/address.js';
import type { Json } from '../../core/json.js';
import type { SchemaObject } from '../../core/object.js';
import { recordOf, textOf } from '../attribute-values.js';
import type { Operation, OperationContext } from '../kind.js';
import { namePartsOf } from '../qualified-name.js';
import { enableSql } from './sql.js';

/** As CREATE TRIGGER leaves it, on partitions too. */
const ENABLED = 'origin';

const stateOf = (object: SchemaObject): string => textOf(object, 'enabled') ?? ENABLED;

/** From the state that CREATE TRIGGER leaves. */
export function statesOfNew(object: SchemaObject, context: OperationContext): readonly Operation[] {
  return [...(stateOf(object) === ENABLED ? [] : [enable(object, ENABLED)]), ...onPartitions({}, object, context)];
}

/** ALTER TABLE … DISABLE TRIGGER takes the partitions along, so that those which differ are then set once more. */
export function changeStates(before: SchemaObject, after: SchemaObject, context: OperationContext): readonly Operation[] {
  const [from, to] = [stateOf(before), stateOf(after)];
  return from === to
    ? onPartitions(recordOf(before, 'partitions'), after, context)
    : [enable(after, from), ...onPartitions({}, after, context)];
}

/** What brings back the states of before, once the trigger is as CREATE TRIGGER leaves it. */
export function statesSql(object: SchemaObject): readonly string[] {
  const others = Object.entries(recordOf(object, 'partitions')).map(([partition, state]) => enableSql(object, String(state), partition));
  return [...(stateOf(object) === ENABLED ? [] : [enableSql(object, stateOf(object))]), ...others];
}

function enable(object: SchemaObject, before: string): Operation {
  return {
    sql: enableSql(object, stateOf(object)),
    lock: { mode: 'SHARE ROW EXCLUSIVE', address: object.parent ?? object.address },
    undo: { sql: [enableSql(object, before)] },
  };
}

function onPartitions(found: { readonly [name: string]: Json }, after: SchemaObject, context: OperationContext): readonly Operation[] {
  const wanted = recordOf(after, 'partitions');
  const usual = stateOf(after);
  return [...new Set([...Object.keys(found), ...Object.keys(wanted)])].sort().flatMap((name) => {
    const [old, state] = [String(found[name] ?? usual), String(wanted[name] ?? usual)];
    const partition = context.desired.get(formatAddress('table', namePartsOf(name)));
    // A partition that is gone, or a foreign table's, is not locked by name.
    if (old === state || (partition === undefined && wanted[name] === undefined)) return [];
    return [
      {
        sql: enableSql(after, state, name),
        lock: { mode: 'SHARE ROW EXCLUSIVE' as const, address: partition?.address ?? after.parent ?? after.address },
        undo: { sql: [enableSql(after, old, name)] },
      },
    ];
  });
}
