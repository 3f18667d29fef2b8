/** How a step of a plan is described, for every renderer; knows no kind. */
import { nameOf } from '../core/address.js';
import type { PlanStep } from '../core/plan.js';
import { duration } from './words.js';

export function transactionWords(step: PlanStep): string {
  return step.transaction === 'transaction' ? 'transaction' : 'no transaction';
}

export function lockWords(step: PlanStep): string {
  return step.lock === null ? 'no lock on existing relations' : `${step.lock.mode} on ${nameOf(step.lock.address)}`;
}

export function timeoutWords(step: PlanStep): string {
  const limit = (ms: number): string => (ms === 0 ? 'none' : duration(ms));
  return `lock timeout ${limit(step.lock_timeout_ms)}, statement timeout ${limit(step.statement_timeout_ms)}`;
}

/** What is known of the step's outcome, when it is not simply proven. */
export function proofWords(step: PlanStep): string | null {
  if (step.proven !== true) return `not proven: ${step.proven}`;
  return step.data === 'unproven' ? 'depends on the rows' : null;
}

export function undoWords(step: PlanStep): string {
  if ('sql' in step.undo) return step.undo.sql.length === 0 ? 'nothing to undo' : 'can be undone';
  if (step.undone_with !== undefined) return `undone with step ${step.undone_with.step}`;
  return `cannot be undone: ${step.undo.reason}`;
}

/** A statement with its semicolon, which a comment at its end must not swallow. */
export function terminated(sql: string): string {
  return /--[^\n]*$/.test(sql) ? `${sql}\n;` : `${sql};`;
}
