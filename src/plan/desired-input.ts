/** How this tool reads desired files: with the rules of every kind. Names none. */
import type { LoadRequest } from '../desired/load.js';
import { kinds } from '../kinds/registry.js';

export function desiredInput(paths: readonly string[]): LoadRequest {
  return { paths, rules: kinds.flatMap((kind) => kind.sql ?? []) };
}
