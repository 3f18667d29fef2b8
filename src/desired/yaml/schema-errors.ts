/** Turns what a JSON Schema validator found into findings at places of a YAML file; knows neither schema nor meaning of the file. */
import type { ErrorObject } from 'ajv';
import type { Diagnostic } from '../../core/diagnostic.js';
import { nearest } from '../../core/suggest.js';
import type { YamlFile, YamlPath } from './yaml-file.js';

/** Codes to report under. */
export interface SchemaErrorCodes {
  readonly unknownKey: string;
  readonly missingKey: string;
  readonly wrongValue: string;
}

/**
 * One finding per node. The validator must run with `allErrors` and `verbose`, whose parent schemas hold the keys and words that would
 * have been right. A schema's `title` says in words what a value must look like ("a duration such as 2s").
 */
export function schemaDiagnostics(yaml: YamlFile, errors: readonly ErrorObject[], codes: SchemaErrorCodes): readonly Diagnostic[] {
  const relevant = withoutMisspelt(withoutRejectedBranches(errors));
  const found = new Map<string, Diagnostic>();
  for (const error of relevant) {
    const path = pathOf(error.instancePath, yaml.value);
    const diagnostic =
      unknownKey(yaml, error, path, codes) ??
      missingKey(yaml, error, path, codes) ??
      badKey(yaml, error, path, codes) ??
      repeated(yaml, error, path, codes) ??
      wrongValue(yaml, error, path, relevant, codes);
    const place = `${diagnostic.span?.start.offset}`;
    if (!found.has(place)) found.set(place, diagnostic);
  }
  return [...found.values()].sort((a, b) => (a.span?.start.offset ?? 0) - (b.span?.start.offset ?? 0));
}

/**
 * Where one of several forms must match, the validator reports every form's errors. The form that got deepest into the value is the one
 * meant; errors of the others say nothing. When no form got past the value itself, all are kept and merged into one message.
 */
function withoutRejectedBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  let kept = [...errors];
  const unions = errors.filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf');
  for (const union of unions.sort((a, b) => b.instancePath.length - a.instancePath.length)) {
    const branches = new Map<string, ErrorObject[]>();
    for (const error of kept) {
      if (error === union || !error.instancePath.startsWith(union.instancePath)) continue;
      if (!error.schemaPath.startsWith(`${union.schemaPath}/`)) continue;
      const branch = error.schemaPath.slice(union.schemaPath.length + 1).split('/')[0] ?? '';
      branches.set(branch, [...(branches.get(branch) ?? []), error]);
    }
    const own = (error: ErrorObject): boolean =>
      error.instancePath === union.instancePath && ['type', 'const', 'enum', 'pattern'].includes(error.keyword);
    const forms = Array.isArray(union.schema) ? union.schema.length : 0;
    // Errors behind a $ref do not tell which form they are of: they are of the one that has none else.
    const behind = kept.filter(
      (error) => error.instancePath.startsWith(`${union.instancePath}/`) && !error.schemaPath.startsWith(`${union.schemaPath}/`),
    );
    const meant =
      [...branches.values()].filter((branch) => !branch.some(own)).sort((a, b) => a.length - b.length)[0] ??
      (branches.size < forms && behind.length > 0 ? behind : undefined);
    if (!meant) continue;
    const rejected = new Set([...branches.values()].filter((branch) => branch !== meant).flat());
    kept = kept.filter((error) => error !== union && !rejected.has(error));
  }
  return kept;
}

/** A key that is missing because it is misspelt is told of once. */
function withoutMisspelt(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties');
  return errors.filter(
    (error) =>
      error.keyword !== 'required' ||
      !unknown.some(
        (other) =>
          other.instancePath === error.instancePath &&
          meantKey(String(other.params.additionalProperty), knownKeys(other)) === error.params.missingProperty,
      ),
  );
}

const knownKeys = (error: ErrorObject): readonly string[] => Object.keys((error.parentSchema?.properties as object | undefined) ?? {});

/** The nearest key; else one of which it is a part, or whose part it is: with_check for check, values for for_values. */
function meantKey(key: string, known: readonly string[]): string | null {
  const parts = new Set(key.toLowerCase().split('_'));
  return (
    nearest(key, known) ??
    known.find((other) => key.length >= 3 && other.startsWith(key)) ??
    known.find((other) => parts.has(other)) ??
    known.find((other) => other.split('_').includes(key)) ??
    null
  );
}

/** A JSON pointer as steps into the value: digits are positions only where the value is a list. */
function pathOf(pointer: string, value: unknown): YamlPath {
  let current: unknown = value;
  return pointer
    .split('/')
    .slice(1)
    .map((escaped) => {
      const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(current) ? Number(key) : key;
      current = typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[key] : undefined;
      return step;
    });
}

function where(path: YamlPath): string {
  return path.length === 0 ? 'the file' : path.join('.');
}

