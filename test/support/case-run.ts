/** Goes from a database to a desired state through the library, as a plan file would go, and collects all that is wrong with the way. */
import { applyPlan } from '../../src/apply/apply.js';
import { readPast } from '../../src/apply/past.js';
import type { ConnectionSpec } from '../../src/core/connection.js';
import { type Diagnostic, DiagnosticError } from '../../src/core/diagnostic.js';
import type { PlanDocument } from '../../src/core/plan.js';
import { planText } from '../../src/plan/file.js';
import { makePlan } from '../../src/plan/make.js';
import type { PlanOptions, PlanOutcome } from '../../src/plan/options.js';
import { type DatabaseSource, judge, keptRelations, RELATIONS, type RelationRow, schemaDump, type Verdict } from './judge.js';
import { type Observation, observe } from './observer.js';
import { judgeObservations, type ObserverVerdict } from './observer-judge.js';
import { query } from './sql-query.js';

export interface CaseWay {
  readonly url: string;
  /** Any database of a server for throw-away databases. */
  readonly scratchUrl: string;
  readonly desired: readonly string[];
  /** The schema to arrive at as pg_dump writes it; null where no pg_dump can read this server. */
  readonly expected: string | null;
  /** The schema to arrive at as the second observer sees it; where pg_dump judges too, the two must agree. */
  readonly observed?: Observation | null;
  readonly databases: DatabaseSource;
  /** Compare names that nobody gave as well. */
  readonly strictNames?: boolean;
  /** Whether a plan is made once more at the end, which must be empty; default: true. */
  readonly planAgain?: boolean;
}

export interface CaseResult {
  /** What does not hold, one line or more each; empty when all is well. */
  readonly problems: readonly string[];
  readonly verdict: Verdict | null;
  /** What the second observer says, where it was asked. */
  readonly observed: ObserverVerdict | null;
  readonly steps: number;
  /** The plan that was applied; null where none could be made. */
  readonly document: PlanDocument | null;
}

/** Every statement is allowed, nothing is left out: what is judged is whether it leads where the files say. */
export async function goCaseWay(way: CaseWay): Promise<CaseResult> {
  const problems: string[] = [];
  const before = await query<RelationRow>(way.url, RELATIONS);
  const planned = await attempt('plan', problems, () => makePlan(caseOptions(way), readPast));
  if (planned === null) return { problems, verdict: null, observed: null, steps: 0, document: null };
  const { steps } = planned.document.plan;
  const sql = steps.flatMap((step) => step.statements.map((statement) => statement.sql));
  for (const step of steps) if (step.proven !== true) problems.push(`step ${step.id} (${step.title}) is not proven: ${step.proven}`);
  if (planned.blocked.length > 0) problems.push(`blocked: ${planned.blocked.map(({ flag }) => flag).join(', ')}`);
  await attempt('apply', problems, async () => {
    const outcome = await applyPlan({
      bytes: Buffer.from(planText(planned.document)),
      file: 'plan.json',
      target: spec(way.url),
      policy: { trusted: { keys: [], threshold: 1 }, requireSignature: false },
      environment: null,
      phase: 'all',
      lock_retries: 0,
    });
    if (outcome.exitCode !== 0) throw new DiagnosticError(outcome.diagnostics);
  });
  const kept = keptRelations(before, await query<RelationRow>(way.url, RELATIONS));
  let verdict: Verdict | null = null;
  if (way.expected !== null) {
    verdict = await judge(await schemaDump(way.url), way.expected, kept, way.databases);
    problems.push(...verdict.unexpected.map((text) => `unexpected in the dump:\n${text}`));
    problems.push(...verdict.missing.map((text) => `missing in the dump:\n${text}`));
    if (verdict.reloadError !== null) problems.push(`the dumps could not be loaded again: ${verdict.reloadError}`);
  }
  const observed = way.observed ? await judgeObservations(await observe(way.url), way.observed, kept, way.url) : null;
  if (observed !== null && observed.equal !== (verdict?.equal ?? true)) {
    problems.push(...(verdict === null ? [] : [`pg_dump says ${verdict.equal ? 'equal' : 'different'}, the second observer does not`]));
    problems.push(...observed.unexpected.map((text) => `unexpected for the second observer:\n${text}`));
    problems.push(...observed.missing.map((text) => `missing for the second observer:\n${text}`));
  }
  const second = way.planAgain === false ? null : await attempt('second plan', problems, () => makePlan(caseOptions(way), readPast));
  if (second !== null && !second.isEmpty) problems.push(`the second plan is not empty:\n${statementsOf(second)}`);
  if (problems.length > 0 && sql.length > 0) problems.push(`the plan was:\n${sql.join(';\n')};`);
  return { problems, verdict, observed, steps: steps.length, document: planned.document };
}

function statementsOf(outcome: PlanOutcome): string {
  return outcome.document.plan.steps.flatMap((step) => step.statements.map(({ sql }) => sql)).join(';\n');
}

async function attempt<T>(what: string, problems: string[], work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    problems.push(`${what}: ${error instanceof DiagnosticError ? error.diagnostics.map(finding).join('\n') : (error as Error).stack}`);
    return null;
  }
}

function finding({ code, summary, detail, span }: Diagnostic): string {
  const place = span ? ` (${span.file}:${span.start.line}:${span.start.column})` : '';
  return [`${code} ${summary}${place}`, ...(detail ? [detail] : [])].join('\n  ');
}

/** How a way is planned: everything is managed, and everything allowed. */
export function caseOptions(way: CaseWay): PlanOptions {
  return {
    target: spec(way.url),
    scratch: { kind: 'url', connection: spec(way.scratchUrl) },
    desired: way.desired,
    manage: ['*'],
    ignore: [],
    allow: [{ hazard: '*', address: null }],
    adopt: true,
    strictNames: way.strictNames ?? false,
    online: true,
    environment: null,
    policy: {},
    timeouts: { lock_ms: 2000, statement_ms: 900_000 },
    tool: { name: 'schemactl', version: '0.0.0' },
    by: 'test',
    now: new Date(),
    not_after: null,
  };
}

function spec(url: string): ConnectionSpec {
  return { config: { connectionString: url }, label: url };
}
