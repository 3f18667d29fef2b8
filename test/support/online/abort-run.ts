/** The expand phase stopped by SIGKILL after each number of its steps, and aborted: as if nothing had been, and no row lost. */
import { start } from '../../faults/apply-process.js';
import { sessionName, workSession } from '../../faults/kill-points.js';
import { openWire } from '../wire.js';
import type { Bench } from './bench.js';
import { wrongRows } from './rows-verdict.js';
import { clientProblems, openScene, waitProblems } from './scene.js';
import { seenSchema } from './schema-verdict.js';
import { StepWatch } from './step-watch.js';

export interface AbortReport {
  readonly tries: number;
  /** Of the plan. One without a contract phase is over with its last step, and one of a single step has nothing to abort. */
  readonly steps: number;
  readonly statements: number;
  readonly problems: readonly string[];
}

export async function abortRun(bench: Bench): Promise<AbortReport> {
  const scene = await openScene(bench);
  const { url, load } = scene;
  const problems: string[] = [];
  const before = await seenSchema(url);
  let tries = 0;
  let steps = 0;
  try {
    for (;;) {
      const body = await bench.plan(url);
      steps = body.steps.length;
      const expand = body.steps.filter(({ phase }) => phase === 'expand').length;
      // A plan that is done cannot be aborted any more.
      if (tries === (expand === steps ? expand - 1 : expand)) break;
      tries += 1;
      await stopAfter(bench, url, body, tries);
      await bench.run(['abort', body.id, '--url', url, '--yes']);
      problems.push(...(await bench.differsFrom(url, before)).map((line) => `after abort of ${tries} steps: ${line}`));
      if (problems.length > 0) break;
    }
  } finally {
    await scene.close();
  }
  const wrong = await wrongRows(url, bench.strategy, load.models(), bench.rows, (entity) => entity.old);
  return {
    tries,
    steps,
    statements: load.samples().length,
    problems: [...clientProblems(load.problems()), ...waitProblems(scene.sampler), ...wrong, ...problems],
  };
}

/** Kills the apply when so many steps are committed. */
async function stopAfter(bench: Bench, url: string, body: Awaited<ReturnType<Bench['plan']>>, steps: number): Promise<void> {
  const wire = await openWire(bench.server, sessionName);
  try {
    const through = wire.url(new URL(url).pathname.slice(1));
    const running = start(bench.folder, ['apply', 'plan.json', '--url', through, '--yes', '--phase', 'expand']);
    const watch = new StepWatch(body);
    let done = 0;
    wire.watch(async (exchange, moment) => {
      if (exchange.session !== workSession(body)) return undefined;
      if (done === steps) return 'cut';
      if (watch.see(exchange.sql, moment)?.type !== 'boundary') return undefined;
      done += 1;
      if (done < steps) return undefined;
      await running.kill();
      return 'cut';
    });
    const ended = await running.ended;
    if (done !== steps) throw new Error(`apply ended with ${ended.code} after ${done} of ${steps} steps: ${ended.stderr.trim()}`);
  } finally {
    await wire.close();
  }
}
