/** One strategy, judged: expand under the old application, both forms, contract and the new form; then everything that must be so. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlanBody } from '../../../src/core/plan.js';
import { query } from '../sql-query.js';
import type { Bench } from './bench.js';
import type { Form } from './load.js';
import { wrongRows } from './rows-verdict.js';
import { clientProblems, type OnlineScene, openScene, percentile, type Span, timed, waitProblems, within, worst } from './scene.js';
import { changesShape, newShape } from './strategy.js';

export interface OnlineReport {
  readonly steps: number;
  /** Of apply, both phases. */
  readonly seconds: number;
  readonly statements: number;
  readonly errors: number;
  readonly worstWait: number;
  readonly worstBehind: string;
  readonly p99: number;
  readonly p99Alone: number;
  /** Longest statement of a client while we were at work, whatever it waited for. */
  readonly worstStatement: number;
  readonly longestGap: number;
  /** Waits beyond the limit. */
  readonly longWaits: readonly string[];
  /** Everything else that must not be. */
  readonly problems: readonly string[];
}

/** Runs `apply --phase PHASE` to its end, however often it is disturbed on the way. */
export type Apply = (scene: OnlineScene, body: PlanBody, phase: 'expand' | 'contract') => Promise<void>;

export const undisturbed =
  (bench: Bench): Apply =>
  async ({ url }, _, phase) =>
    void (await bench.run(['apply', 'plan.json', '--url', url, '--yes', '--phase', phase]));

export async function judgedRun(bench: Bench, apply: Apply = undisturbed(bench)): Promise<OnlineReport> {
  const scene = await openScene(bench);
  const { url, load } = scene;
  const problems: string[] = [];
  const verdict = async (form: Form): Promise<void> => {
    const shapeOf = form === 'old' ? (entity: Parameters<typeof newShape>[0]) => entity.old : newShape;
    const wrong = await wrongRows(url, bench.strategy, load.models(), bench.rows, shapeOf);
    problems.push(...wrong.map((line) => `rows as the ${form} application reads them: ${line}`));
  };
  const spans: Span[] = [];
  const busy: Span[] = [];
  let body: PlanBody;
  try {
    const [planned, planning] = await timed(() => bench.plan(url));
    body = planned;
    busy.push(planning);
    const [, expanding] = await timed(() => apply(scene, body, 'expand'));
    spans.push(expanding);
    load.start('new');
    await sleep(bench.bothMs);
    const hasContract = body.steps.some(({ phase }) => phase === 'contract');
    if (hasContract || changesShape(bench.strategy)) {
      await Promise.all([load.pause('old'), load.pause('new')]);
      await verdict('old');
      await verdict('new');
      load.start('new');
      const [, contracting] = await timed(() => apply(scene, body, 'contract'));
      spans.push(contracting);
      await sleep(bench.bothMs);
    }
  } finally {
    await scene.close();
  }
  await verdict('new');
  problems.push(...(await bench.differs(url)).map((line) => `schema: ${line}`));
  for (const sql of bench.strategy.never ?? []) {
    const found = await query(url, sql);
    if (found.length > 0) problems.push(`${found.length} rows that must not be, such as ${JSON.stringify(found[0])}: ${sql}`);
  }
  const again = await bench.plan(url);
  if (again.steps.length > 0) problems.push(`a second plan is not empty: ${again.steps[0]?.statements[0]?.sql}`);
  const samples = load.samples();
  const during = within(samples, [...busy, ...spans]);
  const most = worst(scene.sampler.waits);
  return {
    steps: body.steps.length,
    seconds: spans.reduce((total, { from, to }) => total + (to - from) / 1000, 0),
    statements: samples.length,
    errors: load.problems().length,
    worstWait: most?.ms ?? 0,
    worstBehind: most?.behind ?? '',
    p99: percentile(during, 0.99),
    p99Alone: percentile(within(samples, [scene.alone]), 0.99),
    worstStatement: percentile(during, 1),
    longestGap: scene.sampler.longestGap(),
    longWaits: waitProblems(scene.sampler),
    problems: [...clientProblems(load.problems()), ...problems],
  };
}
