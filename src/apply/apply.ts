/** A signed plan -> a changed database, or a refusal that says why. Orchestrates the protocol; knows no kind. */
import pg from 'pg';
import { readServer, type ServerFacts } from '../catalog/server.js';
import { pinSession } from '../catalog/session.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { State } from '../core/object.js';
import type { Phase, PlanBody, PlanStep } from '../core/plan.js';
import { kindByName } from '../kinds/registry.js';
import { fingerprintOf, managedBy } from '../plan/managed.js';
import { isConnectionLoss, throughLosses } from './connection-loss.js';
import { contractHeld } from './contract-gate.js';
import { completePlan, finishPhase, phaseRows, planRow, readLedger, startPhase, stepRows } from './ledger.js';
import { assertLock, takeLock } from './lock.js';
import { readNow } from './look.js';
import { observeUse, unobservable } from './observed-use.js';
import type { ApplyOptions, ApplyOutcome } from './options.js';
import { movedSince, stepsOf } from './position.js';
import { preflight } from './preflight.js';
import {
  blockedByPolicy,
  cannotActAs,
  expandFirst,
  interrupted,
  lostForGood,
  readOnly,
  serverRefused,
  stale,
  standby,
  stepFailed,
} from './refusals.js';
import { runWithRetries } from './retry.js';
import { rowsInTheWay } from './row-checks.js';
import { runStep } from './run-step.js';
import { openSessions, type Sessions } from './sessions.js';
import { resumeAt, startFresh } from './start.js';
import { StepFailure } from './step-failure.js';
import { checkContractTime, checkPlan, DATES_LATER, openTrusted, type Validity } from './validity.js';
import { waitForOwn } from './wait-for-own.js';

const LOCK_WAIT_MS = 10_000;

/** What this run has done so far, over all its connections. */
interface Progress {
  steps: number;
  isConnected: boolean;
  isStarted: boolean;
}

/** Never throws for what a user can meet: the outcome says it. */
export async function applyPlan(options: ApplyOptions): Promise<ApplyOutcome> {
  const progress: Progress = { steps: 0, isConnected: false, isStarted: false };
  try {
    // Before any connection: a file that cannot be trusted must not even cost a login.
    const { document } = openTrusted(options.bytes, options.file, options.policy, DATES_LATER);
    return await throughLosses(() => connectAndApply(options, document.plan.id, progress), {
      wasConnected: () => progress.isConnected,
      onLoss: (reason) => options.onEvent?.({ type: 'note', text: `connection lost (${reason}); connecting again` }),
      signal: options.signal,
    });
  } catch (error) {
    const known = whatWentWrong(error, progress);
    if (!(known instanceof DiagnosticError)) throw known;
    const keeps: readonly number[] = [ExitCode.untrusted, ExitCode.interrupted, ExitCode.terminated];
    const exitCode = progress.steps > 0 && !keeps.includes(known.exitCode) ? ExitCode.partial : known.exitCode;
    return { status: 'failed', steps_run: progress.steps, diagnostics: known.diagnostics, exitCode };
  }
}

/** What a user can meet, as findings. Before the plan is started the commands have their own words for an error of the server. */
function whatWentWrong(error: unknown, progress: Progress): unknown {
  if (progress.isConnected && isConnectionLoss(error)) return lostForGood(error as Error, progress.isStarted);
  if (progress.isStarted && error instanceof pg.DatabaseError) return serverRefused(error, progress.steps > 0);
  return error;
}

async function connectAndApply(options: ApplyOptions, id: string, progress: Progress): Promise<ApplyOutcome> {
  const sessions = await openSessions(options.target, `schemactl/${id}`);
  progress.isConnected = true;
  try {
    return await applyWith(sessions, options, id, progress);
  } finally {
    await sessions.close();
  }
}

async function applyWith(sessions: Sessions, options: ApplyOptions, id: string, progress: Progress): Promise<ApplyOutcome> {
  const { work, lock } = sessions;
  await takeLock(lock, LOCK_WAIT_MS, (blockers) =>
    options.onEvent?.({ type: 'lock_waiting', step: null, attempt: 1, attempts: 1, blockers }),
  );
  const facts = await readServer(work);
  if (facts.in_recovery) throw standby();
  const validity = await validityHere(sessions, options, facts, id);
  if (!validity.ok) throw new DiagnosticError(validity.diagnostics, validity.exitCode);
  const notes = validity.diagnostics;
  const body = validity.trusted.document.plan;
  if (validity.status === 'already-applied') {
    return { status: 'already-applied', steps_run: progress.steps, diagnostics: notes, exitCode: ExitCode.done };
  }
  const blocked = blockedByPolicy(body);
  if (blocked !== null) throw blocked;
  if (facts.read_only !== null) throw readOnly(facts.read_only);
  await actAs(sessions, body, facts.current_user);
  await pinSession(work, body.settings);
  const ran = validity.status === 'resume' ? await stepRows(work, body.id) : [];
  const left = stepsOf(body, options.phase).filter((step) => !ran.some((row) => row.step === step.id && row.state === 'done'));
  const missing = [...(await preflight(work, body, left)), ...(await unobservable(work, body))];
  if (missing.length > 0) throw new DiagnosticError(missing, ExitCode.error);

  const done = await startingPoint(sessions, validity, options);
  progress.isStarted = true;
  const held = await runSteps(sessions, options, body, done, facts.now, progress);
  // Who asked for the contract phase alone did not get it; who asked for all got what there was to do now.
  if (held !== null && options.phase === 'contract') throw new DiagnosticError([{ ...held, severity: 'error' }], ExitCode.blocked);
  const isWhole = held === null && (options.phase !== 'expand' || body.steps.every((step) => step.phase === 'expand'));
  const drift = isWhole ? await finish(sessions, body) : [];
  const status = progress.steps === 0 && body.steps.length === 0 ? 'nothing' : 'done';
  return {
    status,
    steps_run: progress.steps,
    diagnostics: [...notes, ...drift, ...(held === null ? [] : [held])],
    exitCode: ExitCode.done,
  };
}

