/** Units and their proofs -> the steps of the plan file; knows no kind. */
import type { Address } from '../core/address.js';
import type { Span } from '../core/diagnostic.js';
import type { State } from '../core/object.js';
import type { PlanCheck, PlanHazard, PlanLock, PlanSource, PlanStep, UndoneWith } from '../core/plan.js';
import type { Hazard, LockMode, Operation } from '../kinds/kind.js';
import type { Converged } from './converge.js';
import type { Estimate } from './estimates.js';
import { pinsOf } from './pins.js';
import { proofGaps } from './proof-gaps.js';
import { requirementsOf } from './requirements.js';
import type { Unit } from './schedule.js';
import { undoneWith } from './undone-with.js';

export interface StepsInput {
  readonly converged: Converged;
  readonly timeouts: { readonly lock_ms: number; readonly statement_ms: number };
  readonly spans: ReadonlyMap<Address, Span>;
  readonly estimate: (address: Address) => Estimate | null;
  /** Objects that are there before the plan; what it makes has no users whom a lock or a hazard could hurt. */
  readonly live: State;
}

const STRENGTH: readonly LockMode[] = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

export function planSteps(input: StepsInput): readonly PlanStep[] {
  const { converged } = input;
  const isOld = (address: Address): boolean => {
    for (let at: Address | null = address; at !== null; at = converged.endState.get(at)?.parent ?? null)
      if (input.live.has(at)) return true;
    return false;
  };
  const requirements = requirementsOf(converged.units, converged.proof.units);
  return converged.units.map((unit, index) => {
    const proof = converged.proof.units[index];
    const operations = unit.tasks.map((task) => task.operation);
    const along = undoneWith(converged, index);
    const undos = operations.map((operation) => undoOf(operation, along));
    const reasons = [...new Set(undos.flatMap((undo) => ('reason' in undo ? [undo.reason] : [])))];
    const hazards = uniqueHazards(
      operations.flatMap((operation) => operation.hazards ?? []).filter((hazard) => hazard.evenNew || isOld(hazard.address)),
    );
    const lock = strongest(operations.flatMap((operation) => (operation.lock && isOld(operation.lock.address) ? [operation.lock] : [])));
    // A concurrent build waits for older snapshots, and that wait counts against lock_timeout: none there.
    const isOutside = unit.transaction === 'none';
    return {
      id: String(index + 1),
      title: titleOf(unit),
      phase: unit.phase,
      transaction: unit.transaction,
      statements: operations.map((operation) => ({ sql: operation.sql })),
      ...(operations[0]?.backfill === undefined ? {} : { backfill: operations[0].backfill }),
      ...withChecks(operations.flatMap((operation) => operation.checks ?? [])),
      lock,
      lock_timeout_ms: isOutside ? 0 : input.timeouts.lock_ms,
      statement_timeout_ms: isOutside ? 0 : input.timeouts.statement_ms,
      hazards,
      estimate: lock === null ? null : input.estimate(lock.address),
      ...(proof === undefined || isOutside ? { pins: [], unpinned: [] } : pinsOf(proof)),
      requires: requirements[index] ?? [],
      before: proof?.before ?? {},
      after: proof?.after ?? {},
      done_when: null,
      proven: provenOf(converged, index),
      data: unit.tasks.some((task) => task.operation.dependsOnData && isOld(task.address)) ? 'unproven' : 'independent',
      recover: operations.flatMap((operation) => operation.recover ?? []),
      undo:
        reasons.length > 0 ? { reason: reasons.join('; ') } : { sql: undos.reverse().flatMap((undo) => ('sql' in undo ? undo.sql : [])) },
      ...(along === null ? {} : { undone_with: along }),
      source: sourceOf(unit.tasks.map((task) => input.spans.get(task.address)).find((span) => span !== undefined)),
    };
  });
}

function undoOf({ undo, undoTaking }: Operation, along: UndoneWith | null): NonNullable<Operation['undo']> {
  if (along !== null && undoTaking !== undefined) return { sql: undoTaking.sql };
  return undo ?? { reason: 'no statement is known that undoes it' };
}

const withChecks = (checks: readonly PlanCheck[]): Pick<PlanStep, 'checks'> => (checks.length === 0 ? {} : { checks });

export function sourceOf(span: Span | undefined): PlanSource | null {
  return span ? { file: span.file, line: span.start.line, column: span.start.column } : null;
}

function provenOf(converged: Converged, index: number): true | string {
  const proof = converged.proof.units[index];
  if (proof === undefined || proof.failure) return 'the step did not run in scratch';
  const isLast = index === converged.units.length - 1;
  // Only a transaction has its ledger row by it: of what runs without, the catalog has to tell.
  const isUntold = converged.units[index]?.transaction === 'none' && Object.keys(proof.before).length === 0;
  const untold = isUntold ? ['nothing in the catalog tells whether the step ran'] : [];
  const reasons = [...proofGaps(converged, proof), ...untold, ...(isLast ? converged.unproven : [])];
  return reasons.length === 0 ? true : reasons.join('; ');
}

function titleOf(unit: Unit): string {
  const first = unit.tasks[0];
  if (first === undefined) return 'nothing';
  const addresses = [...new Set(unit.tasks.map((task) => task.address))];
  const verb = first.operation.backfill === undefined ? (first.id.split(' ')[0] ?? 'run') : 'fill';
  const more = addresses.length > 1 ? ` and ${addresses.length - 1} more` : '';
  return `${verb} ${first.address}${more}`;
}

function strongest(locks: readonly { readonly mode: LockMode; readonly address: Address }[]): PlanLock | null {
  return locks.reduce<PlanLock | null>(
    (best, lock) => (best === null || STRENGTH.indexOf(lock.mode) > STRENGTH.indexOf(best.mode as LockMode) ? lock : best),
    null,
  );
}

function uniqueHazards(hazards: readonly Hazard[]): readonly PlanHazard[] {
  const seen = new Map<string, PlanHazard>();
  for (const { code, address, message, destructive, estimate } of hazards) {
    const own = estimate === undefined ? {} : { estimate };
    seen.set(`${code} ${address}`, { code, address, message, destructive: destructive ?? false, ...own });
  }
  return [...seen.values()];
}
