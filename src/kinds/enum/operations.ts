/** The statements that make and change an enum: values are added and renamed in place, anything else is a new type. */
import type { SchemaObject } from '../../core/object.js';
import { textsOf } from '../attribute-values.js';
import type { Alteration, Hazard, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteLiteral, quoteName } from '../quote.js';
import { renamedMembers } from '../renamed-members.js';
import { type BesideOptions, typeBeside } from '../type-beside.js';
import { swapType } from '../type-swap.js';

export function create(object: SchemaObject): readonly Operation[] {
  const name = quoteName(object.parts);
  return [
    {
      sql: `CREATE TYPE ${name} AS ENUM (${textsOf(object, 'labels').map(quoteLiteral).join(', ')})`,
      undo: { sql: [`DROP TYPE ${name}`] },
    },
  ];
}

export function alter(change: SetChange, context: OperationContext): Alteration {
  const { before, after } = change;
  const wanted = textsOf(after, 'labels');
  const renames = renameOperations(after, textsOf(before, 'labels'), context);
  if (isSubsequence(renames.labels, wanted)) {
    return { operations: [...renames.operations, ...addOperations(after, renames.labels, wanted)] };
  }
  const removed = renames.labels.filter((label) => !wanted.includes(label));
  const beside = renames.operations.length > 0 ? null : typeBeside(change, context, besideOptions(after, removed));
  if (beside !== null) return beside;
  const swap = swapType(change, context, {
    word: 'TYPE',
    create: create(after),
    convert: (column, type) => {
      const text = `${column}::${type.endsWith('[]') ? 'text[]' : 'text'}`;
      return `${text}::${type}`;
    },
    hazards: removalHazards(after, removed),
  });
  // The renames must come first: the text of a renamed value is no label of the new type.
  return swap === 'replace' ? swap : { ...swap, operations: [...renames.operations, ...swap.operations] };
}

/** By their texts; a label that goes has no place, so it is null until the contract phase finds it. */
function besideOptions(after: SchemaObject, removed: readonly string[]): BesideOptions {
  const kept = `ARRAY[${textsOf(after, 'labels').map(quoteLiteral).join(', ')}]::text[]`;
  return {
    create,
    convert: (column, type) => {
      const isArray = type.endsWith('[]');
      const text = `${column}::text${isArray ? '[]' : ''}`;
      const value = `${text}::${type}`;
      const expression =
        removed.length === 0 ? value : `CASE WHEN ${isArray ? `${text} <@ ${kept}` : `${text} = ANY (${kept})`} THEN ${value} END`;
      return { expression, original: column };
    },
    loses: removed.length > 0,
    hazards: removalHazards(after, removed),
  };
}

/** A hint says which labels are the same under another name: `renamed_values: new -> brand_new`. */
function renameOperations(
  object: SchemaObject,
  labels: readonly string[],
  context: OperationContext,
): { readonly labels: readonly string[]; readonly operations: readonly Operation[] } {
  const hint = context.hint(object.address, 'renamed_values');
  const name = quoteName(object.parts);
  const operations: Operation[] = [];
  let current = labels;
  for (const [to, from] of hint === null ? [] : (renamedMembers(hint) ?? [])) {
    if (!current.includes(from) || current.includes(to)) continue;
    current = current.map((label) => (label === from ? to : label));
    operations.push({
      sql: `ALTER TYPE ${name} RENAME VALUE ${quoteLiteral(from)} TO ${quoteLiteral(to)}`,
      hazards: [
        {
          code: 'rename-enum-value',
          address: object.address,
          message: `${quoteLiteral(from)} of ${name} becomes ${quoteLiteral(to)}: queries that write or compare with the old label fail`,
        },
      ],
      undo: { sql: [`ALTER TYPE ${name} RENAME VALUE ${quoteLiteral(to)} TO ${quoteLiteral(from)}`] },
    });
  }
  return { labels: current, operations };
}

function isSubsequence(labels: readonly string[], wanted: readonly string[]): boolean {
  let at = 0;
  for (const label of wanted) if (label === labels[at]) at += 1;
  return at === labels.length;
}

/** A new value may be used only once its transaction is committed [SQLSTATE 55P04]. */
function addOperations(object: SchemaObject, labels: readonly string[], wanted: readonly string[]): readonly Operation[] {
  const present = [...labels];
  return wanted.flatMap((label, index): readonly Operation[] => {
    if (present.includes(label)) return [];
    const previous = wanted[index - 1];
    const first = present[0];
    let place = '';
    if (previous === undefined) place = first === undefined ? '' : ` BEFORE ${quoteLiteral(first)}`;
    else if (previous !== present.at(-1)) place = ` AFTER ${quoteLiteral(previous)}`;
    present.splice(index, 0, label);
    return [
      {
        sql: `ALTER TYPE ${quoteName(object.parts)} ADD VALUE ${quoteLiteral(label)}${place}`,
        mode: 'commit',
        undo: { reason: 'PostgreSQL cannot remove a value from an enum' },
      },
    ];
  });
}

function removalHazards(object: SchemaObject, removed: readonly string[]): readonly Hazard[] {
  if (removed.length === 0) return [];
  const labels = removed.map(quoteLiteral).join(', ');
  return [
    {
      code: 'enum-drop-value',
      address: object.address,
      message: `${quoteName(object.parts)} loses ${labels}: rows that hold it make the step fail, and applications that write it fail after`,
      destructive: true,
    },
  ];
}
