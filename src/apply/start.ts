/** Where an apply begins: consumes a fresh plan, or finds where a started one stopped. Knows no kind. */
import type { ClientBase } from 'pg';
import type { Diagnostic } from '../core/diagnostic.js';
import type { State } from '../core/object.js';
import type { Hash, PlanBody, PlanDocument, PlanStep } from '../core/plan.js';
import { kindByName } from '../kinds/registry.js';
import { fingerprintOf, managedBy } from '../plan/managed.js';
import {
  abortPlan,
  completedSince,
  ensureLedger,
  finishPhase,
  type LedgerPlan,
  openPlans,
  phaseRows,
  planRow,
  recordDone,
  recordTransitions,
  startPlan,
  stepRows,
} from './ledger.js';
import { readNow } from './look.js';
import type { ApplyOptions } from './options.js';
import { footprintOf, moved, movedSince, passing, rootsOnly, touchedBy } from './position.js';
import { cannotTell, overlaps, stale } from './refusals.js';
import { clearHalfState, saysDone } from './run-step.js';
import type { Sessions } from './sessions.js';
import { checkFingerprint, type Trusted } from './validity.js';

/** Marks are the first 16 hex digits of a hash, after "sha256:". */
const mark = (hash: Hash): string => hash.slice(7, 23);

/** Starting needs the whole managed state as it was. @throws DiagnosticError (exit 4) with what moved; SC6241 */
export async function startFresh(sessions: Sessions, trusted: Trusted, state: State): Promise<void> {
  const { work } = sessions;
  const body = trusted.document.plan;
  assertFresh(body, state);
  await ensureLedger(work);
  for (const id of await inTheWay(work, body)) await abortPlan(work, id);
  await startPlan(work, trusted.document);
  await recordTransitions(work, body.id, passing(body));
}

/** What is managed, and what else the plan is about, is as it was when the plan was made. @throws DiagnosticError (exit 4) with what moved */
export function assertFresh(body: PlanBody, state: State): void {
  const managed = managedNow(body, state);
  checkFingerprint(body, fingerprintOf(managed), rootsOnly(movedManaged(body, managed)));
  const outside = movedSince(body, 0, state);
  if (outside.length > 0) throw stale(outside);
}

/**
 * How many steps are done of a plan that was started before. A step that has a transaction has its ledger row by it; only the one after
 * the last row may have run without, and only if it has none.
 * @throws DiagnosticError (exit 4) when the database is where neither the ledger nor the plan says
 */
export async function resumeAt(sessions: Sessions, body: PlanBody, onEvent: ApplyOptions['onEvent']): Promise<number> {
  // A run that was stopped right after the plan's own row did not come to it.
  await recordTransitions(sessions.work, body.id, passing(body));
  const done = await findPlace(sessions, body, onEvent);
  await finishPhases(sessions, body, done);
  return done;
}

/** A run that stopped right after the last step of a phase left it open. */
async function finishPhases(sessions: Sessions, body: PlanBody, done: number): Promise<void> {
  const { work } = sessions;
  const ahead = new Set(body.steps.slice(done).map((step) => step.phase));
  for (const { phase, finished_at } of await phaseRows(work, body.id)) {
    if (finished_at === null && !ahead.has(phase)) await finishPhase(work, body.id, phase);
  }
}

async function findPlace(sessions: Sessions, body: PlanBody, onEvent: ApplyOptions['onEvent']): Promise<number> {
  const { work } = sessions;
  const rows = await stepRows(work, body.id);
  const done = rows.filter((row) => row.state === 'done').length;
  const next: PlanStep | undefined = body.steps[done];
  const isHalf = next !== undefined && rows.some((row) => row.step === next.id && row.state === 'intent');
  let state = await readNow(sessions, body, false);
  if (isHalf && movedSince(body, done, state).length > 0 && movedSince(body, done + 1, state).length > 0) {
    await clearHalfState(sessions, body, done, { onEvent });
    state = await readNow(sessions, body, false);
  }
  await assertOutside(work, body, state);
  // How far it is, it knows by itself.
  if (isHalf && next.backfill !== undefined && movedSince(body, done, state).length === 0) return done;
  const isAfter = isHalf && movedSince(body, done + 1, state).length === 0;
  const here = movedSince(body, done, state);
  // The statement took effect, and what would have said so was lost; where the catalog cannot tell, the step's own query does.
  if (isAfter && (here.length > 0 || (await saysDone(sessions, next)))) {
    await recordDone(work, body.id, next.id);
    return done + 1;
  }
  if (here.length > 0) throw stale(here);
  // Begun, and the catalog is the same with and without it: to run it again is as much a guess as to pass over it.
  if (isAfter && next.done_when === null) throw cannotTell(next);
  return done;
}

function managedNow(body: PlanBody, state: State): ReadonlyMap<string, Hash> {
  return managedBy(body, state, kindByName);
}

function movedManaged(body: PlanBody, managed: ReadonlyMap<string, Hash>): readonly Diagnostic[] {
  const before = body.before.objects;
  const addresses = [...new Set([...Object.keys(before), ...managed.keys()])].sort();
  return addresses
    .map((address) => ({ address, was: before[address] ?? null, now: markOf(managed, address) }))
    .filter(({ was, now }) => was !== now)
    .map(({ address, was, now }) => moved(address, was, now));
}

function markOf(hashes: ReadonlyMap<string, Hash>, address: string): string | null {
  const hash = hashes.get(address);
  return hash === undefined ? null : mark(hash);
}

/** Outside what the plan is about, only what other completed plans did since it was started may differ. */
export async function assertOutside(work: ClientBase, body: PlanBody, state: State): Promise<void> {
  const known = footprintOf(body);
  const findings = movedManaged(body, managedNow(body, state)).filter(({ address }) => address !== undefined && !known.has(address));
  if (findings.length === 0) return;
  const row = await planRow(work, body.id);
  const others = row === null ? [] : await completedSince(work, row.started_at);
  const left = new Map(others.flatMap((other) => bodyOf(other).steps.flatMap((step) => Object.entries(step.after))));
  const now = managedNow(body, state);
  const unexplained = findings.filter(({ address = '' }) => !left.has(address) || left.get(address) !== (now.get(address) ?? null));
  if (unexplained.length > 0) throw stale(unexplained, 'the database has changed since the plan was started');
}

/**
 * Ids of other open plans that are given up for this one: it supersedes them, or is about the same objects, and nothing of them took effect.
 * @throws DiagnosticError SC6241 (exit 4) when something of another one did
 */
export async function inTheWay(work: ClientBase, body: PlanBody): Promise<readonly string[]> {
  const givenUp: string[] = [];
  for (const open of await openPlans(work)) {
    if (body.supersedes?.includes(open.id)) {
      givenUp.push(open.id);
      continue;
    }
    const address = overlapOf(body, bodyOf(open));
    if (address === null) continue;
    const rows = await stepRows(work, open.id);
    if (rows.length > 0) throw overlaps(open, rows.filter((row) => row.state === 'done').length, address);
    givenUp.push(open.id);
  }
  return givenUp;
}

function overlapOf(one: PlanBody, other: PlanBody): string | null {
  const shared = (touched: ReadonlySet<string>, known: ReadonlySet<string>) => [...touched].find((address) => known.has(address));
  return shared(touchedBy(one), footprintOf(other)) ?? shared(touchedBy(other), footprintOf(one)) ?? null;
}

function bodyOf(row: LedgerPlan): PlanBody {
  return (JSON.parse(row.document) as PlanDocument).plan;
}
