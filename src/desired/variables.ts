/** `${name}` in texts of desired files, and `$${name}` for the text itself: found, looked up, replaced with places kept. Knows no language. */
import type { Diagnostic } from '../core/diagnostic.js';
import { nearest } from '../core/suggest.js';
import { plainText, VARIABLE_NAME, type Variables, type VariableValue } from '../core/variables.js';
import type { SourceText } from './source-text.js';

/** What a file is read with. */
export interface VariableScope {
  /** Null: the project has none, and texts stay as they are. */
  readonly variables: Variables | null;
  /** Told of each that is used. */
  readonly used: Set<string>;
}

export interface Reference {
  readonly from: number;
  readonly to: number;
  /** Between the braces. */
  readonly name: string;
  /** `$${…}`: the text `${…}` is meant. */
  readonly isEscaped: boolean;
}

export interface VariableProblem extends Pick<Diagnostic, 'code' | 'summary' | 'hint'> {
  readonly from: number;
  readonly to: number;
}

export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A text with parts replaced, and the way back. */
export interface ReplacedText {
  readonly text: string;
  /** Offset in the text as written; inside of what was put in, where that begins. */
  at(offset: number): number;
  /** The same for an offset where something ends. */
  end(offset: number): number;
}

export function noScope(): VariableScope {
  return { variables: null, used: new Set() };
}

export function mayHoldVariables(text: string): boolean {
  return text.includes('${');
}

/** The references in a part of a text. */
export function referencesIn(text: string, from = 0, to = text.length): readonly Reference[] {
  return [...text.slice(from, to).matchAll(/\$?\$\{([^{}\r\n]*)\}/g)].map((match) => {
    const start = from + match.index;
    return { from: start, to: start + match[0].length, name: match[1] ?? '', isEscaped: match[0].startsWith('$$') };
  });
}

export type Found = { readonly value: VariableValue } | { readonly problem: VariableProblem };

/** The value that a reference stands for, or what is wrong with it. */
export function lookUp({ from, to, name }: Reference, { variables, used }: VariableScope): Found {
  const problem = (code: string, summary: string, hint: string): Found => ({ problem: { code, summary, hint, from, to } });
  if (!VARIABLE_NAME.test(name)) {
    const summary = `${name === '' ? 'nothing' : name} is no name of a variable`;
    return problem('SC1082', summary, `write $\${${name}} for the text itself; names have letters, digits and "_"`);
  }
  const variable = variables?.get(name);
  if (variable === undefined) {
    const meant = nearest(name, variables?.keys() ?? []);
    const declare = `declare it under variables in schemactl.yaml${variables === null ? '' : `, or write $\${${name}} for the text itself`}`;
    return problem('SC1080', `no variable is named ${name}`, meant === null ? declare : `did you mean ${meant}?`);
  }
  used.add(name);
  if (variable.value === null) return problem('SC1081', `the variable ${name} has no value here`, variable.hint);
  return { value: variable.value };
}

/** A text that is no code, with the values as they stand. What is wrong stays as it is written. */
export function replacedPlainly(
  text: string,
  scope: VariableScope,
): { readonly replaced: ReplacedText; readonly problems: readonly VariableProblem[]; readonly whole: VariableValue | null } {
  const problems: VariableProblem[] = [];
  let whole: VariableValue | null = null;
  const replacements = referencesIn(text).flatMap((reference): readonly Replacement[] => {
    const { from, to, isEscaped } = reference;
    if (isEscaped) return [{ from, to, text: text.slice(from + 1, to) }];
    const found = lookUp(reference, scope);
    if ('problem' in found) {
      problems.push(found.problem);
      return [];
    }
    if (from === 0 && to === text.length) whole = found.value;
    return [{ from, to, text: plainText(found.value) }];
  });
  return { replaced: replaceParts(text, replacements), problems, whole };
}

/** @param replacements in their order, apart from each other. */
export function replaceParts(text: string, replacements: readonly Replacement[]): ReplacedText {
  let result = '';
  let done = 0;
  const parts: { readonly from: number; readonly to: number; readonly start: number; readonly end: number }[] = [];
  for (const { from, to, text: own } of replacements) {
    result += text.slice(done, from);
    parts.push({ from, to, start: result.length, end: result.length + own.length });
    result += own;
    done = to;
  }
  result += text.slice(done);
  const before = (offset: number) => parts.findLast(({ start }) => start <= offset);
  const mapped = (offset: number, inside: 'from' | 'to'): number => {
    const part = before(inside === 'from' ? offset : offset - 1);
    if (part === undefined) return offset;
    const isInside = inside === 'from' ? offset < part.end : offset <= part.end;
    return isInside ? part[inside] : part.to + offset - part.end;
  };
  return { text: result, at: (offset) => mapped(offset, 'from'), end: (offset) => mapped(offset, 'to') };
}

/** The places of the replaced text are those of the text as written. */
export function replacedSource(written: SourceText, replaced: ReplacedText): SourceText {
  return {
    path: written.path,
    text: replaced.text,
    position: (offset) => written.position(replaced.at(offset)),
    span: (from, to) => ({
      file: written.path,
      start: written.position(replaced.at(from)),
      end: written.position(Math.max(replaced.end(to), replaced.at(from))),
    }),
  };
}
