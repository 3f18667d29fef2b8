/** Findings for people, as values that every layer returns and one place renders; knows no rendering. */
import type { Address } from './address.js';

/** A place in a file; lines and columns from 1, columns in characters, `offset` in characters from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A range of a file, end exclusive. */
export interface Span {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

export type Severity = 'error' | 'warning' | 'info';

export interface Diagnostic {
  /** Stable code, e.g. "SC1203"; the catalogue is core/codes.ts. */
  readonly code: string;
  readonly severity: Severity;
  /** One searchable sentence: lower case, no full stop. */
  readonly summary: string;
  /** What was found and what was expected, when the summary does not hold it. */
  readonly detail?: string;
  /** One imperative, copy-pasteable way out. */
  readonly hint?: string;
  readonly address?: Address;
  readonly span?: Span;
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
}

/** Carries diagnostics across layers when work cannot go on; `exitCode` is one of core/exit-code.ts. */
export class DiagnosticError extends Error {
  constructor(
    readonly diagnostics: readonly Diagnostic[],
    readonly exitCode: number = 1,
  ) {
    super(diagnostics.map((d) => `${d.code} ${d.summary}`).join('\n'));
    this.name = 'DiagnosticError';
  }
}
