/** Variables in the scalars of a YAML document: names and values get their text before anything is made of them. Knows no slot. */
import { type Document, isMap, isPair, isScalar, type Scalar, visit, type YAMLMap } from 'yaml';
import type { Severity } from '../../core/diagnostic.js';
import { VARIABLE_NAME } from '../../core/variables.js';
import { type ReplacedSql, replacedSql } from '../sql/variables.js';
import { mayHoldVariables, referencesIn, replacedPlainly, type VariableProblem, type VariableScope } from '../variables.js';

export interface YamlVariables {
  readonly scope: VariableScope;
  /** True for keys on the way to a text in a language of its own: nothing in it stands for anything else. */
  isForeign(path: readonly string[]): boolean;
}

/** Offsets count in the text of the scalar as written. */
export interface ScalarProblem extends VariableProblem {
  readonly severity?: Severity;
  readonly node: Scalar.Parsed;
}

export interface DocumentVariables {
  readonly problems: readonly ScalarProblem[];
  /** The text of a scalar that was replaced, as the file has it; null for all others. */
  written(node: Scalar.Parsed): string | null;
  /** What a scalar stands for where it is SQL text; null where no variable is in it. */
  sqlOf(node: Scalar.Parsed): ReplacedSql | null;
  /** What was wrong in the texts that `sqlOf` was asked for, and what only looks as if it were. */
  sqlProblems(): readonly ScalarProblem[];
}

/** Replaces the values of the document's scalars in place; what is wrong stays as it is written. */
export function documentVariables(document: Document.Parsed, { scope, isForeign }: YamlVariables): DocumentVariables {
  const written = new Map<Scalar.Parsed, string>();
  const problems: ScalarProblem[] = [];
  const notes: ScalarProblem[] = [];
  visit(document, {
    Scalar: (key, found, ancestors) => {
      const node = found as Scalar.Parsed;
      const text = node.value;
      if (typeof text !== 'string' || !mayHoldVariables(text)) return;
      if (isForeign(ancestors.filter(isPair).map(({ key }) => (isScalar(key) ? String(key.value) : '')))) return;
      written.set(node, text);
      if (scope.variables === null) {
        notes.push(...takenAsText(node, text, key === 'key'));
        return;
      }
      const plain = replacedPlainly(text, scope);
      problems.push(...plain.problems.map((problem) => ({ ...problem, node })));
      // The value itself where it is all of the scalar: a number, a flag.
      const value = typeof plain.whole === 'number' || typeof plain.whole === 'boolean' ? plain.whole : plain.replaced.text;
      Object.assign(node, { value, source: String(value) });
    },
  });
  const sql = new Map<Scalar.Parsed, ReplacedSql>();
  const sqlOf = (node: Scalar.Parsed): ReplacedSql | null => {
    const text = written.get(node);
    if (text === undefined) return null;
    const known = sql.get(node) ?? replacedSql(text, scope);
    sql.set(node, known);
    return known;
  };
  return {
    problems: [...problems, ...sameKeys(document, written)],
    written: (node) => written.get(node) ?? null,
    sqlOf,
    sqlProblems: () => [...notes, ...[...sql].flatMap(([node, { problems: own }]) => own.map((problem) => ({ ...problem, node })))],
  };
}

/** A name in braces, or nothing but one, in a project without variables: hardly what was meant. */
function takenAsText(node: Scalar.Parsed, text: string, isKey: boolean): readonly ScalarProblem[] {
  return referencesIn(text)
    .filter(({ from, to, name, isEscaped }) => !isEscaped && VARIABLE_NAME.test(name) && (isKey || (from === 0 && to === text.length)))
    .map(({ from, to, name }) => ({
      code: 'SC1080',
      severity: 'warning',
      summary: `\${${name}} stands for itself: the project declares no variables`,
      hint: `declare ${name} under variables in schemactl.yaml`,
      from,
      to,
      node,
    }));
}

/** Two keys of a map that only their values make the same. */
function sameKeys(document: Document.Parsed, written: ReadonlyMap<Scalar.Parsed, string>): readonly ScalarProblem[] {
  const problems: ScalarProblem[] = [];
  const look = (map: YAMLMap): void => {
    const seen = new Set<string>();
    const keys = map.items.flatMap(({ key }) => (isScalar(key) ? [key as Scalar.Parsed] : []));
    for (const key of [...keys.filter((each) => !written.has(each)), ...keys.filter((each) => written.has(each))]) {
      const name = String(key.value);
      const text = written.get(key);
      if (text !== undefined && seen.has(name))
        problems.push({
          code: 'SC1082',
          summary: `with its value the key is ${name}, which stands here already`,
          hint: 'give one of the two another name',
          from: 0,
          to: text.length,
          node: key,
        });
      seen.add(name);
    }
  };
  visit(document, { Map: (_key, map) => (isMap(map) ? look(map as YAMLMap) : undefined) });
  return problems;
}
