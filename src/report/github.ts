/** Findings as GitHub workflow commands, which become annotations. Pure; knows no finding. */
import type { Diagnostic } from '../core/diagnostic.js';
import { sortDiagnostics } from './diagnostics.js';

/** GitHub shows ten annotations of a step and drops the others without a word. */
const MOST_ANNOTATIONS = 10;
const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;
const ORDER = { error: 0, warning: 1, info: 2 } as const;

export function githubAnnotations(diagnostics: readonly Diagnostic[], path: (file: string) => string): string {
  const sorted = [...sortDiagnostics(diagnostics)].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  const over = sorted.length > MOST_ANNOTATIONS;
  const shown = sorted.slice(0, over ? MOST_ANNOTATIONS - 1 : MOST_ANNOTATIONS);
  const lines = shown.map((diagnostic) => annotation(diagnostic, path));
  if (over) lines.push(`::notice::and ${sorted.length - shown.length} more findings, see the log`);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function annotation({ code, severity, summary, detail, hint, span }: Diagnostic, path: (file: string) => string): string {
  const place = span
    ? [`file=${property(path(span.file))}`, `line=${span.start.line}`, `endLine=${span.end.line}`, `col=${span.start.column}`]
    : [];
  const message = [summary, detail, hint && `hint: ${hint}`].filter(Boolean).join('\n');
  return `::${COMMANDS[severity]} ${[...place, `title=${property(code)}`].join(',')}::${data(message)}`;
}

/** As the runner decodes it; an unescaped line break would end the command, and what follows could be one of its own. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
