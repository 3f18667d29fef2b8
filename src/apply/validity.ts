/** Whether a plan may run here and now: the checks in their fixed order, as pure functions; reads no file, clock or database. */
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { Hash, PlanBody, PlanDocument } from '../core/plan.js';
import { openPlan, type RawDocument } from '../plan/file.js';
import { validatePlan } from '../plan/validate.js';
import type { TrustedKeys } from '../trust/keys.js';
import { planDigest } from '../trust/statement.js';
import { type Signer, signedOtherwise, verifySignatures } from '../trust/verify.js';

/** The database at hand, as it says of itself. */
export interface LiveIdentity {
  readonly system_identifier: string | null;
  readonly name: string;
  /** From the ledger; null when there is none. */
  readonly uuid: string | null;
  readonly server_version: string;
  readonly major: number;
}

/** What the ledger remembers of this plan id. */
export interface LedgerMemory {
  readonly digest: Hash;
  readonly state: 'started' | 'aborting' | 'completed' | 'aborted';
  readonly started_at: string;
  readonly finished_at: string | null;
}

export interface TrustPolicy {
  readonly trusted: TrustedKeys;
  /** True when the environment insists on signatures even though it lists no keys (which then nothing can satisfy). */
  readonly requireSignature: boolean;
}

export interface Trusted {
  readonly document: PlanDocument;
  readonly digest: Hash;
  readonly signers: readonly Signer[];
  readonly notes: readonly Diagnostic[];
}

export type Standing = 'fresh' | 'resume' | 'already-applied';

export type Validity =
  | {
      readonly ok: true;
      readonly status: Standing;
      readonly trusted: Trusted;
      readonly exitCode: 0;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly exitCode: number; readonly diagnostics: readonly Diagnostic[] };

/** Everything up to the time; a fresh plan still has to meet `checkFingerprint`, and a resumed one its footprint. */
export function checkPlan(input: {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly policy: TrustPolicy;
  readonly environment: string | null;
  readonly live: LiveIdentity;
  readonly memory: LedgerMemory | null;
  readonly now: Date;
}): Validity {
  try {
    const trusted = openTrusted(input.bytes, input.file, input.policy, input.now, input.memory);
    const body = trusted.document.plan;
    const notes = [...trusted.notes, ...checkTarget(body, input.environment, input.live)];
    const remembered = checkLedger(body, trusted.digest, input.memory);
    notes.push(...remembered.notes);
    if (remembered.status === 'fresh') checkStartTime(body, input.now);
    return { ok: true, status: remembered.status, trusted, exitCode: ExitCode.done, diagnostics: notes };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { ok: false, exitCode: error.exitCode, diagnostics: error.diagnostics };
  }
}

/** For a look at a plan before its database is: what has a date is judged there, by the server's clock and what the ledger remembers. */
export const DATES_LATER = new Date(0);

/**
 * Byte form, signatures, format: all that needs no database.
 * Keys had to be good when the plan was started: one that expires meanwhile does not stop what the ledger says is under way or done.
 * @throws DiagnosticError
 */
export function openTrusted(bytes: Uint8Array, file: string, policy: TrustPolicy, now: Date, memory: LedgerMemory | null = null): Trusted {
  const opened = openPlan(bytes, file);
  if (!opened.ok) throw new DiagnosticError(opened.diagnostics, ExitCode.untrusted);
  const digest = planDigest(opened.document);
  const { signers, notes } = checkSignatures(opened.document, policy, memory?.digest === digest ? new Date(memory.started_at) : now);
  const validated = validatePlan(opened.document);
  if (!validated.ok) throw new DiagnosticError(validated.diagnostics, ExitCode.error);
  return { document: validated.document, digest, signers, notes };
}

/** @throws DiagnosticError */
export function checkSignatures(
  document: RawDocument,
  policy: TrustPolicy,
  now: Date,
): { readonly signers: readonly Signer[]; readonly notes: readonly Diagnostic[] } {
  if (policy.trusted.keys.length > 0) {
    const verification = verifySignatures(document, policy.trusted, now);
    if (!verification.ok) throw new DiagnosticError(verification.diagnostics, ExitCode.untrusted);
    return { signers: verification.signers, notes: verification.diagnostics };
  }
  if (policy.requireSignature) {
    throw refusal(ExitCode.untrusted, 'SC6113', 'the environment asks for signed plans but lists no trusted keys', {
      hint: 'add trusted keys to the environment',
    });
  }
  // Without keys a signature proves no signer, but one that is of something else still shows that the plan was changed.
  const otherwise = signedOtherwise(document);
  if (otherwise !== null) throw new DiagnosticError([otherwise], ExitCode.untrusted);
  const unchecked = document.signatures.length > 0;
  const summary = unchecked
    ? 'the signatures were not checked: no trusted keys are listed'
    : 'the plan is not signed, and no trusted keys are listed';
  return { signers: [], notes: [note('SC6114', summary, 'list trusted keys with the environment')] };
}

