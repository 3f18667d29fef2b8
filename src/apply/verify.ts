/** Checks a plan without applying it, with and without its database; whether the schema still fits is only asked by apply. */
import type { ClientBase } from 'pg';
import { readServer } from '../catalog/server.js';
import { pinSession } from '../catalog/session.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { openPlan } from '../plan/file.js';
import { planRow, readLedger } from './ledger.js';
import { checkPlan, checkStartTime, openTrusted, type TrustPolicy, type Validity } from './validity.js';

export interface VerifyInput {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly policy: TrustPolicy;
  /** Null: none was named, and the plan may be for any. */
  readonly environment: string | null;
  readonly now: Date;
}

/** Form, signatures, format, environment and dates. */
export function verifyOffline(input: VerifyInput): Validity {
  try {
    const trusted = openTrusted(input.bytes, input.file, input.policy, input.now);
    const { plan } = trusted.document;
    if (input.environment !== null && plan.environment !== input.environment) throw otherEnvironment(plan.environment, input.environment);
    checkStartTime(plan, input.now);
    return { ok: true, status: 'fresh', trusted, exitCode: ExitCode.done, diagnostics: trusted.notes };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { ok: false, exitCode: error.exitCode, diagnostics: error.diagnostics };
  }
}

/** The same, and the identity of the database and what its ledger remembers. */
export async function verifyAgainst(client: ClientBase, input: VerifyInput): Promise<Validity> {
  await pinSession(client);
  const facts = await readServer(client);
  const ledger = await readLedger(client);
  const opened = openPlan(input.bytes, input.file);
  const id = opened.ok && typeof opened.document.plan.id === 'string' ? opened.document.plan.id : null;
  const memory = ledger === null || id === null ? null : await planRow(client, id);
  const live = {
    system_identifier: facts.system_identifier,
    name: facts.database,
    uuid: ledger?.database ?? null,
    server_version: facts.version,
    major: facts.major,
  };
  return checkPlan({ ...input, live, memory });
}

function otherEnvironment(planned: string | null, given: string): DiagnosticError {
  const summary = `the plan is for ${planned === null ? 'no environment' : `environment ${planned}`}, and this is ${given}`;
  const diagnostic: Diagnostic = {
    code: 'SC6201',
    severity: 'error',
    summary,
    hint: planned === null ? `make the plan with --env ${given}` : `use --env ${planned}`,
  };
  return new DiagnosticError([diagnostic], ExitCode.stale);
}
