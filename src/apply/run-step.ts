/** Runs one step: checks what it touches, runs its statements, checks what it left, and writes it down. Knows no kind. */

import { readCatalog } from '../catalog/read.js';
import type { Address } from '../core/address.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { State } from '../core/object.js';
import type { Footprint, PlanBody, PlanStep } from '../core/plan.js';
import { hashObject } from '../kinds/hashing.js';
import { kindByName, kinds } from '../kinds/registry.js';
import { recordDone, recordIntent } from './ledger.js';
import { type Hashes, mismatches, movedObjects } from './position.js';
import type { Sessions } from './sessions.js';

/** A statement of the plan that the server refused. */
export class StepFailure extends Error {
  constructor(
    readonly step: PlanStep,
    readonly sql: string,
    override readonly cause: Error & { readonly code?: string },
  ) {
    super(cause.message);
    this.name = 'StepFailure';
  }
}

export function hashesOf(state: State): Hashes {
  return new Map([...state.values()].map((object) => [object.address as Address, hashObject(kindByName, object)]));
}

/** @throws StepFailure, or DiagnosticError (exit 4) when what the step touches is not as the plan says. Nothing of the step remains. */
export async function runTransactionalStep(sessions: Sessions, body: PlanBody, step: PlanStep): Promise<void> {
  const { work } = sessions;
  await work.query('begin');
  try {
    await work.query(`set local lock_timeout = ${step.lock_timeout_ms}; set local statement_timeout = ${step.statement_timeout_ms}`);
    assertFootprint(step.before, await readNow(sessions, body, true), step, 'before');
    for (const { sql } of step.statements) await send(sessions, step, sql);
    // Constraint triggers that wait for the commit speak up here, where it is known which step they belong to.
    await send(sessions, step, 'set constraints all immediate');
    assertFootprint(step.after, await readNow(sessions, body, true), step, 'after');
    await recordDone(work, body.id, step.id);
    await work.query('commit');
  } catch (error) {
    await work.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** As above for a step that the server runs outside a transaction: intent, statement, read back, done. */
export async function runLooseStep(sessions: Sessions, body: PlanBody, step: PlanStep): Promise<void> {
  const { work } = sessions;
  await work.query(`set lock_timeout = ${step.lock_timeout_ms}; set statement_timeout = ${step.statement_timeout_ms}`);
  assertFootprint(step.before, await readNow(sessions, body, false), step, 'before');
  await recordIntent(work, body.id, step.id);
  try {
    for (const { sql } of step.statements) await send(sessions, step, sql);
  } catch (error) {
    await clearHalfState(sessions, body, step);
    throw error;
  }
  assertFootprint(step.after, await readNow(sessions, body, false), step, 'after');
  await recordDone(work, body.id, step.id);
}

/** Takes away what a stopped run of a loose step left (an INVALID index), when what is there is neither before nor after. */
export async function clearHalfState(sessions: Sessions, body: PlanBody, step: PlanStep): Promise<void> {
  if (step.recover.length === 0) return;
  const now = await readNow(sessions, body, false);
  if (mismatches(step.before, now).length === 0 || mismatches(step.after, now).length === 0) return;
  for (const sql of step.recover) await send(sessions, step, sql);
}

async function readNow(sessions: Sessions, body: PlanBody, inTransaction: boolean): Promise<Hashes> {
  return hashesOf(await readCatalog(sessions.work, { major: body.database.major, kinds, inTransaction }));
}

async function send(sessions: Sessions, step: PlanStep, sql: string): Promise<void> {
  try {
    await sessions.work.query(sql);
  } catch (error) {
    throw new StepFailure(step, sql, error as Error & { code?: string });
  }
}

function assertFootprint(expected: Footprint, live: Hashes, step: PlanStep, when: 'before' | 'after'): void {
  const moved = movedObjects(expected, live);
  if (moved.length === 0) return;
  const summary =
    when === 'before'
      ? `what step ${step.id} touches has changed since the plan was made`
      : `step ${step.id} did not leave what the plan says`;
  const head: Diagnostic = { code: when === 'before' ? 'SC5301' : 'SC5302', severity: 'error', summary, hint: 'make the plan again' };
  throw new DiagnosticError([head, ...moved], ExitCode.stale);
}
