/** A statement of the plan that the server refused, and how statements are sent so that it is known which; knows no kind. */
import type { PlanStep } from '../core/plan.js';
import type { Sessions } from './sessions.js';

export class StepFailure extends Error {
  constructor(
    readonly step: PlanStep,
    readonly sql: string,
    override readonly cause: Error & { readonly code?: string },
  ) {
    super(cause.message);
    this.name = 'StepFailure';
  }
}

/** @throws StepFailure */
export async function send(sessions: Sessions, step: PlanStep, sql: string): Promise<void> {
  await attempt(step, sql, () => sessions.work.query(sql));
}

/** With values for its parameters; how many rows it wrote or found, and these. @throws StepFailure */
export async function sendWith(
  sessions: Sessions,
  step: PlanStep,
  sql: string,
  values: readonly unknown[],
): Promise<{ readonly count: number; readonly rows: readonly (readonly unknown[])[] }> {
  const { rowCount, rows } = await attempt(step, sql, () => sessions.work.query({ text: sql, values: [...values], rowMode: 'array' }));
  return { count: rowCount ?? 0, rows };
}

/** Its rows by the names of their columns. @throws StepFailure */
export async function sendNamed(sessions: Sessions, step: PlanStep, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await attempt(step, sql, () => sessions.work.query(sql))).rows;
}

async function attempt<T>(step: PlanStep, sql: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new StepFailure(step, sql, error as Error & { code?: string });
  }
}
