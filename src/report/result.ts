/** The one JSON document that a command writes with --json, however it ended. Pure; knows no command. */
import { CODES } from '../core/codes.js';
import type { Diagnostic, Span } from '../core/diagnostic.js';
import { sortDiagnostics } from './diagnostics.js';
import { COMMAND_RESULTS, RESULT_FORMAT, RESULT_FORMAT_VERSION } from './result-schema.js';

export interface ResultInput {
  /** Null: the command line names none that exists. */
  readonly command: string | null;
  readonly exitCode: number;
  readonly status: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What the command has to say beside that; anything that JSON can hold. */
  readonly members: object;
}

export interface ResultOptions {
  /** How a file is shown: relative to where the user is. */
  readonly path: (file: string) => string;
  /** Takes secrets out of words. */
  readonly clean: (text: string) => string;
}

/** @throws Error when the command answers something that the published schema does not list */
export function resultText(input: ResultInput, options: ResultOptions): string {
  const known = input.command === null ? {} : (COMMAND_RESULTS[input.command]?.members ?? {});
  const strange = Object.keys(input.members).filter((name) => !Object.hasOwn(known, name));
  if (strange.length > 0) throw new Error(`the result of ${input.command} has members that its schema lacks: ${strange.join(', ')}`);
  const document = {
    format: RESULT_FORMAT,
    format_version: RESULT_FORMAT_VERSION,
    command: input.command,
    exit_code: input.exitCode,
    status: input.status,
    diagnostics: sortDiagnostics(input.diagnostics).map((diagnostic) => shown(diagnostic, options)),
    ...input.members,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function shown(diagnostic: Diagnostic, { path, clean }: ResultOptions): object {
  const place = (span: Span): Span => ({ ...span, file: path(span.file) });
  const { code, severity, summary, detail, address, span, related } = diagnostic;
  const hint = diagnostic.hint ?? (severity === 'error' ? CODES[code]?.hint : undefined);
  return {
    code,
    severity,
    summary: clean(summary),
    ...(detail === undefined ? {} : { detail: clean(detail) }),
    ...(hint === undefined ? {} : { hint: clean(hint) }),
    ...(address === undefined ? {} : { address }),
    ...(span === undefined ? {} : { span: place(span) }),
    ...(related === undefined ? {} : { related: related.map(({ message, span: at }) => ({ message: clean(message), span: place(at) })) }),
  };
}
