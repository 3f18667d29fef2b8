/** A signed plan -> a changed database, or a refusal that says why. Orchestrates the protocol; knows no kind. */
import { readCatalog } from '../catalog/read.js';
import { readServer } from '../catalog/server.js';
import { pinSession } from '../catalog/session.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { Footprint, Hash, PlanBody, PlanStep } from '../core/plan.js';
import { kindByName, kinds } from '../kinds/registry.js';
import { fingerprintOf, managedHashes } from '../plan/managed.js';
import { completePlan, ensureLedger, planRow, readLedger, startPhase, startPlan, stepRows } from './ledger.js';
import { assertLock, takeLock } from './lock.js';
import type { ApplyOptions, ApplyOutcome } from './options.js';
import { chainOf, findPosition, mismatches, moved, movedObjects, rootsOnly, stepsOf } from './position.js';
import { runWithRetries } from './retry.js';
import { clearHalfState, hashesOf, StepFailure } from './run-step.js';
import { openSessions, type Sessions } from './sessions.js';
import { checkFingerprint, checkPlan, openTrusted, type Trusted } from './validity.js';

const LOCK_WAIT_MS = 10_000;

/** Never throws for what a user can meet: the outcome says it. */
export async function applyPlan(options: ApplyOptions): Promise<ApplyOutcome> {
  const progress = { steps: 0 };
  try {
    // Before any connection: a file that cannot be trusted must not even cost a login.
    const early = openTrusted(options.bytes, options.file, options.policy, options.now, null);
    const sessions = await openSessions(options.target, `schemactl/${early.document.plan.id}`);
    try {
      return await applyWith(sessions, options, progress);
    } finally {
      await sessions.close();
    }
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    const keeps: readonly number[] = [ExitCode.untrusted, ExitCode.interrupted, ExitCode.terminated];
    const exitCode = progress.steps > 0 && !keeps.includes(error.exitCode) ? ExitCode.partial : error.exitCode;
    return { status: 'failed', steps_run: progress.steps, diagnostics: error.diagnostics, exitCode };
  }
}

async function applyWith(sessions: Sessions, options: ApplyOptions, progress: { steps: number }): Promise<ApplyOutcome> {
  const { work, lock } = sessions;
  await takeLock(lock, LOCK_WAIT_MS, (blockers) =>
    options.onEvent?.({ type: 'lock_waiting', step: null, attempt: 1, attempts: 1, blockers }),
  );
  const facts = await readServer(work);
  if (facts.in_recovery) throw new DiagnosticError([standby()], ExitCode.stale);
  const ledger = await readLedger(work);
  const id = openTrusted(options.bytes, options.file, options.policy, options.now, null).document.plan.id;
  const memory = ledger === null ? null : await planRow(work, id);
  const validity = checkPlan({
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
    memory,
    now: options.now,
  });
  if (!validity.ok) throw new DiagnosticError(validity.diagnostics, validity.exitCode);
  const notes = validity.diagnostics;
  const body = validity.trusted.document.plan;
  if (validity.status === 'already-applied') {
    return { status: 'already-applied', steps_run: 0, diagnostics: notes, exitCode: ExitCode.done };
  }
  refuseBlocked(body);
  await actAs(sessions, body, facts.current_user);
  await pinSession(work, body.settings);

  const done = await startingPoint(sessions, validity.trusted, validity.status === 'fresh');
  const steps = stepsOf(body, options.phase);
  options.onEvent?.({ type: 'plan_started', plan: body.id, steps: steps.map(({ id, title }) => ({ id, title })) });
  for (const [index, step] of body.steps.entries()) {
    if (!steps.includes(step)) {
      if (index >= done && step.phase === 'expand') throw new DiagnosticError([expandFirst(step)], ExitCode.error);
      continue;
    }
    if (index < done) {
      options.onEvent?.({ type: 'step_skipped', step: step.id, reason: 'done before' });
      continue;
    }
    await oneStep(sessions, options, body, step, progress);
  }
  const isWhole = options.phase !== 'expand' || body.steps.every((step) => step.phase === 'expand');
  const drift = await finish(sessions, body, isWhole);
  const status = progress.steps === 0 && body.steps.length === 0 ? 'nothing' : 'done';
  return { status, steps_run: progress.steps, diagnostics: [...notes, ...drift], exitCode: ExitCode.done };
}

async function oneStep(
  sessions: Sessions,
  options: ApplyOptions,
  body: PlanBody,
  step: PlanStep,
  progress: { steps: number },
): Promise<void> {
  if (options.signal?.aborted) throw interrupted(step);
  await assertLock(sessions.lock);
  await startPhase(sessions.work, body.id, step.phase);
  options.onEvent?.({ type: 'step_started', step: step.id });
  const started = Date.now();
  try {
    await runWithRetries(sessions, body, step, options);
  } catch (error) {
    const ms = Date.now() - started;
    options.onEvent?.({ type: 'step_failed', step: step.id, ms, reason: (error as Error).message });
    if (error instanceof StepFailure) throw failed(error, body, progress.steps > 0);
    throw error;
  }
  progress.steps += 1;
  options.onEvent?.({ type: 'step_finished', step: step.id, ms: Date.now() - started });
}

