/** Findings as JUnit XML: one test case per file that was looked at, failed where it has errors. Pure; knows no finding. */
import type { Diagnostic } from '../core/diagnostic.js';
import { sortDiagnostics } from './diagnostics.js';
import { printableLines } from './printable.js';

/** `files` are all that were looked at, so that those without findings pass visibly. */
export function junit(diagnostics: readonly Diagnostic[], files: readonly string[], path: (file: string) => string): string {
  const byCase = new Map<string, Diagnostic[]>(files.map((file) => [path(file), []]));
  for (const diagnostic of sortDiagnostics(diagnostics)) {
    const name = diagnostic.span ? path(diagnostic.span.file) : (diagnostic.address ?? 'schemactl');
    byCase.set(name, [...(byCase.get(name) ?? []), diagnostic]);
  }
  const failures = [...byCase.values()].filter((found) => found.some(({ severity }) => severity === 'error')).length;
  const cases = [...byCase].map(([name, found]) => testCase(name, found)).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
<testsuite name="schemactl" tests="${byCase.size}" failures="${failures}" errors="0" skipped="0">
${cases}
</testsuite>
</testsuites>
`;
}

function testCase(name: string, found: readonly Diagnostic[]): string {
  const errors = found.filter(({ severity }) => severity === 'error');
  const others = found.filter(({ severity }) => severity !== 'error');
  const failure = errors[0]
    ? `<failure message="${xml(errors[0].summary)}" type="${xml(errors[0].code)}">${xml(errors.map(words).join('\n\n'))}</failure>`
    : '';
  const output = others.length > 0 ? `<system-out>${xml(others.map(words).join('\n\n'))}</system-out>` : '';
  return `<testcase classname="schemactl" name="${xml(name)}">${failure}${output}</testcase>`;
}

function words({ code, severity, summary, detail, hint, span }: Diagnostic): string {
  const at = span ? `${span.start.line}:${span.start.column} ` : '';
  return [`${at}${severity}[${code}] ${summary}`, detail, hint && `hint: ${hint}`].filter(Boolean).join('\n');
}

function xml(text: string): string {
  return printableLines(text).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
