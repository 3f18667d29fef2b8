/**
 * Foreign keys of partitioned tables where the server refuses them NOT VALID (before 18): added and validated partition by partition, and
 * taken over by the one of the parent, which then reads no rows. Knows nothing of the order among other objects.
 */
import { type Address, formatAddress } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import { freeName } from '../free-name.js';
import type { OperationContext } from '../kind.js';
import { childTables } from '../lineage.js';
import { nameOfConstraint } from './sql.js';

/**
 * The same foreign key on every table below that holds rows, under a name that is free there. Null where one of them is foreign, which has
 * no foreign keys, or where it is about to come or go: then what is read is not known.
 */
export function foreignKeysOfPartitions(object: SchemaObject, context: OperationContext): readonly SchemaObject[] | null {
  const tables = leaves(object.parent ?? '', context);
  return tables === null ? null : tables.map((table) => onTable(object, table, context));
}

function leaves(parent: Address, context: OperationContext): readonly SchemaObject[] | null {
  const found: SchemaObject[] = [];
  for (const address of childTables(context.current, parent)) {
    const table = context.current.get(address);
    if (table === undefined || !context.desired.has(address) || context.isNew(address)) return null;
    if (textOf(table, 'partition_key') === null) {
      found.push(table);
      continue;
    }
    const below = leaves(address, context);
    if (below === null) return null;
    found.push(...below);
  }
  return found;
}

function onTable(object: SchemaObject, table: SchemaObject, context: OperationContext): SchemaObject {
  const states = [context.current, context.desired];
  const named = (name: string): SchemaObject => {
    const parts = [...table.parts, name];
    const attributes = { ...object.attributes, relation: 'table' };
    return { ...object, parts, address: formatAddress(object.kind, parts), parent: table.address, attributes };
  };
  const same = named(nameOfConstraint(object));
  return states.some((state) => state.has(same.address)) ? named(freeName(same, states)) : same;
}
