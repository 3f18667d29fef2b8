/** The statements that make a range type and put another in its place. */
import type { SchemaObject } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Alteration, Operation, OperationContext, SetChange } from '../kind.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteIdent, quoteName } from '../quote.js';
import { swapType } from '../type-swap.js';

/** The name of the multirange type that PostgreSQL would choose. */
export function defaultMultirange(object: SchemaObject): string {
  const [schema = '', name = ''] = object.parts;
  const chosen = name.includes('range') ? name.replace('range', 'multirange') : `${name}_multirange`;
  return quoteName([schema, chosen]);
}

export function create(object: SchemaObject): readonly Operation[] {
  const name = quoteName(object.parts);
  const multirange = textOf(object, 'multirange');
  const clauses = [
    ['subtype', textOf(object, 'subtype')],
    ['subtype_opclass', textOf(object, 'opclass')],
    ['collation', textOf(object, 'collation')],
    ['canonical', textOf(object, 'canonical')],
    ['subtype_diff', textOf(object, 'subtype_diff')],
    ['multirange_type_name', multirange === defaultMultirange(object) ? null : multirange],
  ].flatMap(([clause, value]) => (value === null ? [] : [`${clause} = ${value}`]));
  return [{ sql: `CREATE TYPE ${name} AS RANGE (${clauses.join(', ')})`, undo: { sql: [`DROP TYPE ${name}`] } }];
}

export function alter(change: SetChange, context: OperationContext): Alteration {
  const { before, after, changed } = change;
  const old = textOf(before, 'multirange') ?? '';
  const wanted = textOf(after, 'multirange') ?? old;
  if (changed.size === 1 && changed.has('multirange')) {
    const [schema, name] = namePartsOf(wanted);
    const [oldSchema, oldName] = namePartsOf(old);
    const operations: Operation[] = [];
    let at = old;
    if (schema !== oldSchema && schema !== undefined) {
      operations.push(move(old, schema, oldName ?? '', oldSchema ?? ''));
      at = quoteName([schema, oldName ?? '']);
    }
    if (name !== oldName && name !== undefined) {
      operations.push({
        sql: `ALTER TYPE ${at} RENAME TO ${quoteIdent(name)}`,
        undo: { sql: [`ALTER TYPE ${wanted} RENAME TO ${quoteIdent(oldName ?? '')}`] },
      });
    }
    return { operations };
  }
  return swapType(change, context, {
    word: 'TYPE',
    create: create(after),
    clear: (aside) => clear(before, aside),
    convert: (column, type) => `${column}::text${type.endsWith('[]') ? '[]' : ''}::${multirangeFor(type, old, wanted)}`,
    companions: [old],
  });
}

function move(type: string, schema: string, name: string, back: string): Operation {
  return {
    sql: `ALTER TYPE ${type} SET SCHEMA ${quoteIdent(schema)}`,
    undo: { sql: [`ALTER TYPE ${quoteName([schema, name])} SET SCHEMA ${quoteIdent(back)}`] },
  };
}

function multirangeFor(type: string, old: string, wanted: string): string {
  return type === old || type === `${old}[]` ? wanted + type.slice(old.length) : type;
}

/** The multirange and the constructor functions do not follow a rename of the range, and stand in the way of the new ones. */
function clear(before: SchemaObject, aside: string): readonly Operation[] {
  const undo = { reason: 'part of a change of the type that cannot be undone' };
  const subtype = textOf(before, 'subtype') ?? '';
  const multirange = textOf(before, 'multirange') ?? '';
  const asideMultirange = `${aside.slice(0, 52)}_multirange`;
  return [
    { sql: `ALTER TYPE ${multirange} RENAME TO ${quoteIdent(asideMultirange)}`, undo },
    { sql: `ALTER FUNCTION ${quoteName(before.parts)}(${subtype}, ${subtype}) RENAME TO ${quoteIdent(aside)}`, undo },
    { sql: `ALTER FUNCTION ${quoteName(before.parts)}(${subtype}, ${subtype}, text) RENAME TO ${quoteIdent(aside)}`, undo },
    { sql: `ALTER FUNCTION ${multirange}() RENAME TO ${quoteIdent(asideMultirange)}`, undo },
  ];
}
