/** Which database a command speaks to: the first of the places that may say so; the order is fixed and documented for users. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ConnectionSpec } from '../core/connection.js';
import { DiagnosticError, type Span } from '../core/diagnostic.js';
import type { ConfiguredConnection, ConnectionSource } from './config.js';
import { connectionOf, connectionOfVariables, namedByVariables } from './connection.js';
import { ConninfoError } from './conninfo.js';
import { redact } from './redact.js';

export interface ConnectionRequest {
  /** --url */
  readonly url: string | null;
  /** Of the environment that was chosen. */
  readonly environment: { readonly name: string; readonly connection: ConfiguredConnection | null } | null;
  readonly env: NodeJS.ProcessEnv;
  readonly applicationName: string;
}

export interface ResolvedConnection extends ConnectionSpec {
  /** What named it: "--url", "environment production (schemactl.yaml:21)". */
  readonly origin: string;
}

/** --url, then SCHEMACTL_URL, the environment's entry, DATABASE_URL, and PG* variables. */
export async function resolveConnection(request: ConnectionRequest): Promise<ResolvedConnection> {
  const { env, environment, applicationName } = request;
  const ofText = (origin: string, text: string, span?: Span) => attempt(origin, span, () => connectionOf(text, env, applicationName));
  if (request.url !== null) return ofText('--url', request.url);
  if (env.SCHEMACTL_URL) return ofText('SCHEMACTL_URL', env.SCHEMACTL_URL);
  if (environment?.connection) {
    const origin = `environment ${environment.name}`;
    return connectionFrom(origin, environment.connection, env, applicationName);
  }
  if (env.DATABASE_URL) return ofText('DATABASE_URL', env.DATABASE_URL);
  if (namedByVariables(env)) return attempt('PG* variables', undefined, () => connectionOfVariables(env, applicationName));
  throw new DiagnosticError([
    {
      code: 'SC7010',
      severity: 'error',
      summary: environment ? `environment ${environment.name} names no database` : 'no database was named',
      detail: `looked at ${['--url', 'SCHEMACTL_URL', environment ? `environment ${environment.name}` : null, 'DATABASE_URL', 'PG* variables'].filter(Boolean).join(', ')}`,
      hint: environment
        ? `add url or service to it in the configuration, or give --url`
        : 'give --url postgresql://user@host:port/database, or --env NAME',
    },
  ]);
}

/** The connection that one entry of the configuration stands for. */
export async function connectionFrom(
  origin: string,
  { source, span }: Pick<ConfiguredConnection, 'source'> & { readonly span?: Span },
  env: NodeJS.ProcessEnv,
  applicationName: string,
): Promise<ResolvedConnection> {
  if (source.from === 'service') return attempt(origin, span, () => connectionOfVariables(env, applicationName, source.name));
  return attempt(origin, span, () => connectionOf(textOf(source, span, env), env, applicationName));
}

async function attempt(origin: string, span: Span | undefined, connect: () => Promise<ConnectionSpec>): Promise<ResolvedConnection> {
  try {
    return { ...(await connect()), origin };
  } catch (error) {
    if (!(error instanceof ConninfoError)) throw error;
    const code = /^no service /.test(error.message) ? 'SC7014' : 'SC7011';
    throw fault(code, `the connection of ${origin} cannot be used: ${redact(error.message)}`, span);
  }
}

function fault(code: string, summary: string, span: Span | undefined, hint?: string): DiagnosticError {
  return new DiagnosticError([{ code, severity: 'error', summary, ...(hint ? { hint } : {}), ...(span ? { span } : {}) }]);
}

const COMMAND_MS = 30_000;

function textOf(source: Exclude<ConnectionSource, { from: 'service' }>, span: Span | undefined, env: NodeJS.ProcessEnv): string {
  switch (source.from) {
    case 'text':
      return source.url;
    case 'env': {
      const value = env[source.name];
      if (!value)
        throw fault(
          'SC7012',
          `the environment variable ${source.name} is not set`,
          span,
          `set ${source.name} to postgresql://user@host:port/database`,
        );
      return value;
    }
    case 'file':
      try {
        return readFileSync(source.path, 'utf8').trim();
      } catch (error) {
        throw fault('SC7013', `cannot read the connection string: ${(error as Error).message}`, span);
      }
    case 'command':
      return outputOf(source.argv, source.cwd, span);
  }
}

/** Standard output of a program, without a shell; its standard error goes to the user, who may have to type there. */
function outputOf(argv: readonly string[], cwd: string, span: Span | undefined): string {
  const [program = '', ...rest] = argv;
  try {
    return execFileSync(program, rest, { cwd, encoding: 'utf8', timeout: COMMAND_MS, stdio: ['inherit', 'pipe', 'inherit'] }).trim();
  } catch (error) {
    const { status, code } = error as { status?: number | null; code?: string };
    const reason =
      typeof status === 'number' ? `it exited with ${status}` : code === 'ENOENT' ? 'there is no such program' : (code ?? 'it failed');
    throw fault('SC7013', `the command ${program} gave no connection string: ${reason}`, span);
  }
}
