/** Generated columns in YAML, of tables and foreign tables: an expression, or a map that may say virtual; knows no kind. */
import type { JsonObject } from '../core/json.js';
import type { SqlText, YamlEntry, YamlPlace, YamlValue } from './yaml-slot.js';
import { described, EXPRESSION, expression, FLAG } from './yaml-text.js';

export const GENERATED: JsonObject = described(
  'Expression of a generated column; as a map it may say virtual (PostgreSQL 18).',
  {
    anyOf: [
      EXPRESSION,
      {
        type: 'object',
        additionalProperties: false,
        required: ['as'],
        properties: {
          as: described('The expression.', EXPRESSION, 'price * amount'),
          virtual: described('Computed when it is read.', FLAG),
        },
        title: 'a map with as and virtual',
      },
    ],
    title: 'an expression in SQL, or a map with as and virtual',
  },
  'price * amount',
);

export function generatedClause(entry: YamlEntry | null, place: YamlPlace): SqlText {
  if (entry === null) return [];
  const inner = entry.get('as') ?? entry;
  return [' GENERATED ALWAYS AS ', ...expression(inner, place), entry.get('as') !== null && entry.flag('virtual') ? ' VIRTUAL' : ' STORED'];
}

/** `as`: the expression without its parentheses; undefined: it is not generated. */
export function generatedValue(as: string | undefined, how: string | null): YamlValue | undefined {
  return as !== undefined && how === 'virtual' ? { as, virtual: true } : as;
}
