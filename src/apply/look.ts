/** Looks at the catalog of the database that a plan is applied to, and compares it with the plan's chain of states; knows no kind. */
import type { ClientBase } from 'pg';
import { readCatalog } from '../catalog/read.js';
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { State } from '../core/object.js';
import type { PlanBody, PlanStep } from '../core/plan.js';
import { kindsAskedFor } from '../diff/cluster-wide.js';
import { kinds } from '../kinds/registry.js';
import { kindsWithRows } from '../kinds/with-rows.js';
import { movedSince, rootsOnly } from './position.js';
import type { Sessions } from './sessions.js';

export async function readNow({ work }: { readonly work: ClientBase }, body: PlanBody, inTransaction: boolean): Promise<State> {
  return readCatalog(work, {
    major: body.database.major,
    kinds: kindsWithRows(kindsAskedFor(kinds, body.scope.managed), body.rows ?? []),
    inTransaction,
    often: true,
  });
}

/** That the database is where the plan is after `done` steps. @throws DiagnosticError SC5301, SC5302 (exit 4) */
export async function assertAt(sessions: Sessions, body: PlanBody, done: number, step: PlanStep, inTransaction: boolean): Promise<void> {
  const moved = movedSince(body, done, await readNow(sessions, body, inTransaction));
  if (moved.length === 0) return;
  const isBefore = body.steps[done] === step;
  const summary = isBefore
    ? `what step ${step.id} touches has changed since the plan was made`
    : `step ${step.id} did not leave what the plan says`;
  const head: Diagnostic = { code: isBefore ? 'SC5301' : 'SC5302', severity: 'error', summary, hint: 'make the plan again' };
  throw new DiagnosticError([head, ...rootsOnly(moved)], ExitCode.stale);
}
