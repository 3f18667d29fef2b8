/** The dangers of ADD COLUMN on a table that may hold rows. */
import type { SchemaObject } from '../../core/object.js';
import { flagOf, textOf } from '../attribute-values.js';
import type { Hazard, OperationContext } from '../kind.js';
import { rewriteCost } from '../rewrite-cost.js';
import { isConstrained } from './change-type.js';
import { columnName, tableName, tableOf } from './definition.js';
import { noSecondTable } from './generation.js';
import { isSteady } from './volatility.js';

export function addHazards(column: SchemaObject, context: OperationContext): readonly Hazard[] {
  if (context.isNew(tableOf(column))) return [];
  const [name, address] = [`${tableName(column)}.${columnName(column)}`, column.address];
  const hazards: Hazard[] = [];
  const anew = `the whole table is written anew while nobody can read or write it${rewriteCost(tableOf(column), context)}`;
  const found = context.children(context.desired, address, 'default')[0];
  const expression = found === undefined ? null : textOf(found, 'expression');
  const generated = textOf(column, 'generated');
  // An identity column fills itself: its sequence is a child of the column.
  const fills = expression !== null || generated !== null || context.children(context.desired, address, 'sequence').length > 0;
  if (flagOf(column, 'not_null') && !fills) {
    hazards.push({
      code: 'add-required-column',
      address,
      message: `${name} is NOT NULL without a default: it cannot be added while ${tableName(column)} has rows, and writers that do not know it fail`,
    });
  }
  if (expression?.includes('nextval(')) {
    hazards.push({ code: 'add-serial-column', address, message: `to number the rows of ${tableName(column)}, ${anew}` });
  } else if (expression !== null && !isSteady(expression)) {
    hazards.push({
      code: 'add-column-volatile-default',
      address,
      message: `the default ${expression} of ${name} may differ per row: ${anew}`,
    });
  }
  if (generated === 'stored') {
    hazards.push({ code: 'add-stored-generated', address, message: `to compute ${name}, ${anew}${noSecondTable(column, context)}` });
  }
  if (isConstrained(context.desired, column, context)) {
    hazards.push({ code: 'add-column-constrained-domain', address, message: `the domain of ${name} has constraints: ${anew}` });
  }
  return hazards;
}
