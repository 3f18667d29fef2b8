/** Whether desired files can be understood at all: not without the values of their variables. Knows no kind. */
import type { Diagnostic } from '../core/diagnostic.js';

const LACKING: ReadonlySet<string> = new Set(['SC1080', 'SC1081', 'SC1082']);

export function isLackOfValue({ code, severity }: Diagnostic): boolean {
  return severity === 'error' && LACKING.has(code);
}

/** True: what else the server would say of the files follows from that. */
export function lacksValues(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(isLackOfValue);
}
