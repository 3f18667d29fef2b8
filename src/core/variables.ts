/** Values that a configuration gives to names in desired files, as data; knows no file and no language. */
import type { Span } from './diagnostic.js';

export const VARIABLE_TYPES = ['string', 'integer', 'boolean', 'identifier'] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];

/** A text, a whole number, true or false, or a name of something. */
export type VariableValue = string | number | boolean | { readonly identifier: string };

export interface Variable {
  readonly name: string;
  readonly type: VariableType;
  /** Null: it is known, and has no value where it is looked up. */
  readonly value: VariableValue | null;
  /** What gives it a value, for findings: "give it under environments.production.variables". */
  readonly hint: string;
  /** Where its value is given; null: on the command line, or nowhere. */
  readonly span: Span | null;
  /** Files that do not use it make a warning. */
  readonly expected: boolean;
}

/** By name. A project without any has null: then nothing in a text stands for anything else. */
export type Variables = ReadonlyMap<string, Variable>;

export type VariableValues = Readonly<Record<string, VariableValue>>;

export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export function typeOf(value: VariableValue): VariableType {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'integer';
  return typeof value === 'boolean' ? 'boolean' : 'identifier';
}

/** As it stands in a text: no quotes. */
export function plainText(value: VariableValue): string {
  return typeof value === 'object' ? value.identifier : String(value);
}

/** The very values that a plan was made with. */
export function fixedVariables(values: VariableValues): Variables {
  return new Map(
    Object.entries(values).map(([name, value]) => [
      name,
      { name, type: typeOf(value), value, hint: 'name the files themselves', span: null, expected: false },
    ]),
  );
}
