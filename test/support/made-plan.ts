/** Plans and applies as the library does, from SQL text and with defaults that a test can replace; judges nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { abortPlan } from '../../src/apply/abort.js';
import { applyPlan } from '../../src/apply/apply.js';
import type { ApplyOptions, ApplyOutcome } from '../../src/apply/options.js';
import { readPast } from '../../src/apply/past.js';
import type { ConnectionSpec } from '../../src/core/connection.js';
import { type Diagnostic, DiagnosticError } from '../../src/core/diagnostic.js';
import type { PlanDocument } from '../../src/core/plan.js';
import { planText } from '../../src/plan/file.js';
import { makePlan } from '../../src/plan/make.js';
import type { PlanOptions, PlanOutcome } from '../../src/plan/options.js';
import { testServer } from './database.js';

export const spec = (url: string): ConnectionSpec => ({ config: { connectionString: url }, label: new URL(url).pathname.slice(1) });

/** `sql` is the whole desired state; what is planned with is the shared server, or one of the major that `options.scratchMajor` names. */
export async function planOf(
  url: string,
  sql: string,
  options: Partial<PlanOptions> & { readonly scratchMajor?: number } = {},
): Promise<PlanOutcome> {
  const { scratchMajor, ...others } = options;
  const folder = mkdtempSync(join(tmpdir(), 'schemactl-made-'));
  try {
    writeFileSync(join(folder, 'desired.sql'), sql);
    return await makePlan(
      {
        target: spec(url),
        scratch: { kind: 'url', connection: spec((await testServer(scratchMajor)).url) },
        desired: [folder],
        manage: [],
        ignore: [],
        allow: [],
        adopt: false,
        online: true,
        environment: null,
        policy: {},
        timeouts: { lock_ms: 2_000, statement_ms: 60_000 },
        tool: { name: 'schemactl', version: '0.0.0' },
        by: 'test',
        now: new Date(),
        not_after: null,
        ...others,
      },
      readPast,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What planning refuses with; fails when there is a plan. */
export async function planRefusal(...of: Parameters<typeof planOf>): Promise<readonly Diagnostic[]> {
  try {
    const outcome = await planOf(...of);
    throw new Error(`there is a plan: ${statementsOf(outcome.document).join('; ')}`);
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
}

export const statementsOf = (document: PlanDocument): readonly string[] =>
  document.plan.steps.flatMap((step) => step.statements.map(({ sql }) => sql));

export function applyTo(url: string, plan: PlanDocument | Uint8Array, options: Partial<ApplyOptions> = {}): Promise<ApplyOutcome> {
  return applyPlan({
    bytes: plan instanceof Uint8Array ? plan : Buffer.from(planText(plan)),
    file: 'plan.json',
    target: spec(url),
    policy: { trusted: { keys: [], threshold: 1 }, requireSignature: false },
    environment: null,
    phase: 'all',
    lock_retries: 0,
    ...options,
  });
}

/** Takes a plan back by its id alone: it is in the ledger. */
export function abortOf(
  url: string,
  { plan }: Pick<PlanDocument, 'plan'>,
  options: Pick<ApplyOptions, 'signal' | 'onEvent'> = {},
): ReturnType<typeof abortPlan> {
  return abortPlan({
    target: spec(url),
    id: plan.id,
    digest: null,
    keep: false,
    policy: { trusted: { keys: [], threshold: 1 }, requireSignature: false },
    environment: null,
    lock_retries: 0,
    ...options,
  });
}

/** Plans and applies; what went wrong as text, so that a failing test says it. */
export async function migrate(url: string, sql: string, options: Parameters<typeof planOf>[2] = {}): Promise<PlanOutcome> {
  const planned = await planOf(url, sql, options);
  const { status, exitCode, diagnostics } = await applyTo(url, planned.document, { environment: options.environment ?? null });
  if (exitCode !== 0) throw new Error(`apply ended with ${exitCode} (${status}): ${JSON.stringify(diagnostics, null, 1)}`);
  return planned;
}
