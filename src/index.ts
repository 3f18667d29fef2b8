/** The library: everything the command line does, as functions that never print, prompt, read the environment or exit. */
import { readPast } from './apply/past.js';
import { type BetweenOptions, planBetween } from './plan/between.js';
import { makePlan } from './plan/make.js';
import type { PlanOptions, PlanOutcome } from './plan/options.js';

export { type AbortOptions, type AbortOutcome, abortPlan } from './apply/abort.js';
export { applyPlan } from './apply/apply.js';
export type { ApplyEvent, ApplyOptions, ApplyOutcome } from './apply/options.js';
export { readStatus, type Status } from './apply/status.js';
export { endDead, type Judged, judgeSessions, type UnlockOutcome } from './apply/unlock.js';
export type { ConnectionSpec } from './core/connection.js';
export { type Diagnostic, DiagnosticError } from './core/diagnostic.js';
export { ExitCode } from './core/exit-code.js';
export type * from './core/plan.js';
export type * from './core/source.js';
export { exportSchema } from './plan/export.js';
export { openPlan, planText } from './plan/file.js';
export type * from './plan/options.js';
export { makeSnapshot } from './plan/snapshot.js';
export { validateDesired } from './plan/validate-desired.js';
export { generateKeyFiles, readSigningKey, readTrustedKeys } from './trust/keys.js';
export { signPlan } from './trust/sign.js';
export { verifyPlan } from './trust/verify.js';
export type { BetweenOptions };

/** Two sources, neither of which is touched -> the plan from the first to the second, which cannot be applied. @throws DiagnosticError */
export function planBetweenSources(options: BetweenOptions): Promise<PlanOutcome> {
  return planBetween(options, readPast);
}

/** Desired files and a live database -> a proven plan. @throws DiagnosticError */
export function planSchema(options: PlanOptions): Promise<PlanOutcome> {
  return makePlan(options, readPast);
}
