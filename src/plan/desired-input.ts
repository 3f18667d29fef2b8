/** How this tool reads desired files: with the rules and slots of every kind. Names none. */
import type { LoadOptions } from '../desired/load.js';
import { yamlReader } from '../desired/yaml/read.js';
import { kinds } from '../kinds/registry.js';

const parseYaml = yamlReader(kinds);

export function desiredInput(paths: readonly string[]): LoadOptions {
  return { paths, rules: kinds.flatMap((kind) => kind.sql ?? []), parseYaml };
}
