/** The statement that makes a range type of its attributes. Knows nothing of its shell. */
import type { SchemaObject } from '../core/object.js';
import { textOf } from './attribute-values.js';
import { quoteName } from './quote.js';

/** The name of the multirange type that PostgreSQL would choose. */
export function defaultMultirange(object: SchemaObject): string {
  const [schema = '', name = ''] = object.parts;
  const chosen = name.includes('range') ? name.replace('range', 'multirange') : `${name}_multirange`;
  return quoteName([schema, chosen]);
}

export function createRange(object: SchemaObject): string {
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
  return `CREATE TYPE ${name} AS RANGE (${clauses.join(', ')})`;
}
