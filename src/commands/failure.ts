/** What went wrong, whatever threw it, as findings and an exit code; knows no command. */
import { Errors } from '@oclif/core';
import { redact } from '../config/redact.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { nearest } from '../core/suggest.js';
import { COMMAND_NAMES } from './names.js';
import { PACKAGE, VERSION } from './version.js';

export interface Failure {
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof DiagnosticError) return { diagnostics: error.diagnostics, exitCode: error.exitCode };
  if (error instanceof Errors.CLIError) return commandLine(error);
  if (error instanceof Error) return system(error) ?? bug(error);
  return bug(new Error(String(error)));
}

/** What oclif's parser says beside the message. */
interface ParseError {
  readonly flags?: readonly string[];
  readonly parse?: { readonly input?: { readonly flags?: Readonly<Record<string, unknown>> } };
}

/** oclif's parser, and its "command … not found". */
function commandLine(error: Error & ParseError): Failure {
  // The note about flags of several values is wrong for ours, which take one value each time.
  const text = error.message.replace(/\n\nNote: .*/s, '').replace('\nSee more help with --help', '');
  const [summary = '', ...rest] = text.split('\n');
  const command = /^command (\S+) not found/.exec(text)?.[1];
  const flag = Array.isArray(error.flags) ? error.flags[0] : undefined;
  const known = Object.keys(error.parse?.input?.flags ?? {}).map((name) => `--${name}`);
  const meant = command !== undefined ? nearest(command, COMMAND_NAMES) : flag !== undefined ? nearest(flag, known) : null;
  const detail = rest.join('\n').trim();
  return {
    diagnostics: [
      {
        code: 'SC7020',
        severity: 'error',
        summary: summary.charAt(0).toLowerCase() + summary.slice(1),
        ...(detail === '' ? {} : { detail }),
        hint: meant === null ? 'see schemactl --help, and schemactl COMMAND --help' : `did you mean ${meant}?`,
      },
    ],
    exitCode: ExitCode.usage,
  };
}

const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE']);
const FILES = new Set(['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'EROFS', 'ENOSPC', 'EEXIST', 'EMFILE']);

const UNREACHED = 'check that the server is up, its host and its port, e.g. with psql';

/** Errors of the surroundings, which are nobody's bug; null for all others. */
function system(error: Error & { code?: string; path?: string }): Failure | null {
  const one = (code: string, summary: string, hint?: string): Failure => ({
    diagnostics: [{ code, severity: 'error', summary: redact(summary), ...(hint ? { hint } : {}) }],
    exitCode: ExitCode.error,
  });
  const code = error.code ?? '';
  const message =
    error.message || (error instanceof AggregateError ? (error.errors as Error[]).map((each) => each.message).join('; ') : code);
  if (NETWORK.has(code) || (FILES.has(code) && /^connect /.test(error.message)))
    return one('SC7016', `cannot reach the database: ${message}`, UNREACHED);
  // What the driver says when the server asks and it has none.
  if (/client password must be/.test(message))
    return one('SC7016', 'the database asks for a password, and none was given', 'set PGPASSWORD, or add a line to ~/.pgpass');
  if (/does not support SSL/.test(message))
    return one('SC7016', `cannot reach the database: ${message}`, 'turn TLS on at the server, or say sslmode=disable if it needs none');
  if (/^(Connection terminated|timeout expired|.*certificate)/i.test(message)) {
    return one('SC7016', `cannot reach the database: ${message}`, UNREACHED);
  }
  if (FILES.has(code)) return one('SC7022', `a file cannot be read or written: ${message}`);
  // Classes of SQLSTATE: 08 connection, 28 authorization, 3D no such database, 53 resources, 57P shutdown and cancellation.
  if (/^(08|28|3D|53|57P)/.test(code)) {
    const hint = code.startsWith('28')
      ? 'check the user and the password'
      : code === '3D000'
        ? 'create it, or correct its name'
        : UNREACHED;
    return one('SC7016', `the database refused the connection: ${message} (SQLSTATE ${code})`, hint);
  }
  if (code === '42501' || code === '25006') return one('SC7017', `the role may not do what is needed: ${message} (SQLSTATE ${code})`);
  return null;
}

function bug(error: Error): Failure {
  const where = PACKAGE.bugs?.url ? ` at ${PACKAGE.bugs.url}` : '';
  return {
    diagnostics: [
      {
        code: 'SC9001',
        severity: 'error',
        summary: `unexpected: ${redact(error.message)}`,
        detail: redact(`schemactl ${VERSION}, node ${process.version}, ${process.platform}\n${error.stack ?? ''}`),
        hint: `this is a bug in schemactl; please report it${where} with the text above`,
      },
    ],
    exitCode: ExitCode.bug,
  };
}
