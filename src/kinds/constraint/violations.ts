/** Which rows break a constraint, as queries for when it fails over them; knows nothing of how it is made. */
import type { SchemaObject } from '../../core/object.js';
import type { PlanCheck } from '../../core/plan.js';
import { flagOf, textOf, textsOf } from '../attribute-values.js';
import type { OperationContext } from '../kind.js';
import { quoteIdent } from '../quote.js';
import { duplicates, rowsWhere } from '../rows-in-the-way.js';
import { isKey, nameOfConstraint, tableOf } from './sql.js';

/** None where no short query tells: exclusions, periods, and nulls that are not distinct. */
export function violations(object: SchemaObject, context: OperationContext): readonly PlanCheck[] {
  const rows = { table: object.parent ?? object.address, name: tableOf(object) };
  const broken = `of ${tableOf(object)} break ${nameOfConstraint(object)}`;
  const columns = textsOf(object, 'columns').map(quoteIdent);
  if (flagOf(object, 'without_overlaps') || flagOf(object, 'nulls_not_distinct')) return [];
  if (isKey(object)) return [duplicates(rows, columns, null, context)];
  if (textOf(object, 'type') === 'check') return [rowsWhere(rows, `NOT (${textOf(object, 'expression') ?? ''})`, broken, context)];
  if (textOf(object, 'type') !== 'foreign') return [];
  const own = columns.map((column) => `${tableOf(object)}.${column}`);
  const match = textsOf(object, 'references_columns').map((column, index) => `r.${quoteIdent(column)} = ${own[index]}`);
  const isLost = `NOT EXISTS (SELECT FROM ${textOf(object, 'references') ?? ''} r WHERE ${match.join(' AND ')})`;
  const given = own.map((column) => `${column} IS NOT NULL`).join(' AND ');
  return [rowsWhere(rows, `${given} AND ${isLost}`, broken, context)];
}
