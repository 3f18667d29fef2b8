/** CREATE statements of functions and procedures, built from their attributes. */
import type { SchemaObject } from '../core/object.js';
import { quoteBody, quoteIdent, quoteLiteral, quoteName } from './quote.js';
import { argumentList, type FunctionAttributes, functionOf, type RoutineAttributes, routineOf } from './routine.js';
import { setClause } from './set-clause.js';

export type CreateVerb = 'CREATE' | 'CREATE OR REPLACE';

export function createFunction(routine: SchemaObject, verb: CreateVerb): string {
  const attributes = functionOf(routine);
  const head = `${verb} FUNCTION ${quoteName(routine.parts)}(${argumentList(attributes)})`;
  return [head, `RETURNS ${attributes.result}`, ...shared(attributes, functionClauses(attributes))].join('\n');
}

export function createProcedure(routine: SchemaObject, verb: CreateVerb): string {
  const attributes = routineOf(routine);
  return [`${verb} PROCEDURE ${quoteName(routine.parts)}(${argumentList(attributes)})`, ...shared(attributes, [])].join('\n');
}

function shared(attributes: RoutineAttributes, clauses: readonly string[]): readonly string[] {
  const { language, transforms, security_definer: definer, config } = attributes;
  return [
    `LANGUAGE ${quoteIdent(language)}`,
    ...(transforms.length > 0 ? [`TRANSFORM ${transforms.map((type) => `FOR TYPE ${type}`).join(', ')}`] : []),
    ...clauses,
    ...(definer ? ['SECURITY DEFINER'] : []),
    ...Object.keys(config)
      .sort()
      .map((name) => setClause(name, config[name] ?? '')),
    bodyClause(attributes),
  ];
}

function functionClauses(attributes: FunctionAttributes): readonly string[] {
  const { volatility, strict, leakproof, parallel, cost, rows, support, window } = attributes;
  return [
    ...(window ? ['WINDOW'] : []),
    ...(volatility === 'volatile' ? [] : [volatility.toUpperCase()]),
    ...(strict ? ['STRICT'] : []),
    ...(leakproof ? ['LEAKPROOF'] : []),
    ...(parallel === 'unsafe' ? [] : [`PARALLEL ${parallel.toUpperCase()}`]),
    ...(cost === null ? [] : [`COST ${cost}`]),
    ...(rows === null ? [] : [`ROWS ${rows}`]),
    ...(support === null ? [] : [`SUPPORT ${support}`]),
  ];
}

function bodyClause({ body, sql_body: parsed, library, language }: RoutineAttributes): string {
  if (parsed !== null) return parsed;
  if (library !== null) return `AS ${quoteLiteral(library)}, ${quoteLiteral(body ?? '')}`;
  return `AS ${language === 'internal' ? quoteLiteral(body ?? '') : quoteBody(body ?? '')}`;
}
