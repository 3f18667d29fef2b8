/** The statements that make a base type of its attributes and alter it. Knows nothing of its functions but their names, and of its shell. */
import type { SchemaObject } from '../core/object.js';
import { flagOf, textOf } from './attribute-values.js';
import { quoteLiteral, quoteName } from './quote.js';

/** What ALTER TYPE … SET can change, by the name of the attribute: the same word in SQL. */
export const ALTERABLE = ['receive', 'send', 'typmod_in', 'typmod_out', 'analyze', 'subscript', 'storage'] as const;

const FUNCTIONS = ['input', 'output', 'receive', 'send', 'typmod_in', 'typmod_out', 'analyze', 'subscript'] as const;

/** A type of elements wants a function for subscripts when it is made, which may be taken away later. */
const ANY_SUBSCRIPT = 'pg_catalog.raw_array_subscript_handler';

/**
 * Two statements where the second takes a function away that the first could not do without, or gives one that CREATE TYPE refuses by itself:
 * how a modifier is written, where none is read.
 */
export function createBaseType(type: SchemaObject): readonly string[] {
  const given = (word: string, value: string | null, fallback: string | null = null): readonly string[] =>
    value === null || value === fallback ? [] : [`${word.toUpperCase()} = ${value}`];
  const literal = (value: string | null): string | null => (value === null ? null : quoteLiteral(value));
  const flag = (word: string): readonly string[] => (flagOf(type, word) ? [`${word.toUpperCase()} = true`] : []);
  const element = textOf(type, 'element');
  const isUnscripted = element !== null && textOf(type, 'subscript') === null;
  const onlyWrites = textOf(type, 'typmod_out') !== null && textOf(type, 'typmod_in') === null;
  const later = [...(isUnscripted ? ['subscript'] : []), ...(onlyWrites ? ['typmod_out'] : [])];
  const first = (word: string): string | null => {
    if (word === 'subscript' && isUnscripted) return ANY_SUBSCRIPT;
    return later.includes(word) ? null : textOf(type, word);
  };
  const clauses = [
    ...FUNCTIONS.flatMap((word) => given(word, first(word))),
    ...given('internallength', lengthOf(type), 'variable'),
    ...flag('passedbyvalue'),
    ...given('alignment', textOf(type, 'alignment'), 'int4'),
    ...given('storage', textOf(type, 'storage'), 'plain'),
    ...given('category', literal(textOf(type, 'category')), quoteLiteral('U')),
    ...flag('preferred'),
    ...given('default', literal(textOf(type, 'default'))),
    ...given('element', element),
    ...given('delimiter', literal(textOf(type, 'delimiter')), quoteLiteral(',')),
    ...flag('collatable'),
  ];
  const made = `CREATE TYPE ${quoteName(type.parts)} (${clauses.join(', ')})`;
  return later.length > 0 ? [made, alterBaseType(type, later)] : [made];
}

/** A number of bytes, "variable", or "-2" for texts that end with a zero byte. */
export function lengthOf(type: SchemaObject): string {
  const length = type.attributes.internallength;
  return typeof length === 'number' && length !== -1 ? String(length) : 'variable';
}

/** The type is given what `wanted` has of the attributes. */
export function alterBaseType(wanted: SchemaObject, names: readonly string[]): string {
  return `ALTER TYPE ${quoteName(wanted.parts)} SET (${names.map((name) => `${name.toUpperCase()} = ${textOf(wanted, name) ?? 'NONE'}`).join(', ')})`;
}
