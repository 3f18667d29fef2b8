/** What functions and procedures share as data: their attributes, their name, how they are referred to. */
import type { JsonObject } from '../core/json.js';
import type { SchemaObject } from '../core/object.js';
import { quoteIdent, quoteName } from './quote.js';

export interface Argument {
  readonly name: string | null;
  readonly mode: 'in' | 'out' | 'inout' | 'variadic' | 'table';
  readonly type: string;
}

export interface RoutineAttributes {
  readonly arguments: readonly Argument[];
  /** Parallel to `arguments`, null where there is none; empty when no argument has one. */
  readonly argument_defaults: readonly (string | null)[];
  readonly language: string;
  /** The source text; null when the body is SQL that the server parsed (`sql_body`). */
  readonly body: string | null;
  readonly sql_body: string | null;
  /** Library of a function in C. */
  readonly library: string | null;
  readonly security_definer: boolean;
  readonly config: { readonly [setting: string]: string };
  readonly transforms: readonly string[];
  readonly depends_on_extensions: readonly string[];
}

export interface FunctionAttributes extends RoutineAttributes {
  readonly result: string;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  readonly strict: boolean;
  readonly leakproof: boolean;
  readonly parallel: 'safe' | 'restricted' | 'unsafe';
  readonly cost: number | null;
  readonly rows: number | null;
  readonly support: string | null;
  readonly window: boolean;
}

export type RoutineWord = 'FUNCTION' | 'PROCEDURE' | 'AGGREGATE';

export function routineOf(routine: SchemaObject): RoutineAttributes {
  return routine.attributes as JsonObject as unknown as RoutineAttributes;
}

export function functionOf(routine: SchemaObject): FunctionAttributes {
  return routine.attributes as JsonObject as unknown as FunctionAttributes;
}

/** app.f(integer, text): as ALTER, DROP and COMMENT name it after the word for what it is. */
export function routineName(routine: SchemaObject): string {
  return quoteName(routine.parts) + routine.signature;
}

/** Functions, procedures and aggregates share one name space, over names and input types. */
export function routineNamespace(routine: SchemaObject): string {
  return `routine ${quoteName(routine.parts)}${routine.signature === '(*)' ? '()' : routine.signature}`;
}

/** The arguments as CREATE writes them; what RETURNS TABLE brings is not among them. */
export function argumentList({ arguments: args, argument_defaults: defaults }: RoutineAttributes): string {
  return args
    .map((argument, index) => ({ ...argument, value: defaults[index] ?? null }))
    .filter(({ mode }) => mode !== 'table')
    .map(({ name, mode, type, value }) =>
      [mode === 'in' ? '' : mode.toUpperCase(), name === null ? '' : quoteIdent(name), type, value === null ? '' : `DEFAULT ${value}`]
        .filter((word) => word !== '')
        .join(' '),
    )
    .join(', ');
}
