/** Patterns that can match nothing, because no kind has the name that they begin with. Knows kinds by the registry only. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { Pattern } from '../core/pattern.js';
import { nearest } from '../core/suggest.js';
import { kindByName } from '../kinds/registry.js';

/** Silence would be worse than an error: "tabel:app.*" would leave every table alone. */
export function patternProblems(patterns: readonly Pattern[]): readonly Diagnostic[] {
  return patterns.flatMap((pattern): readonly Diagnostic[] => {
    const kind = /^([a-z_]+):/.exec(pattern)?.[1];
    if (kind === undefined || kindByName.has(kind)) return [];
    const meant = nearest(kind, kindByName.keys());
    const hint =
      meant === null ? `it is one of: ${[...kindByName.keys()].join(', ')}` : `did you mean ${meant}:${pattern.slice(kind.length + 1)}?`;
    return [{ code: 'SC2202', severity: 'error', summary: `no kind of object is named ${kind}: ${pattern}`, hint }];
  });
}
