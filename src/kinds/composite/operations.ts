/** The statements that make and change a composite type; what PostgreSQL refuses for a type in use is a new type. */
import type { SchemaObject } from '../../core/object.js';
import { recordsOf } from '../attribute-values.js';
import type { Alteration, Operation, OperationContext, SetChange } from '../kind.js';
import { quoteIdent, quoteName } from '../quote.js';
import { renamedMembers } from '../renamed-members.js';
import { isHeld, leavingHolders } from '../type-holders.js';
import { swapType } from '../type-swap.js';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly collation: string | null;
}

function fieldsOf(object: SchemaObject): readonly Field[] {
  return recordsOf(object, 'fields').map(({ name, type, collation }) => ({
    name: String(name),
    type: String(type),
    collation: typeof collation === 'string' ? collation : null,
  }));
}

function typeOf({ type, collation }: Field): string {
  return collation === null ? type : `${type} COLLATE ${collation}`;
}

function definition(field: Field): string {
  return `${quoteIdent(field.name)} ${typeOf(field)}`;
}

function sameType(a: Field, b: Field): boolean {
  return a.type === b.type && a.collation === b.collation;
}

export function create(object: SchemaObject): readonly Operation[] {
  const name = quoteName(object.parts);
  return [{ sql: `CREATE TYPE ${name} AS (${fieldsOf(object).map(definition).join(', ')})`, undo: { sql: [`DROP TYPE ${name}`] } }];
}

export function alter(change: SetChange, context: OperationContext): Alteration {
  const { before, after } = change;
  const wanted = fieldsOf(after);
  const { fields, operations: renames } = rename(before, after, context);
  const kept = fields.filter((field) => wanted.some((other) => other.name === field.name));
  const retyped = wanted.filter((field) => fields.some((old) => old.name === field.name && !sameType(old, field)));
  // A new field comes last, whatever its place in the desired order, and the order means something: ROW(1, 'a') goes by it.
  const inPlace = kept.every((field, index) => field.name === wanted[index]?.name);
  if (!inPlace || (retyped.length > 0 && isHeld(before, context))) return swap(change, context, fields, wanted, renames);
  const operations = [...renames, ...edits(after, fields, wanted, retyped)];
  return { operations, ...(retyped.length > 0 ? { follows: leavingHolders(before, context) } : {}) };
}

/** A hint says which fields are the same under another name: `renamed_fields: old -> new`. */
function rename(
  before: SchemaObject,
  after: SchemaObject,
  context: OperationContext,
): { fields: readonly Field[]; operations: readonly Operation[] } {
  const hint = context.hint(after.address, 'renamed_fields');
  const name = quoteName(after.parts);
  let fields = fieldsOf(before);
  const operations: Operation[] = [];
  for (const [to, from] of hint === null ? [] : (renamedMembers(hint) ?? [])) {
    if (!fields.some((field) => field.name === from) || fields.some((field) => field.name === to)) continue;
    fields = fields.map((field) => (field.name === from ? { ...field, name: to } : field));
    operations.push({
      sql: `ALTER TYPE ${name} RENAME ATTRIBUTE ${quoteIdent(from)} TO ${quoteIdent(to)}`,
      hazards: [{ code: 'rename-field', address: after.address, message: `queries that name the field ${from} of ${name} fail` }],
      undo: { sql: [`ALTER TYPE ${name} RENAME ATTRIBUTE ${quoteIdent(to)} TO ${quoteIdent(from)}`] },
    });
  }
  return { fields, operations };
}

function edits(after: SchemaObject, fields: readonly Field[], wanted: readonly Field[], retyped: readonly Field[]): readonly Operation[] {
  const name = quoteName(after.parts);
  const operation = (action: string, undo: string | null, more: Partial<Operation> = {}): Operation => ({
    sql: `ALTER TYPE ${name} ${action}`,
    undo: undo === null ? { reason: 'the values of the field are gone' } : { sql: [`ALTER TYPE ${name} ${undo}`] },
    ...more,
  });
  const dropped = fields.filter((field) => !wanted.some((other) => other.name === field.name));
  const added = wanted.filter((field) => !fields.some((other) => other.name === field.name));
  return [
    ...dropped.map((field) =>
      operation(`DROP ATTRIBUTE ${quoteIdent(field.name)}`, null, {
        hazards: [
          {
            code: 'drop-field',
            address: after.address,
            message: `field ${quoteIdent(field.name)} of ${name} is dropped, and what columns of the type hold in it`,
            destructive: true,
          },
        ],
      }),
    ),
    ...retyped.map((field) => {
      const old = fields.find((other) => other.name === field.name) ?? field;
      return operation(
        `ALTER ATTRIBUTE ${quoteIdent(field.name)} TYPE ${typeOf(field)}`,
        `ALTER ATTRIBUTE ${quoteIdent(field.name)} TYPE ${typeOf(old)}`,
      );
    }),
    ...added.map((field) => operation(`ADD ATTRIBUTE ${definition(field)}`, `DROP ATTRIBUTE ${quoteIdent(field.name)}`)),
  ];
}

function swap(
  change: SetChange,
  context: OperationContext,
  fields: readonly Field[],
  wanted: readonly Field[],
  renames: readonly Operation[],
): Alteration {
  const lost = fields.filter((field) => !wanted.some((other) => other.name === field.name)).map((field) => quoteIdent(field.name));
  const answer = swapType(change, context, {
    word: 'TYPE',
    create: create(change.after),
    convert: (column, type) => {
      // An array would need a subquery, which USING does not take.
      if (type.endsWith('[]')) return null;
      const values = wanted.map((field) =>
        fields.some((old) => old.name === field.name) ? `(${column}).${quoteIdent(field.name)}::${field.type}` : 'NULL',
      );
      // IS NOT DISTINCT FROM NULL is true of NULL only, IS NULL also of a row of nulls.
      return `CASE WHEN ${column} IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW(${values.join(', ')})::${type} END`;
    },
    hazards:
      lost.length === 0
        ? []
        : [
            {
              code: 'drop-field',
              address: change.after.address,
              message: `${lost.join(', ')} of ${quoteName(change.after.parts)} is dropped, and what columns of the type hold in it`,
              destructive: true,
            },
          ],
  });
  return answer === 'replace' ? answer : { ...answer, operations: [...renames, ...answer.operations] };
}
