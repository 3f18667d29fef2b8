/** Findings as people read them in a terminal: code, sentence, place, the line itself with a caret, a way out. Pure; knows no finding. */
import { CODES } from '../core/codes.js';
import type { Diagnostic, Span } from '../core/diagnostic.js';
import { COLOURED, type Paint, PLAIN } from './colour.js';
import { printable, printableLines } from './printable.js';

export interface DiagnosticsOptions {
  readonly colour?: boolean;
  /** Text of a file that a span names, or null when there is none. */
  readonly source: (file: string) => string | null;
  /** How a file is shown: relative to where the user is. */
  readonly path: (file: string) => string;
}

/** More than these are not read. */
export const MOST_SHOWN = 50;

const ORDER = { error: 0, warning: 1, info: 2 } as const;

/** By file, line and column; findings without a place first; equal ones once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = (d: Diagnostic): string =>
    JSON.stringify([d.code, d.summary, d.detail ?? '', d.address ?? '', d.span?.file ?? '', d.span?.start.offset ?? 0]);
  const unique = [...new Map(diagnostics.map((d) => [key(d), d])).values()];
  return unique.sort((a, b) => {
    const [fileA, fileB] = [a.span?.file ?? '', b.span?.file ?? ''];
    if (fileA !== fileB) return fileA < fileB ? -1 : 1;
    return (a.span?.start.offset ?? 0) - (b.span?.start.offset ?? 0) || ORDER[a.severity] - ORDER[b.severity] || (a.code < b.code ? -1 : 1);
  });
}

export function diagnosticsText(diagnostics: readonly Diagnostic[], options: DiagnosticsOptions): string {
  const sorted = sortDiagnostics(diagnostics);
  const mostSevere = [...sorted].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]).slice(0, MOST_SHOWN);
  const shown = sorted.filter((diagnostic) => mostSevere.includes(diagnostic));
  const paint = options.colour ? COLOURED : PLAIN;
  const said = new Set(shown.map(({ hint }) => hint));
  const parts = shown.map((diagnostic) => one(diagnostic, options, paint, diagnostic.hint ?? usualHint(diagnostic, said)));
  if (shown.length < sorted.length) parts.push(`and ${sorted.length - shown.length} more\n`);
  return parts.join('\n');
}

/** No error without a way out: the usual one of its code, unless another finding (of which this is a part) says it already. */
function usualHint({ code, severity }: Diagnostic, said: ReadonlySet<string | undefined>): string | undefined {
  const usual = severity === 'error' ? CODES[code]?.hint : undefined;
  return said.has(usual) ? undefined : usual;
}

function one(diagnostic: Diagnostic, options: DiagnosticsOptions, paint: Paint, hint: string | undefined): string {
  const tint = diagnostic.severity === 'error' ? paint.red : diagnostic.severity === 'warning' ? paint.yellow : paint.cyan;
  const lines = [`${tint(paint.bold(`${diagnostic.severity}[${diagnostic.code}]`))} ${paint.bold(printable(diagnostic.summary))}`];
  const snippet = diagnostic.span ? snippetLines(diagnostic.span, options, paint) : [];
  if (diagnostic.span) lines.push(`  ${placeOf(diagnostic.span, options)}`);
  lines.push(...snippet);
  if (diagnostic.detail) {
    const [first = '', ...rest] = printableLines(diagnostic.detail).split('\n');
    lines.push(
      `${snippet.length > 0 ? '     = ' : '  '}${first}`,
      ...rest.map((line) => `${snippet.length > 0 ? '       ' : '  '}${line}`),
    );
  }
  for (const { message, span } of diagnostic.related ?? []) lines.push(`  ${printable(message)} at ${placeOf(span, options)}`);
  if (hint) {
    const [first = '', ...rest] = printableLines(hint).split('\n');
    lines.push(`  ${paint.cyan('hint:')} ${first}`, ...rest.map((line) => `        ${line}`));
  }
  return `${lines.join('\n')}\n`;
}

function placeOf(span: Span, options: DiagnosticsOptions): string {
  return printable(`${options.path(span.file)}:${span.start.line}:${span.start.column}`);
}

const WIDEST = 160;

/** The line that the span starts on, with carets under the span. Tabs become single spaces so that the carets stand right. */
function snippetLines(span: Span, options: DiagnosticsOptions, paint: Paint): string[] {
  const line = options.source(span.file)?.split(/\r\n|\n|\r/)[span.start.line - 1];
  if (line === undefined || line.trim() === '') return [];
  const start = span.start.column - 1;
  const end = span.end.line === span.start.line ? Math.max(span.end.column - 1, start + 1) : line.length;
  const from = start > WIDEST - 40 ? start - 40 : 0;
  const prefix = from > 0 ? '…' : '';
  const part = (text: string): string => printable(text.replaceAll('\t', ' '));
  const before = prefix + part(line.slice(from, start));
  const marked = part(line.slice(start, Math.min(end, from + WIDEST)));
  const after = part(line.slice(Math.min(end, from + WIDEST), from + WIDEST));
  const number = String(span.start.line).padStart(4);
  return [
    paint.dim('     |'),
    `${paint.dim(`${number} |`)} ${before}${marked}${after}`,
    `${paint.dim('     |')} ${' '.repeat(before.length)}${paint.red('^'.repeat(Math.max(1, marked.length)))}`,
  ];
}
