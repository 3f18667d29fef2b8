/** What tells people which row of a table is meant: the columns of its primary key, or where it stands. Knows no kind. */
import type { Address } from '../core/address.js';
import { textOf, textsOf } from './attribute-values.js';
import type { OperationContext } from './kind.js';
import { quoteIdent } from './quote.js';

/** Quoted names, for a list after SELECT. */
export function keyColumns(table: Address, context: OperationContext): readonly string[] {
  const key = context.children(context.current, table).find((each) => textOf(each, 'type') === 'primary');
  const names = key === undefined ? [] : textsOf(key, 'columns');
  return names.length > 0 ? names.map(quoteIdent) : ['ctid'];
}
