/** Reads a plan file to show it: its form and format are checked, trust and staleness are not. */
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { PlanDocument } from '../core/plan.js';
import { openPlan, readPlanFile } from '../plan/file.js';
import { validatePlan } from '../plan/validate.js';

export function decodePlan(bytes: Uint8Array, file: string): PlanDocument {
  const opened = openPlan(bytes, file);
  if (!opened.ok) throw new DiagnosticError(opened.diagnostics, ExitCode.untrusted);
  const validated = validatePlan(opened.document);
  if (!validated.ok) throw new DiagnosticError(validated.diagnostics);
  return validated.document;
}

export async function readPlan(file: string): Promise<PlanDocument> {
  return decodePlan(await readPlanFile(file), file);
}
