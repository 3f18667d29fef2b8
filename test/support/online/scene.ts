/** A database under load, watched: what happened in which span of time, and what of it is a failure. Knows nothing of plans. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.js';
import type { Problem, Sample } from './client.js';
import { type Load, openLoad } from './load.js';
import { type Sampler, startSampler, type Wait } from './sampler.js';

/** A client may wait so long for one of our sessions. */
export const LIMIT_MS = 500;
const WARM_MS = 1000;

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface OnlineScene {
  readonly url: string;
  readonly load: Load;
  readonly sampler: Sampler;
  /** The load alone, before anything of ours. */
  readonly alone: Span;
  close(): Promise<void>;
}

/** The old form of the application runs when this returns. */
export async function openScene(bench: Bench): Promise<OnlineScene> {
  const url = await bench.reset();
  const load = await openLoad(url, bench.strategy, bench);
  const sampler = await startSampler(url, () => load.clients);
  load.start('old');
  await sleep(WARM_MS);
  const from = Date.now();
  await sleep(bench.aloneMs);
  return {
    url,
    load,
    sampler,
    alone: { from, to: Date.now() },
    async close() {
      await load.close();
      await sampler.stop();
    },
  };
}

export async function timed<T>(work: () => Promise<T>): Promise<readonly [T, Span]> {
  const from = Date.now();
  const result = await work();
  return [result, { from, to: Date.now() }];
}

export function within(samples: readonly Sample[], spans: readonly Span[]): readonly number[] {
  return samples.filter(({ at }) => spans.some(({ from, to }) => at >= from && at <= to)).map(({ ms }) => ms);
}

/** The value that a share of them does not exceed; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export function worst(waits: readonly Wait[]): Wait | null {
  return waits.reduce<Wait | null>((most, wait) => (most === null || wait.ms > most.ms ? wait : most), null);
}

/** What clients met, in lines for people: the same problem of the same statement once. */
export function clientProblems(problems: readonly Problem[]): readonly string[] {
  const groups = new Map<string, { readonly first: Problem; count: number }>();
  for (const problem of problems) {
    const key = `${problem.sql} ${problem.what.slice(0, 40)}`;
    const group = groups.get(key) ?? { first: problem, count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first, count }) => `${count} x client ${first.client}: ${first.what}\n      ${oneLine(first.sql)}`);
}

export function waitProblems(sampler: Sampler): readonly string[] {
  const long = sampler.waits.filter(({ ms }) => ms > LIMIT_MS);
  const most = worst(long);
  if (most === null) return [];
  return [
    `${long.length} statements waited more than ${LIMIT_MS} ms for schemactl, at most ${Math.round(most.ms)} ms: client ${most.client}\n      ${oneLine(most.sql)}\n      behind: ${most.behind}`,
  ];
}

function oneLine(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim().slice(0, 200);
}
