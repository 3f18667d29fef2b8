/** Decides how a function or procedure gets from one state to another: ALTER, CREATE OR REPLACE, or drop and create again. */
import type { SchemaObject } from '../core/object.js';
import { extensionClauses } from './extension-dependence.js';
import type { SetChange } from './kind.js';
import { type FunctionAttributes, functionOf, type RoutineAttributes, type RoutineWord, routineName, routineOf } from './routine.js';
import type { CreateVerb } from './routine-statement.js';
import { resetClause, setClause } from './set-clause.js';

/** What ALTER FUNCTION can say without giving the body again. */
const ALTERABLE = new Set([
  'volatility',
  'strict',
  'security_definer',
  'leakproof',
  'parallel',
  'cost',
  'rows',
  'support',
  'config',
  'depends_on_extensions',
]);

/** The statements for a change, or null where PostgreSQL only takes a new object. */
export function alterStatements(
  word: RoutineWord,
  change: SetChange,
  statement: (routine: SchemaObject, verb: CreateVerb) => string,
): readonly string[] | null {
  const { before, after } = change;
  const altered = alterActions(change);
  const extensions = (from: readonly string[]): readonly string[] => extensionClauses(from, routineOf(after).depends_on_extensions);
  const alter = (clause: string): string => `ALTER ${word} ${routineName(after)} ${clause}`;
  if (altered !== null) {
    return [...(altered.length > 0 ? [altered.join(' ')] : []), ...extensions(routineOf(before).depends_on_extensions)].map(alter);
  }
  // CREATE OR REPLACE forgets DEPENDS ON EXTENSION.
  return isReplaceable(before, after) ? [statement(after, 'CREATE OR REPLACE'), ...extensions([]).map(alter)] : null;
}

/** The actions of one ALTER, or null when the whole definition must be given. */
function alterActions({ before, after, changed }: SetChange): readonly string[] | null {
  if ([...changed].some((name) => !ALTERABLE.has(name))) return null;
  const to = functionOf(after);
  // ALTER FUNCTION cannot take a support function away.
  if (changed.has('support') && to.support === null) return null;
  return [
    ...(changed.has('volatility') ? [to.volatility.toUpperCase()] : []),
    ...(changed.has('strict') ? [to.strict ? 'STRICT' : 'CALLED ON NULL INPUT'] : []),
    ...(changed.has('security_definer') ? [to.security_definer ? 'SECURITY DEFINER' : 'SECURITY INVOKER'] : []),
    ...(changed.has('leakproof') ? [to.leakproof ? 'LEAKPROOF' : 'NOT LEAKPROOF'] : []),
    ...(changed.has('parallel') ? [`PARALLEL ${to.parallel.toUpperCase()}`] : []),
    ...(changed.has('cost') ? [`COST ${to.cost ?? defaultCost(to)}`] : []),
    ...(changed.has('rows') ? [`ROWS ${to.rows ?? 1000}`] : []),
    ...(changed.has('support') ? [`SUPPORT ${to.support}`] : []),
    ...configActions(routineOf(before).config, to.config),
  ];
}

function defaultCost({ language }: FunctionAttributes): number {
  return language === 'c' || language === 'internal' ? 1 : 100;
}

function configActions(before: RoutineAttributes['config'], after: RoutineAttributes['config']): readonly string[] {
  const set = Object.keys(after)
    .filter((name) => before[name] !== after[name])
    .sort();
  const reset = Object.keys(before)
    .filter((name) => after[name] === undefined)
    .sort();
  return [...set.map((name) => setClause(name, after[name] ?? '')), ...reset.map(resetClause)];
}

/**
 * Whether PostgreSQL's CREATE OR REPLACE accepts the change: it refuses another result or row type, renamed input arguments and
 * defaults taken away (ProcedureCreate).
 */
function isReplaceable(before: SchemaObject, after: SchemaObject): boolean {
  const [from, to] = [functionOf(before), functionOf(after)];
  if (from.result !== to.result || from.window !== to.window) return false;
  if (from.arguments.length !== to.arguments.length) return false;
  const sameArguments = from.arguments.every((argument, index) => {
    const now = to.arguments[index];
    if (now === undefined || now.mode !== argument.mode || now.type !== argument.type) return false;
    // An input argument without a name may get one; names of the result columns are part of the row type.
    return (
      now.name === argument.name ||
      (argument.name === null && argument.mode !== 'out' && argument.mode !== 'table' && argument.mode !== 'inout')
    );
  });
  return sameArguments && countDefaults(from) <= countDefaults(to);
}

function countDefaults({ argument_defaults: defaults }: RoutineAttributes): number {
  return defaults.filter((value) => value !== null).length;
}
