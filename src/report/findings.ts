/** Hazards of a plan as findings, so that the formats for findings show them too. Pure; knows no kind. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { PlanBody } from '../core/plan.js';
import { allowFlag, planView } from './plan-view.js';

/** One finding per hazard: an error where policy blocks it, else a warning; the place is that of the change, else of the step. */
export function hazardFindings(plan: PlanBody): readonly Diagnostic[] {
  const sources = new Map(plan.changes.map((change) => [change.address, change.source ?? null]));
  const steps = new Map(plan.steps.map((step) => [step.id, step.source]));
  return planView(plan, () => 0).hazards.map((hazard) => {
    const source = sources.get(hazard.address) ?? steps.get(hazard.step) ?? null;
    const position = source === null ? null : { line: source.line, column: source.column, offset: 0 };
    return {
      code: 'SC3001',
      severity: hazard.blocked ? 'error' : 'warning',
      summary: `${hazard.code}: ${hazard.message}`,
      ...(hazard.blocked ? { hint: `keep the object in the desired state, or plan again with ${allowFlag(hazard)}` } : {}),
      address: hazard.address,
      ...(source && position ? { span: { file: source.file, start: position, end: position } } : {}),
    } satisfies Diagnostic;
  });
}
