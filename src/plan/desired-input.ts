/** How this tool reads desired files: with the rules and slots of every kind. Names none. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { LoadOptions } from '../desired/load.js';
import { yamlReader } from '../desired/yaml/read.js';
import { kinds } from '../kinds/registry.js';

const parseYaml = yamlReader(kinds);

export function desiredInput(paths: readonly string[]): LoadOptions {
  return { paths, rules: kinds.flatMap((kind) => kind.sql ?? []), parseYaml };
}

/** Never taken as an empty state, which would mean dropping everything. */
export function nothingDeclared(paths: readonly string[]): Diagnostic {
  return {
    code: 'SC1001',
    severity: 'error',
    summary: 'the desired state declares nothing',
    detail: `looked in ${paths.join(', ')}`,
    hint: 'name files or folders that hold SQL or YAML with --desired; to empty a schema, declare the schema itself',
  };
}
