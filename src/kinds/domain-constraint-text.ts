/** The text of a domain's constraint inside CREATE DOMAIN and ALTER DOMAIN; knows no states. */
import type { SchemaObject } from '../core/object.js';
import { textOf } from './attribute-values.js';
import { quoteIdent } from './quote.js';

export function domainConstraintText(constraint: SchemaObject): string {
  const body = textOf(constraint, 'type') === 'not_null' ? 'NOT NULL' : `CHECK (${textOf(constraint, 'expression')})`;
  return `CONSTRAINT ${quoteIdent(constraint.parts.at(-1) ?? '')} ${body}`;
}
