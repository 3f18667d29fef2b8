/** Whether an index, or a constraint's, is to belong to one of a partitioned table; knows neither but by name. */
import { formatAddress } from '../core/address.js';
import type { SchemaObject } from '../core/object.js';
import type { Operation, OperationContext } from './kind.js';

/**
 * Made in a step of its own then: once attached it is dropped with the other one, and statements that undo what it was made together
 * with would not find it.
 */
export function ownStepBelow(object: SchemaObject, context: OperationContext): Pick<Operation, 'mode'> {
  const [schema = '', , name = ''] = object.parts;
  return context.online && context.desired.has(formatAddress('index_attachment', [schema, name])) ? { mode: 'own' } : {};
}
