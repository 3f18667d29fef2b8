/** Findings as SARIF 2.1.0, for code scanning. Pure; knows no finding. */
import { createHash } from 'node:crypto';
import { CODES } from '../core/codes.js';
import type { Diagnostic } from '../core/diagnostic.js';
import { sortDiagnostics } from './diagnostics.js';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** `path` gives the URI of a file relative to the root of the repository. */
export function sarif(diagnostics: readonly Diagnostic[], tool: { readonly version: string }, path: (file: string) => string): string {
  const sorted = sortDiagnostics(diagnostics);
  const codes = [...new Set(sorted.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'schemactl', version: tool.version, rules: codes.map(rule) } },
        columnKind: 'utf16CodeUnits',
        results: sorted.map((diagnostic) => result(diagnostic, codes.indexOf(diagnostic.code), path)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(code: string): object {
  const entry = CODES[code];
  return { id: code, shortDescription: { text: entry?.title ?? code }, ...(entry ? { help: { text: entry.hint } } : {}) };
}

function result(diagnostic: Diagnostic, ruleIndex: number, path: (file: string) => string): object {
  const { span } = diagnostic;
  const text = [diagnostic.summary, diagnostic.detail, diagnostic.hint && `hint: ${diagnostic.hint}`].filter(Boolean).join('\n');
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([diagnostic.code, diagnostic.address ?? diagnostic.summary, span ? path(span.file) : '']))
    .digest('hex');
  return {
    ruleId: diagnostic.code,
    ruleIndex,
    level: LEVELS[diagnostic.severity],
    message: { text },
    ...(span
      ? {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: path(span.file).split('/').map(encodeURIComponent).join('/') },
                region: { startLine: span.start.line, startColumn: span.start.column, endLine: span.end.line, endColumn: span.end.column },
              },
            },
          ],
        }
      : {}),
    partialFingerprints: { 'schemactl/v1': fingerprint },
  };
}
