/** How this tool reads desired files: with the rules and slots of every kind. Names none. */
import type { Diagnostic } from '../core/diagnostic.js';
import { type Source, sourceName, type TextualSource } from '../core/source.js';
import type { Variables } from '../core/variables.js';
import type { LoadOptions } from '../desired/load.js';
import { yamlReader } from '../desired/yaml/read.js';
import { kindsAskedFor } from '../diff/cluster-wide.js';
import { kinds } from '../kinds/registry.js';

const parseYaml = yamlReader(kinds);

/**
 * `manage`: patterns that ask for what belongs to the whole server; null: whatever is declared is asked for.
 * `variables`: what `${name}` stands for; null: nothing stands for anything else.
 */
export function desiredInput(
  paths: readonly TextualSource[],
  manage: readonly string[] | null,
  variables: Variables | null = null,
): LoadOptions {
  const asked = new Set(manage === null ? kinds : kindsAskedFor(kinds, manage));
  const rules = kinds.filter((kind) => asked.has(kind)).flatMap((kind) => kind.sql ?? []);
  const others = kinds.filter((kind) => !asked.has(kind));
  const unasked = others.flatMap((kind) => (kind.sql ?? []).map((rule) => ({ rule, kind: kind.name })));
  return { paths, rules, unasked, variables, parseYaml: (file, read, scope) => parseYaml(file, read, scope, others) };
}

/** Never taken as an empty state, which would mean dropping everything. */
export function nothingDeclared(sources: readonly Source[]): Diagnostic {
  return {
    code: 'SC1001',
    severity: 'error',
    summary: 'the desired state declares nothing',
    detail: `looked in ${sources.map(sourceName).join(', ')}`,
    hint: 'name files or folders that hold SQL or YAML with --desired; to empty a schema, declare the schema itself',
  };
}
