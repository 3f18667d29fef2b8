/** SQL expressions of catalog queries that name operators and functions with their types, and operators as SQL; knows no kind. */
import type { SchemaObject } from '../core/object.js';
import { quoteIdent } from './quote.js';

/** The qualified name of an operator given by oid, as OPERATOR(…) takes it: app.===; null for 0. */
export function operatorName(oid: string): string {
  return `(select quote_ident(opn.nspname) || '.' || op.oprname
    from pg_catalog.pg_operator op join pg_catalog.pg_namespace opn on opn.oid = op.oprnamespace where op.oid = ${oid})`;
}

/** The same with its operands: app.===(integer, integer). */
export function operatorWithTypes(oid: string): string {
  return `(select quote_ident(opn.nspname) || '.' || op.oprname || '(' ||
      case op.oprleft when 0 then 'NONE' else pg_catalog.format_type(op.oprleft, null) end || ', ' || pg_catalog.format_type(op.oprright, null) || ')'
    from pg_catalog.pg_operator op join pg_catalog.pg_namespace opn on opn.oid = op.oprnamespace where op.oid = ${oid})`;
}

/** A function with its argument types: app.f(integer, text); null for 0. */
export function functionWithTypes(oid: string): string {
  return `(select quote_ident(fn.nspname) || '.' || quote_ident(f.proname) || '(' || pg_catalog.oidvectortypes(f.proargtypes) || ')'
    from pg_catalog.pg_proc f join pg_catalog.pg_namespace fn on fn.oid = f.pronamespace where f.oid = ${oid})`;
}

/** app.===: operators are no identifiers, only their schema is one. */
export function writeOperator(object: SchemaObject): string {
  return `${quoteIdent(object.parts[0] ?? '')}.${object.parts[1] ?? ''}`;
}
