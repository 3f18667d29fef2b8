/** The dangers of ADD COLUMN on a table that may hold rows. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Hazard, OperationContext } from '../kind.js';
import { isConstrained } from './change-type.js';
import { columnName, tableName, tableOf } from './definition.js';
import { isSteady } from './volatility.js';

export function addHazards(column: SchemaObject, context: OperationContext): readonly Hazard[] {
  if (context.isNew(tableOf(column))) return [];
  const [name, address] = [`${tableName(column)}.${columnName(column)}`, column.address];
  const hazards: Hazard[] = [];
  const add = (code: string, message: string): void => void hazards.push({ code, address, message });
  const found = context.children(context.desired, address, 'default')[0];
  const expression = found === undefined ? null : textOf(found, 'expression');
  const generated = textOf(column, 'generated');
  // An identity column fills itself: its sequence is a child of the column.
  const fills = expression !== null || generated !== null || context.children(context.desired, address, 'sequence').length > 0;
  if (flagOf(column, 'not_null') && !fills) {
    add(
      'add-required-column',
      `${name} is NOT NULL without a default: it cannot be added while ${tableName(column)} has rows, and writers that do not know it fail`,
    );
  }
  if (expression?.includes('nextval(')) {
    add('add-serial-column', `numbering the rows of ${tableName(column)} writes the whole table anew while nobody can read or write it`);
  } else if (expression !== null && !isSteady(expression)) {
    add(
      'add-column-volatile-default',
      `the default ${expression} of ${name} may differ per row: the whole table is written anew while nobody can read or write it`,
    );
  }
  if (generated === 'stored')
    add('add-stored-generated', `computing ${name} writes the whole table anew while nobody can read or write it`);
  if (isConstrained(context.desired, column, context)) {
    add(
      'add-column-constrained-domain',
      `the domain of ${name} has constraints: the whole table is written anew while nobody can read or write it`,
    );
  }
  return hazards;
}
