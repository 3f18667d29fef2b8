/**
 * A partition has a copy of each foreign key of its partitioned table, which is no object of its own: what becomes of it when the table is
 * detached or attached. Runs nothing.
 */
import type { Address } from '../../core/address.js';
import { canonicalJson } from '../../core/json.js';
import type { SchemaObject, State } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { OperationContext } from '../kind.js';
import { partitionParent } from '../lineage.js';

const MEANING = [
  'columns',
  'references',
  'references_columns',
  'match',
  'on_update',
  'on_delete',
  'on_delete_columns',
  'deferrable',
  'initially_deferred',
  'validated',
  'enforced',
] as const;

export interface CopyLeft {
  readonly copy: SchemaObject;
  /** As what is wanted. */
  readonly isSame: boolean;
}

/** DETACH leaves the copy to the table, under the name that it had. Null: it leaves none of that name. */
export function copyLeft(object: SchemaObject, context: OperationContext): CopyLeft | null {
  const { current, desired } = context;
  const table = object.parent ?? '';
  const was = partitionParent(current, table);
  if (textOf(object, 'type') !== 'foreign' || was === null || was === partitionParent(desired, table)) return null;
  const copied = ofParent(object, was, current, context).find((each) => each.parts.at(-1) === object.parts.at(-1));
  const isGoneBefore = copied !== undefined && context.isDropped(copied.address) && desired.has(was);
  if (copied === undefined || isGoneBefore) return null;
  const { address, parts, parent } = object;
  const copy: SchemaObject = { ...copied, address, parts, parent, attributes: { ...copied.attributes, relation: 'table' } };
  return { copy, isSame: meansTheSame(object, copied) };
}

/** The edge to the partitioned table that is cut before the table's own foreign key can have the name of a copy. */
export function detachedBefore(
  object: SchemaObject,
  { current, desired }: Pick<OperationContext, 'current' | 'desired'>,
): readonly Address[] {
  const table = object.parent ?? '';
  const was = partitionParent(current, table);
  return was === null || was === partitionParent(desired, table) ? [] : [table.replace(/^table:/, 'partition:')];
}

/** ATTACH takes a foreign key that says the same as the partitioned table's for the copy. */
export function becomesCopy(object: SchemaObject, context: OperationContext): boolean {
  const table = object.parent ?? '';
  const becomes = partitionParent(context.desired, table);
  if (textOf(object, 'type') !== 'foreign' || becomes === null || becomes === partitionParent(context.current, table)) return false;
  return ofParent(object, becomes, context.desired, context).some((each) => meansTheSame(object, each));
}

function ofParent(object: SchemaObject, parent: string, state: State, context: OperationContext): readonly SchemaObject[] {
  return context.children(state, parent, object.kind).filter((each) => textOf(each, 'type') === 'foreign');
}

function meansTheSame(a: SchemaObject, b: SchemaObject): boolean {
  return MEANING.every((name) => canonicalJson(a.attributes[name] ?? null) === canonicalJson(b.attributes[name] ?? null));
}