function unknownKey(yaml: YamlFile, error: ErrorObject, path: YamlPath, codes: SchemaErrorCodes): Diagnostic | null {
  if (error.keyword !== 'additionalProperties' && error.keyword !== 'unevaluatedProperties') return null;
  const key = String(error.params.additionalProperty ?? error.params.unevaluatedProperty);
  const known = knownKeys(error);
  const meant = meantKey(key, known);
  return {
    code: codes.unknownKey,
    severity: 'error',
    summary: `unknown key: ${key}`,
    detail: known.length > 0 ? `${where(path)} has: ${known.join(', ')}` : `${where(path)} has no keys`,
    ...(meant === null ? {} : { hint: `did you mean ${meant}?` }),
    span: yaml.span([...path, key], 'key'),
  };
}

function missingKey(yaml: YamlFile, error: ErrorObject, path: YamlPath, codes: SchemaErrorCodes): Diagnostic | null {
  if (error.keyword !== 'required' && error.keyword !== 'dependentRequired') return null;
  const key = String(error.params.missingProperty);
  return {
    code: codes.missingKey,
    severity: 'error',
    summary: `${where(path)} needs the key ${key}`,
    span: yaml.span(path, path.length === 0 ? 'value' : 'key'),
  };
}

function badKey(yaml: YamlFile, error: ErrorObject, path: YamlPath, codes: SchemaErrorCodes): Diagnostic | null {
  const key = error.keyword === 'propertyNames' ? String(error.params.propertyName) : error.propertyName;
  if (key === undefined) return null;
  const names = (error.parentSchema?.propertyNames ?? error.parentSchema) as { title?: string } | undefined;
  return {
    code: codes.unknownKey,
    severity: 'error',
    summary: `${key} is not a name that may stand here`,
    ...(names?.title === undefined ? {} : { detail: `expected ${names.title}` }),
    span: yaml.span([...path, key], 'key'),
  };
}

function repeated(yaml: YamlFile, error: ErrorObject, path: YamlPath, codes: SchemaErrorCodes): Diagnostic | null {
  if (error.keyword !== 'uniqueItems') return null;
  const second = Math.max(Number(error.params.i), Number(error.params.j));
  return {
    code: codes.wrongValue,
    severity: 'error',
    summary: `${where(path)} has ${described((error.data as readonly unknown[])[second])} twice`,
    hint: 'remove one of the two',
    span: yaml.span([...path, second]),
  };
}

function wrongValue(yaml: YamlFile, error: ErrorObject, path: YamlPath, all: readonly ErrorObject[], codes: SchemaErrorCodes): Diagnostic {
  const same = all.filter((other) => other.instancePath === error.instancePath);
  const union = same.find(
    (other) => other.keyword === 'anyOf' && (other.parentSchema as { title?: string } | undefined)?.title !== undefined,
  );
  const expected =
    path.length === 0
      ? ['a map of keys and values']
      : union
        ? [expectation(union)]
        : [...new Set(same.map(expectation).filter((text) => text !== null))];
  const words = same.flatMap((other) => (other.keyword === 'enum' ? (other.params.allowedValues as unknown[]) : []));
  const meant =
    typeof error.data === 'string'
      ? nearest(
          error.data,
          words.filter((word) => typeof word === 'string'),
        )
      : null;
  return {
    code: codes.wrongValue,
    severity: 'error',
    summary: `${where(path)} is ${described(error.data)}`,
    ...(expected.length === 0 ? {} : { detail: `expected ${expected.join(' or ')}` }),
    ...(meant === null ? insteadOf(error.data, same) : { hint: `did you mean ${meant}?` }),
    span: error.data === null && path.length > 0 ? yaml.span(path, 'key') : yaml.span(path),
  };
}

/** How the value is written where its meaning is clear and only its form is not. */
function insteadOf(data: unknown, errors: readonly ErrorObject[]): { readonly hint?: string } {
  const types = errors.flatMap(({ keyword, params }) => (keyword === 'type' ? [params.type as string | readonly string[]].flat() : []));
  if (typeof data === 'string' && types.includes('boolean')) {
    if (/^(yes|on|y)$/i.test(data)) return { hint: 'write true' };
    if (/^(no|off|n)$/i.test(data)) return { hint: 'write false' };
  }
  if (typeof data === 'string' && types.includes('array') && /^[\w ]+$/.test(data)) return { hint: `write [${data}]` };
  if (typeof data === 'number' && types.every((type) => type === 'string') && types.length > 0) return { hint: `write "${data}"` };
  return {};
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
};

/** What would have been right, in words. */
function expectation(error: ErrorObject): string | null {
  const title = (error.parentSchema as { title?: string } | undefined)?.title;
  if (title !== undefined) return title;
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'type':
      return [params.type]
        .flat()
        .map((type) => TYPES[String(type)] ?? String(type))
        .join(' or ');
    case 'enum':
      return `one of: ${(params.allowedValues as unknown[]).map(String).join(', ')}`;
    case 'const':
      return String(params.allowedValue);
    case 'minItems':
    case 'minProperties':
      return `at least ${String(params.limit)} of them`;
    case 'maxItems':
    case 'maxProperties':
      return `at most ${String(params.limit)} of them`;
    case 'minLength':
      return 'text that is not empty';
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `a number ${String(params.comparison)} ${String(params.limit)}`;
    case 'pattern':
      return `text that matches ${String(params.pattern)}`;
    default:
      return null;
  }
}

function described(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty map' : 'a map';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