async function validityHere(sessions: Sessions, options: ApplyOptions, facts: ServerFacts, id: string): Promise<Validity> {
  const ledger = await readLedger(sessions.work);
  return checkPlan({
    bytes: options.bytes,
    file: options.file,
    policy: options.policy,
    environment: options.environment,
    live: {
      system_identifier: facts.system_identifier,
      name: facts.database,
      uuid: ledger?.database ?? null,
      server_version: facts.version,
      major: facts.major,
    },
    memory: ledger === null ? null : await planRow(sessions.work, id),
    now: facts.now,
  });
}

/** Checks that the database is where the plan says, consumes the plan's id, and tells how many steps are done. */
async function startingPoint(sessions: Sessions, validity: Extract<Validity, { ok: true }>, options: ApplyOptions): Promise<number> {
  const body = validity.trusted.document.plan;
  if (validity.status === 'resume') {
    await waitForOwn(sessions, body.id, options);
    return resumeAt(sessions, body, options.onEvent);
  }
  await startFresh(sessions, validity.trusted, await readNow(sessions, body, false));
  return 0;
}

async function runSteps(
  sessions: Sessions,
  options: ApplyOptions,
  body: PlanBody,
  done: number,
  now: Date,
  progress: Progress,
): Promise<Diagnostic | null> {
  const steps = stepsOf(body, options.phase);
  options.onEvent?.({ type: 'plan_started', plan: body.id, steps: steps.map(({ id, title }) => ({ id, title })) });
  for (const [index, step] of body.steps.entries()) {
    if (!steps.includes(step)) {
      if (index >= done && step.phase === 'expand') throw expandFirst(step);
      continue;
    }
    if (index < done) {
      options.onEvent?.({ type: 'step_skipped', step: step.id, reason: 'done before' });
      continue;
    }
    const held = await enterPhase(sessions, body, step, now);
    if (held !== null) return held;
    await oneStep(sessions, options, body, index, progress);
    if (body.steps[index + 1]?.phase === step.phase) continue;
    await finishPhase(sessions.work, body.id, step.phase);
    if (step.phase === 'expand') await observeUse(sessions.work, body);
  }
  return null;
}

/**
 * The contract phase has a date of its own, which counts when it is started and not while it is finished. What holds it back then, or null
 * when the phase has begun.
 */
async function enterPhase(sessions: Sessions, body: PlanBody, step: PlanStep, now: Date): Promise<Diagnostic | null> {
  const started = new Set<Phase>((await phaseRows(sessions.work, body.id)).map((row) => row.phase));
  if (started.has(step.phase)) return null;
  if (step.phase === 'contract') {
    checkContractTime(body, now);
    const held = await contractHeld(sessions.work, body);
    if (held !== null) return held;
  }
  await startPhase(sessions.work, body.id, step.phase);
  return null;
}

async function oneStep(sessions: Sessions, options: ApplyOptions, body: PlanBody, done: number, progress: Progress): Promise<void> {
  const step = body.steps[done] as PlanStep;
  if (options.signal?.aborted) throw interrupted(step);
  await assertFenced(sessions);
  options.onEvent?.({ type: 'step_started', step: step.id });
  const started = Date.now();
  try {
    await runWithRetries(sessions, step, options, () => runStep(sessions, body, done, options));
  } catch (error) {
    const ms = Date.now() - started;
    options.onEvent?.({ type: 'step_failed', step: step.id, ms, reason: (error as Error).message });
    if (error instanceof StepFailure && !isConnectionLoss(error))
      throw stepFailed(error, body, progress.steps > 0, await rowsInTheWay(sessions, step));
    throw error;
  }
  progress.steps += 1;
  options.onEvent?.({ type: 'step_finished', step: step.id, ms: Date.now() - started });
}

/** When both sessions are gone the server is, which is survived; when only the lock is, somebody else may have it. */
async function assertFenced(sessions: Sessions): Promise<void> {
  try {
    await assertLock(sessions.lock);
  } catch (error) {
    await sessions.work.query('select 1');
    throw error;
  }
}

/** What the plan is about must be as it says at the end; what moved elsewhere meanwhile is told. */
async function finish(sessions: Sessions, body: PlanBody): Promise<readonly Diagnostic[]> {
  const state: State = await readNow(sessions, body, false);
  const wrong = movedSince(body, body.steps.length, state);
  if (wrong.length > 0) throw stale(wrong);
  await completePlan(sessions.work, body.id);
  const managed = managedBy(body, state, kindByName);
  if (fingerprintOf(managed) === body.after.fingerprint) return [];
  return [
    {
      code: 'SC5401',
      severity: 'warning',
      summary: 'something outside the plan changed while it was applied',
      hint: 'run schemactl plan to see what',
    },
  ];
}

/** The role that the plan was made for owns what it creates, whoever runs it. */
export async function actAs(sessions: Sessions, body: PlanBody, user: string): Promise<void> {
  if (user === body.apply_as) return;
  try {
    await sessions.work.query(`set role ${sessions.work.escapeIdentifier(body.apply_as)}`);
  } catch (error) {
    if (isConnectionLoss(error)) throw error;
    throw cannotActAs(body.apply_as, user, error as Error);
  }
}
