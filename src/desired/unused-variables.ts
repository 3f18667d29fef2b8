/** Variables that no file uses, told at the place of their values; knows no language. */
import type { Diagnostic } from '../core/diagnostic.js';
import { nearest } from '../core/suggest.js';
import type { Variables } from '../core/variables.js';

export function unusedVariables(variables: Variables | null, used: ReadonlySet<string>): readonly Diagnostic[] {
  return [...(variables?.values() ?? [])]
    .filter(({ name, expected }) => expected && !used.has(name))
    .map(({ name, span }) => {
      const meant = nearest(name, used);
      const diagnostic: Diagnostic = {
        code: 'SC1083',
        severity: 'warning',
        summary: `no desired file uses the variable ${name}`,
        hint: meant === null ? `write \${${name}} where its value belongs, or remove it` : `the files use ${meant}: is that the one?`,
      };
      return span === null ? diagnostic : { ...diagnostic, span };
    });
}
