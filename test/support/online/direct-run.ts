/** The naive form of a change under the same load, to see what it would have done to the application. Judges nothing. */
import type { Bench } from './bench.js';
import { openScene, worst } from './scene.js';

export interface DirectReport {
  readonly worstWait: number;
  readonly errors: number;
  /** Why it did not come to its end; null: it did. */
  readonly failure: string | null;
}

export async function directRun(bench: Bench): Promise<DirectReport> {
  const scene = await openScene({ ...bench, aloneMs: 0 });
  let failure: string | null = null;
  try {
    await bench.plan(scene.url, ['--direct']);
    await bench.run(['apply', 'plan.json', '--url', scene.url, '--yes']);
  } catch (error) {
    failure = (error as Error).message.split('\n')[0] ?? '';
  } finally {
    await scene.close();
  }
  return { worstWait: worst(scene.sampler.waits)?.ms ?? 0, errors: scene.load.problems().length, failure };
}