/** Environment and identity of the database. Returns notes. @throws DiagnosticError with all mismatches */
export function checkTarget(body: PlanBody, environment: string | null, live: LiveIdentity): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const different = (code: string, what: string, planned: string, found: string, hint = 'make a plan for this database'): void => {
    problems.push({ code, severity: 'error', summary: `the plan is for ${what} ${planned}, and this is ${found}`, hint });
  };
  if (body.environment !== environment) {
    const hint = body.environment === null ? `make the plan with --env ${environment}` : `run it with --env ${body.environment}`;
    different('SC6201', 'environment', quoted(body.environment), quoted(environment), hint);
  }
  const { database } = body;
  if (database.system_identifier !== null && live.system_identifier !== null && database.system_identifier !== live.system_identifier) {
    different('SC6202', 'the server with system identifier', database.system_identifier, live.system_identifier);
  }
  if (database.name !== live.name) different('SC6203', 'database', quoted(database.name), quoted(live.name));
  if (database.uuid !== null && live.uuid === null) {
    problems.push({
      code: 'SC6205',
      severity: 'error',
      summary: 'the plan was made while this database had a ledger, and it has none now',
      detail: `The ledger gave the database the identity ${database.uuid}. Without it nothing says what of the plan has run.`,
      hint: 'restore the schema schemactl, or make the plan again',
    });
  } else if (database.uuid !== null && database.uuid !== live.uuid) {
    different('SC6204', 'the database with ledger identity', database.uuid, String(live.uuid));
  }
  // The same text can mean something else, and read back differently, under another major version.
  if (database.major !== live.major) different('SC6206', 'PostgreSQL', String(database.major), String(live.major), 'make the plan again');
  if (problems.length > 0) throw new DiagnosticError(problems, ExitCode.stale);
  if (database.server_version === live.server_version) return [];
  return [note('SC6207', `the plan was made on PostgreSQL ${database.server_version}, and this is ${live.server_version}`)];
}

/** What has happened to this plan before. @throws DiagnosticError */
export function checkLedger(
  body: PlanBody,
  digest: Hash,
  memory: LedgerMemory | null,
): { readonly status: Standing; readonly notes: readonly Diagnostic[] } {
  if (memory === null) return { status: 'fresh', notes: [] };
  const hint = 'make a new plan';
  if (memory.digest !== digest) {
    throw refusal(ExitCode.untrusted, 'SC6211', `another plan was applied here under the id ${body.id}`, {
      detail: `The ledger knows it by ${memory.digest}; this one is ${digest}.`,
      hint,
    });
  }
  if (memory.state === 'aborted')
    throw refusal(ExitCode.untrusted, 'SC6212', `the plan ${body.id} was aborted and cannot be used again`, { hint });
  if (memory.state === 'aborting') {
    throw refusal(ExitCode.untrusted, 'SC6214', `the plan ${body.id} is being taken back and cannot go on`, {
      hint: `finish that with schemactl abort ${body.id}, then make a new plan`,
    });
  }
  if (memory.state === 'started') return { status: 'resume', notes: [] };
  const when = memory.finished_at === null ? '' : ` at ${memory.finished_at}`;
  return { status: 'already-applied', notes: [note('SC6213', `the plan ${body.id} was already applied${when}`)] };
}

/** @throws DiagnosticError */
export function checkStartTime(body: PlanBody, now: Date): void {
  if (now > new Date(body.not_after)) {
    throw refusal(ExitCode.untrusted, 'SC6221', `the plan expired at ${body.not_after}`, { hint: 'make the plan again' });
  }
}

/** To be asked before the first step of the contract phase, and not again while it is being finished. @throws DiagnosticError */
export function checkContractTime(body: PlanBody, now: Date): void {
  if (body.contract_not_after !== null && now > new Date(body.contract_not_after)) {
    throw refusal(ExitCode.untrusted, 'SC6222', `the contract phase of the plan expired at ${body.contract_not_after}`, {
      hint: 'make a plan that supersedes it',
    });
  }
}

/** Starting needs the whole state as it was. `moved` lists what is known to differ. @throws DiagnosticError */
export function checkFingerprint(body: PlanBody, live: Hash, moved: readonly Diagnostic[] = []): void {
  if (live === body.before.fingerprint) return;
  const stale: Diagnostic = {
    code: 'SC6231',
    severity: 'error',
    summary: 'the database has changed since the plan was made',
    detail: `The plan starts from ${body.before.fingerprint}; the managed objects are now at ${live}.`,
    hint: 'make the plan again',
  };
  throw new DiagnosticError([stale, ...moved], ExitCode.stale);
}

function quoted(name: string | null): string {
  return name === null ? 'none' : JSON.stringify(name);
}

function note(code: string, summary: string, hint?: string): Diagnostic {
  return { code, severity: 'info', summary, ...(hint === undefined ? {} : { hint }) };
}

function refusal(
  exitCode: number,
  code: string,
  summary: string,
  more: { readonly detail?: string; readonly hint: string },
): DiagnosticError {
  return new DiagnosticError([{ code, severity: 'error', summary, ...more }], exitCode);
}
