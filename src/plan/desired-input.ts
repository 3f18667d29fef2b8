/** How this tool reads desired files: with the rules of every kind. Names none. */
import type { LoadOptions } from '../desired/load.js';
import { kinds } from '../kinds/registry.js';

export function desiredInput(paths: readonly string[]): LoadOptions {
  return { paths, rules: kinds.flatMap((kind) => kind.sql ?? []) };
}
