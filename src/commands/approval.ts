/** The question before something is ended or taken back. Knows no command. */
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { canAsk, confirmed } from './confirm.js';
import type { Interruption } from './interruption.js';

export interface Question {
  /** "ending sessions". */
  readonly what: string;
  /** What would happen, for the one who answers. */
  readonly shown: string;
  readonly question: string;
  readonly expected: string;
}

/** @throws DiagnosticError SC5503 (exit 6) when nobody can be asked, or the answer is no */
export async function ask({ what, shown, question, expected }: Question, interruption: Interruption): Promise<void> {
  if (!canAsk()) {
    const detail = 'standard input and standard error are not both terminals';
    throw refusal(`${what} is not approved: there is no terminal to ask on`, ExitCode.notApproved, detail);
  }
  process.stderr.write(shown);
  if (await confirmed(`\n${question} Only "${expected}" is a yes: `, expected, interruption.signal)) return;
  throw refusal(`${what} was not approved: nothing was changed`, interruption.exitCode() ?? ExitCode.notApproved);
}

function refusal(summary: string, exitCode: number, detail?: string): DiagnosticError {
  const hint = 'approve it with --yes';
  return new DiagnosticError([{ code: 'SC5503', severity: 'error', summary, hint, ...(detail === undefined ? {} : { detail }) }], exitCode);
}
