/** What there is to abort: an open plan of the ledger, whether it may be trusted, and how far it came. Changes nothing; knows no kind. */
import type { ClientBase } from 'pg';
import { readServer, type ServerFacts } from '../catalog/server.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { Hash, PlanBody, PlanStep } from '../core/plan.js';
import { type Along, goingAlong } from './going-along.js';
import { type LedgerIdentity, type LedgerPlan, type LedgerStep, planRow, readLedger, stepRows } from './ledger.js';
import { readOnly, standby } from './refusals.js';
import { checkTarget, openTrusted, type TrustPolicy } from './validity.js';

export interface AbortTarget {
  readonly id: string;
  /** Of the plan file that was given; null: only its id was. */
  readonly digest: Hash | null;
  readonly policy: TrustPolicy;
  readonly environment: string | null;
  /** Leave what is done as it is. */
  readonly keep: boolean;
}

export interface Abortable {
  readonly facts: ServerFacts;
  readonly row: LedgerPlan;
  readonly rows: readonly LedgerStep[];
  /** null with `keep`: nothing of the plan is run, so nothing of it needs to be readable. */
  readonly body: PlanBody | null;
  /** Steps that are done and not undone: the first so many of the plan. */
  readonly done: number;
  readonly notes: readonly Diagnostic[];
}

/** null: it was aborted before. @throws DiagnosticError SC5701, SC5702, SC5703 and those of validity */
export async function findAbortable(client: ClientBase, target: AbortTarget): Promise<Abortable | null> {
  const facts = await readServer(client);
  if (facts.in_recovery) throw standby();
  const ledger = await readLedger(client);
  const row = ledger === null ? null : await planRow(client, target.id);
  if (ledger === null || row === null) throw refusal('SC5701', `no plan ${target.id} was started in this database`, 'see schemactl status');
  if (target.digest !== null && target.digest !== row.digest) throw anotherPlan(row, target.digest);
  if (row.state === 'aborted') return null;
  if (row.state === 'completed') {
    const hint = 'take the desired state back to what it was and make a plan of that';
    throw refusal('SC5702', `the plan ${row.id} was completed at ${row.finished_at} and cannot be aborted`, hint);
  }
  if (facts.read_only !== null) throw readOnly(facts.read_only);
  const rows = await stepRows(client, row.id);
  const done = rows.filter(({ state }) => state === 'done' || state === 'undoing').length;
  if (target.keep) {
    if (row.environment !== target.environment) throw otherEnvironment(row.environment, target.environment);
    return { facts, row, rows, body: null, done, notes: [] };
  }
  const { body, notes } = trustedBody(row, ledger, facts, target);
  refuseWithoutUndo(body, done, goingAlong(body, rows));
  return { facts, row, rows, body, done, notes };
}

/** The document of the ledger has to pass what a plan file has to: whoever may write to the ledger must not get statements run. */
function trustedBody(
  row: LedgerPlan,
  ledger: LedgerIdentity,
  facts: ServerFacts,
  { policy, environment }: AbortTarget,
): { readonly body: PlanBody; readonly notes: readonly Diagnostic[] } {
  const trusted = openTrusted(Buffer.from(row.document), `plan ${row.id} in the ledger`, policy, facts.now, row);
  const body = trusted.document.plan;
  if (trusted.digest !== row.digest || body.id !== row.id) throw anotherPlan(row, trusted.digest);
  const live = {
    system_identifier: facts.system_identifier,
    name: facts.database,
    uuid: ledger.database,
    server_version: facts.version,
    major: facts.major,
  };
  return { body, notes: [...trusted.notes, ...checkTarget(body, environment, live)] };
}

/** @throws DiagnosticError SC5703 with every one of the first `done` steps that cannot be undone */
export function refuseWithoutUndo(body: PlanBody, done: number, along: Along): void {
  const alone = body.steps.slice(0, done).filter(({ id }) => !along.has(id));
  const stuck = alone.flatMap((step) => ('reason' in step.undo ? [{ step, reason: step.undo.reason }] : []));
  if (stuck.length === 0) return;
  const hint = `keep what is done with schemactl abort ${body.id} --keep, or finish the plan with schemactl apply`;
  throw new DiagnosticError(stuck.map(({ step, reason }) => ({ ...problem('SC5703', cannotUndo(step), hint), detail: reason })));
}

function cannotUndo(step: PlanStep): string {
  return `step ${step.id} (${step.title}) is done and cannot be undone`;
}

function anotherPlan(row: LedgerPlan, digest: Hash): DiagnosticError {
  const summary = `another plan was applied here under the id ${row.id}`;
  const detail = `The ledger knows it by ${row.digest}; this one is ${digest}.`;
  return new DiagnosticError([{ ...problem('SC6211', summary, 'name the plan by its id'), detail }], ExitCode.untrusted);
}

function otherEnvironment(planned: string | null, given: string | null): DiagnosticError {
  const words = (name: string | null): string => (name === null ? 'none' : JSON.stringify(name));
  const summary = `the plan is for environment ${words(planned)}, and this is ${words(given)}`;
  const hint = planned === null ? 'name the database with --url' : `run it with --env ${planned}`;
  return new DiagnosticError([problem('SC6201', summary, hint)], ExitCode.stale);
}

function refusal(code: string, summary: string, hint: string): DiagnosticError {
  return new DiagnosticError([problem(code, summary, hint)]);
}

function problem(code: string, summary: string, hint: string): Diagnostic {
  return { code, severity: 'error', summary, hint };
}