/** Checks that the database is where the plan says, consumes the plan's id, and tells how many steps are done. */
async function startingPoint(sessions: Sessions, trusted: Trusted, isFresh: boolean): Promise<number> {
  const { work } = sessions;
  const body = trusted.document.plan;
  const state = await readCatalog(work, { major: body.database.major, kinds });
  const live = hashesOf(state);
  if (isFresh) {
    const managed = managedHashes(state, body.scope, new Set(Object.keys(body.before.objects)), kindByName);
    checkFingerprint(body, fingerprintOf(managed), rootsOnly(movedManaged(body, managed)));
    const outside = movedObjects(body.footprint, live);
    if (outside.length > 0) throw staleFootprint(outside);
    await ensureLedger(work);
    await startPlan(work, trusted.document);
    return 0;
  }
  const recorded = (await stepRows(work, body.id)).filter((row) => row.state === 'done').length;
  const position = findPosition(body, live, recorded);
  if (position !== null) return Math.max(position, recorded);
  const next = body.steps[recorded];
  if (next !== undefined && next.recover.length > 0) {
    await clearHalfState(sessions, body, next);
    const again = hashesOf(await readCatalog(work, { major: body.database.major, kinds }));
    const recovered = findPosition(body, again, recorded);
    if (recovered !== null) return Math.max(recovered, recorded);
  }
  throw staleFootprint(movedObjects(chainOf(body)[recorded] as Footprint, live));
}

function movedManaged(body: PlanBody, managed: ReadonlyMap<string, Hash>): readonly Diagnostic[] {
  const before = body.before.objects;
  const addresses = [...new Set([...Object.keys(before), ...managed.keys()])].sort();
  return addresses
    .map((address) => ({ address, was: before[address] ?? null, now: managed.get(address)?.slice(7, 23) ?? null }))
    .filter(({ was, now }) => was !== now)
    .map(({ address, was, now }) => moved(address, was, now));
}

async function finish(sessions: Sessions, body: PlanBody, isWhole: boolean): Promise<readonly Diagnostic[]> {
  const { work } = sessions;
  const state = await readCatalog(work, { major: body.database.major, kinds });
  const end = chainOf(body).at(-1) as Footprint;
  if (isWhole) {
    const wrong = mismatches(end, hashesOf(state));
    if (wrong.length > 0) throw staleFootprint(movedObjects(end, hashesOf(state)));
    await completePlan(work, body.id);
  }
  const managed = managedHashes(state, body.scope, new Set(Object.keys(body.before.objects)), kindByName);
  if (!isWhole || fingerprintOf(managed) === body.after.fingerprint) return [];
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
async function actAs(sessions: Sessions, body: PlanBody, user: string): Promise<void> {
  if (user === body.apply_as) return;
  try {
    await sessions.work.query(`set role ${sessions.work.escapeIdentifier(body.apply_as)}`);
  } catch (error) {
    throw new DiagnosticError([
      {
        code: 'SC5204',
        severity: 'error',
        summary: `the plan is to be applied as ${body.apply_as}, and ${user} cannot act as that role`,
        detail: (error as Error).message,
        hint: `connect as ${body.apply_as}, or make the plan as ${user}`,
      },
    ]);
  }
}

function refuseBlocked(body: PlanBody): void {
  const blocked = body.policy.decisions.filter((decision) => decision.decision === 'blocked');
  if (blocked.length === 0) return;
  throw new DiagnosticError(
    blocked.map(
      (decision): Diagnostic => ({
        code: 'SC3001',
        severity: 'error',
        summary: `the plan is blocked: ${decision.hazard} of ${decision.address} was not allowed`,
        address: decision.address,
        hint: `make the plan with --allow ${decision.hazard}:${decision.address}`,
      }),
    ),
    ExitCode.blocked,
  );
}

function failed(failure: StepFailure, body: PlanBody, isPartial: boolean): DiagnosticError {
  const { step, cause } = failure;
  const at = Number(step.id);
  const before = at > 1 ? `steps 1 to ${at - 1} are committed; ` : '';
  const after = at < body.steps.length ? `; steps ${at + 1} to ${body.steps.length} have not started` : '';
  const own = step.transaction === 'transaction' ? `step ${step.id} was rolled back` : `step ${step.id} runs outside a transaction`;
  return new DiagnosticError(
    [
      {
        code: 'SC5209',
        severity: 'error',
        summary: `step ${step.id} of ${body.steps.length} failed: ${cause.message}`,
        detail: [`SQLSTATE ${cause.code ?? 'unknown'}`, failure.sql, `state: ${before}${own}${after}`].join('\n'),
        hint:
          isPartial || at > 1
            ? 'mend the cause, then run the same apply again: it goes on at this step'
            : 'mend the cause, then run apply again',
      },
    ],
    at > 1 || isPartial ? ExitCode.partial : ExitCode.error,
  );
}

function staleFootprint(findings: readonly Diagnostic[]): DiagnosticError {
  const head: Diagnostic = {
    code: 'SC6231',
    severity: 'error',
    summary: 'what the plan touches is not as the plan says',
    hint: 'make the plan again',
  };
  return new DiagnosticError([head, ...rootsOnly(findings)], ExitCode.stale);
}

function standby(): Diagnostic {
  return { code: 'SC5205', severity: 'error', summary: 'the server is a standby in recovery', hint: 'connect to the primary' };
}

function expandFirst(step: PlanStep): Diagnostic {
  return {
    code: 'SC5206',
    severity: 'error',
    summary: `step ${step.id} of the expand phase has not run yet`,
    hint: 'run apply with --phase expand first',
  };
}

function interrupted(step: PlanStep): DiagnosticError {
  return new DiagnosticError(
    [{ code: 'SC5207', severity: 'error', summary: `interrupted before step ${step.id}`, hint: 'run apply again: it goes on there' }],
    ExitCode.interrupted,
  );
}
