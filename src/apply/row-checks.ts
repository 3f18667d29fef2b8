/** Finds the rows that stand in a step's way, by the queries that the plan brings: how many there are, and the keys of some. Knows no kind. */
import { type Diagnostic, DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import type { PlanCheck, PlanStep } from '../core/plan.js';
import type { Sessions } from './sessions.js';
import { sendNamed } from './step-failure.js';

const TOTAL = 'rows_in_all';

/** @throws DiagnosticError SC5303 (exit 5) when there are rows that the step's statements must not meet */
export async function assertNoneInTheWay(sessions: Sessions, step: PlanStep): Promise<void> {
  const found: Diagnostic[] = [];
  for (const check of step.checks ?? []) {
    if (check.when !== 'before') continue;
    const finding = await look(sessions, step, check);
    if (finding !== null) found.push(finding);
  }
  if (found.length > 0) throw new DiagnosticError(found, ExitCode.partial);
}

/** For a step that failed over rows; empty where the plan knows no query, or none is found any more. */
export async function rowsInTheWay(sessions: Sessions, step: PlanStep): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const check of step.checks ?? []) {
    if (check.when !== 'failed') continue;
    // The failure itself is what there is to say where this look fails too.
    const finding = await look(sessions, step, check).catch(() => null);
    if (finding !== null) found.push(finding);
  }
  return found;
}

async function look(sessions: Sessions, step: PlanStep, { sql, message }: PlanCheck): Promise<Diagnostic | null> {
  const rows = await sendNamed(sessions, step, sql);
  const [first] = rows;
  if (first === undefined) return null;
  const count = Number(first[TOTAL]);
  const keys = rows.map((row) =>
    Object.entries(row)
      .filter(([name]) => name !== TOTAL)
      .map(([name, value]) => `${name} = ${value}`)
      .join(', '),
  );
  const more = count > keys.length ? [`and ${count - keys.length} more`] : [];
  return {
    code: 'SC5303',
    severity: 'error',
    summary: `${count} ${count === 1 ? 'row' : 'rows'} ${message}`,
    detail: [...keys, ...more].join('\n'),
    hint: 'correct these rows, then run the same apply again: it goes on at this step',
  };
}
