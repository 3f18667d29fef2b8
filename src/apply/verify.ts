/** Checks a plan without applying it, with and without its database, by the checks that apply makes; changes nothing. Knows no kind. */
import pg, { type ClientBase, escapeIdentifier } from 'pg';
import { readServer } from '../catalog/server.js';
import { pinSession } from '../catalog/session.js';
import type { ConnectionSpec } from '../core/connection.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { PlanBody } from '../core/plan.js';
import { openPlan } from '../plan/file.js';
import { planRow, readLedger, stepRows } from './ledger.js';
import { readNow } from './look.js';
import { movedSince } from './position.js';
import { blockedByPolicy, stale } from './refusals.js';
import { assertFresh, assertOutside, inTheWay } from './start.js';
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
    assertAllowed(plan);
    return { ok: true, status: 'fresh', trusted, exitCode: ExitCode.done, diagnostics: trusted.notes };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { ok: false, exitCode: error.exitCode, diagnostics: error.diagnostics };
  }
}

/** The same, and the identity of the database, what its ledger remembers, and whether the schema is where the plan goes on from. */
export async function verifyAgainst(client: ClientBase, input: VerifyInput): Promise<Validity> {
  await client.query('set default_transaction_read_only = on');
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
  const validity = checkPlan({ ...input, live, memory });
  if (!validity.ok || validity.status === 'already-applied') return validity;
  try {
    await assertStands(client, validity.trusted.document.plan, validity.status, ledger !== null);
    return validity;
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { ok: false, exitCode: error.exitCode, diagnostics: error.diagnostics };
  }
}

/** The same, over a connection of its own. */
export async function verifyOn(target: ConnectionSpec, input: VerifyInput): Promise<Validity> {
  const client = new pg.Client(target.config);
  await client.connect();
  try {
    return await verifyAgainst(client, input);
  } finally {
    await client.end();
  }
}

/** @throws DiagnosticError: blocked (3), or not where the plan starts from or stopped, or another open plan in the way (4) */
async function assertStands(client: ClientBase, plan: PlanBody, status: 'fresh' | 'resume', hasLedger: boolean): Promise<void> {
  assertAllowed(plan);
  await readAs(client, plan.apply_as);
  await pinSession(client, plan.settings);
  const state = await readNow({ work: client }, plan, false);
  if (status === 'fresh') {
    assertFresh(plan, state);
    if (hasLedger) await inTheWay(client, plan);
    return;
  }
  const rows = await stepRows(client, plan.id);
  // What a step that was begun left is looked at, and cleared, by the apply that goes on there.
  if (rows.some((row) => row.state === 'intent')) return;
  await assertOutside(client, plan, state);
  const moved = movedSince(plan, rows.filter((row) => row.state === 'done').length, state);
  if (moved.length > 0) throw stale(moved);
}

/** What the catalog shows (of subscriptions, of user mappings) depends on who asks; a role that may not act as another sees its own part. */
async function readAs(client: ClientBase, role: string): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>(
    `select pg_catalog.pg_has_role(r.oid, 'member') as may from pg_catalog.pg_roles r where r.rolname = $1 and r.rolname <> current_user`,
    [role],
  );
  if (rows[0]?.may === true) await client.query(`set role ${escapeIdentifier(role)}`);
}

/** @throws DiagnosticError (exit 3) */
function assertAllowed(plan: PlanBody): void {
  const blocked = blockedByPolicy(plan);
  if (blocked !== null) throw blocked;
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
