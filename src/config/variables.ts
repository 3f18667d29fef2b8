/** The variables of the configuration: what each environment gives them, and what --var does. Knows no desired file. */
import type { Diagnostic } from '../core/diagnostic.js';
import { nearest } from '../core/suggest.js';
import { typeOf, VARIABLE_NAME, type Variable, type Variables, type VariableType, type VariableValue } from '../core/variables.js';
import type { YamlFile, YamlPath } from '../desired/yaml/yaml-file.js';

type RawVariable = VariableValue | { readonly type: VariableType };
export type RawVariables = Readonly<Record<string, RawVariable>>;

interface RawEnvironmentPart {
  readonly variables?: RawVariables;
  readonly desired?: readonly unknown[];
  readonly overlays?: readonly unknown[];
}

export interface VariableFault {
  readonly path: YamlPath;
  readonly summary: string;
  readonly hint: string;
}

interface Given {
  readonly path: YamlPath;
  readonly type: VariableType;
  readonly value: VariableValue | null;
}

/** What holds in an environment (null: in none), by its name. */
export function environmentVariables(
  yaml: YamlFile,
  shared: RawVariables,
  environments: Readonly<Record<string, RawEnvironmentPart | null>>,
): { of(environment: string | null): Variables | null; readonly problems: readonly VariableFault[] } {
  const problems: VariableFault[] = [];
  const types = new Map<string, Given>();
  const givenIn = (raw: RawVariables, path: YamlPath): ReadonlyMap<string, Given> =>
    new Map(
      Object.entries(raw).map(([name, variable]) => {
        const given = givenBy(variable, [...path, name]);
        const first = types.get(name) ?? given;
        types.set(name, first);
        if (first.type !== given.type) problems.push(otherType(name, given, first));
        if (typeof given.value === 'number' && !Number.isSafeInteger(given.value)) problems.push(tooLarge(name, given));
        return [name, given];
      }),
    );
  const base = givenIn(shared, ['variables']);
  const own = new Map(
    Object.entries(environments).map(([name, raw]) => [name, givenIn(raw?.variables ?? {}, ['environments', name, 'variables'])]),
  );
  // What every environment shares may be meant for the files of one of them.
  const isShared = Object.values(environments).every((raw) => raw?.desired === undefined && raw?.overlays === undefined);
  const of = (environment: string | null): Variables | null => {
    if (types.size === 0) return null;
    return new Map(
      [...types]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { type }]): [string, Variable] => {
          const special = own.get(environment ?? '')?.get(name);
          const given = special ?? base.get(name);
          const value = given?.value ?? null;
          const span = given === undefined ? null : yaml.span(given.path);
          const expected = value !== null && (special !== undefined || isShared);
          return [name, { name, type, value, hint: wayOut(name, environment), span, expected }];
        }),
    );
  };
  return { of, problems };
}

function wayOut(name: string, environment: string | null): string {
  return environment === null
    ? `give it one for all environments under variables, or with --var ${name}=…, or name an environment with --env`
    : `give it one under environments.${environment}.variables, or with --var ${name}=…`;
}

function givenBy(variable: RawVariable, path: YamlPath): Given {
  if (typeof variable === 'object' && 'type' in variable) return { path, type: variable.type, value: null };
  return { path, type: typeOf(variable), value: variable };
}

function otherType(name: string, { path, type }: Given, first: Given): VariableFault {
  return {
    path,
    summary: `the variable ${name} is of type ${type} here, and of type ${first.type} elsewhere`,
    hint: example(name, first.type),
  };
}

function example(name: string, type: VariableType): string {
  const value = { string: "'text'", integer: '1', boolean: 'true', identifier: '{ identifier: name }' }[type];
  return `write ${name}: ${value}, or correct the other place`;
}

function tooLarge(name: string, { path }: Given): VariableFault {
  return { path, summary: `the number of the variable ${name} has too many digits`, hint: 'write it as a text, in quotes' };
}

/** Values of the command line, "name=value", over those of the configuration; of their types. */
export function withTyped(
  variables: Variables | null,
  typed: readonly string[],
): { readonly variables: Variables | null; readonly problems: readonly Pick<Diagnostic, 'summary' | 'hint'>[] } {
  const result = new Map(variables ?? []);
  const problems: Pick<Diagnostic, 'summary' | 'hint'>[] = [];
  for (const text of typed) {
    const [, name, value] = /^([^=]*)=([\s\S]*)$/.exec(text) ?? [];
    if (name === undefined || value === undefined || !VARIABLE_NAME.test(name)) {
      problems.push({ summary: `--var ${name ?? text} is not name=value`, hint: 'write for example --var region=eu' });
      continue;
    }
    const known = variables?.get(name);
    if (known === undefined) {
      const meant = nearest(name, variables?.keys() ?? []);
      const hint = meant ? `did you mean ${meant}?` : `declare it under variables in schemactl.yaml: ${name}: { type: string }`;
      problems.push({ summary: `--var: no variable is named ${name}`, hint });
      continue;
    }
    const read = readAs(known.type, value);
    if (read === null) problems.push({ summary: `--var ${name}: the value is not of type ${known.type}`, hint: WORDS[known.type] });
    else result.set(name, { ...known, value: read, span: null, expected: false });
  }
  return { variables: variables === null ? null : result, problems };
}

const WORDS: Readonly<Record<VariableType, string>> = {
  string: 'it takes any text',
  integer: 'it takes a whole number such as 90',
  boolean: 'it takes true or false',
  identifier: 'it takes a name, which is not empty',
};

function readAs(type: VariableType, text: string): VariableValue | null {
  switch (type) {
    case 'integer':
      return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : null;
    case 'identifier':
      return text === '' ? null : { identifier: text };
    default:
      return text;
  }
}
