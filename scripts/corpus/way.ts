/** Goes one way (a database -> a desired state) by the command line and judges where it ended; knows nothing of cases. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanDocument } from '../../src/core/plan.js';
import { dumpVersion } from '../../test/support/dump-version.js';
import { judge, keptRelations, RELATIONS, type RelationRow, schemaDump, type Verdict } from '../../test/support/judge.js';
import { type Observation, observe } from '../../test/support/observer.js';
import { judgeObservations } from '../../test/support/observer-judge.js';
import { query } from '../../test/support/sql-query.js';
import type { Ran, Schemactl } from './command-line.js';
import type { Servers } from './servers.js';

/** A check that did not hold: one line, and everything that helps to see why. */
export class Failure extends Error {
  constructor(
    readonly line: string,
    readonly detail: string,
  ) {
    super(line);
  }
}

export interface WayContext {
  readonly servers: Servers;
  readonly schemactl: Schemactl;
  /** Where the command line is run, and plans are written. */
  readonly folder: string;
  readonly major: number;
  /** Arguments of --scratch. */
  readonly scratch: readonly string[];
}

export interface WayResult {
  /** null: there was nothing to compare with; then only the second plan judged. */
  readonly verdict: Verdict | null;
  /** Who gave the verdict: pg_dump, or where none here can read the server the second observer. */
  readonly judge: 'pg_dump' | 'observer';
  readonly unprovenSteps: number;
  /** Our own error where the files are refused as a desired state, so that the dump of what psql loaded from them was taken; else null. */
  readonly refusal: string | null;
  /** Equal only once names that nobody gave were compared too. */
  readonly strictNames: boolean;
}

export interface Way {
  readonly url: string;
  /** Files and folders. */
  readonly desired: readonly string[];
  /** The schema to arrive at, as pg_dump writes it; null: see `observed`. */
  readonly expected: string | null;
  /** The same as the second observer sees it. */
  readonly observed: Observation | null;
}

/**
 * Plans, applies, compares dumps, plans again. Names that nobody gave are not compared unless asked for: where a dump differs, it is
 * tried from there with `names: strict`, and the result says so.
 * @throws Failure
 */
export async function goOneWay(context: WayContext, way: Way): Promise<WayResult> {
  const before = await query<RelationRow>(way.url, RELATIONS);
  const plan = ['plan', '--url', way.url, ...way.desired.flatMap((path) => ['--desired', path]), '--manage', '*', ...context.scratch];
  const unprovenSteps = await planAndApply(context, plan, way.url);
  const found = await verdictOf(context, way, before);
  if (found === null || found.verdict.equal) {
    await expectNothing(context, 'second plan', plan);
    return { verdict: found?.verdict ?? null, judge: judgeOf(way), unprovenSteps, refusal: null, strictNames: false };
  }
  const config = join(context.folder, 'strict.yaml');
  writeFileSync(config, 'version: 1\nnames: strict\n');
  const strict = [...plan, '--config', config];
  try {
    await planAndApply(context, strict, way.url);
    const again = await verdictOf(context, way, before);
    if (!again?.verdict.equal) throw new Failure('', '');
    await expectNothing(context, 'second plan', strict);
    return { verdict: again.verdict, judge: judgeOf(way), unprovenSteps, refusal: null, strictNames: true };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // What went wrong first is what is told.
    throw dumpDiffers(context, way, found.verdict, found.actual);
  }
}

const judgeOf = (way: Way): WayResult['judge'] => (way.expected === null ? 'observer' : 'pg_dump');

async function planAndApply(context: WayContext, plan: readonly string[], url: string): Promise<number> {
  const planFile = join(context.folder, 'plan.json');
  await run(context, 'plan', [...plan, '--allow', '*', '--adopt', '--out', planFile, '--format', 'sql']);
  const document = JSON.parse(readFileSync(planFile, 'utf8')) as PlanDocument;
  await run(context, 'apply', ['apply', planFile, '--url', url, '--yes']);
  return document.plan.steps.filter((step) => step.proven !== true).length;
}

async function verdictOf(
  context: WayContext,
  way: Way,
  before: readonly RelationRow[],
): Promise<{ readonly verdict: Verdict; readonly actual: string } | null> {
  if (way.expected === null && way.observed === null) return null;
  const kept = keptRelations(before, await query<RelationRow>(way.url, RELATIONS));
  if (way.expected === null) {
    const observed = await observe(way.url);
    return { verdict: await judgeObservations(observed, way.observed ?? new Map(), kept, way.url), actual: '' };
  }
  const actual = await schemaDump(way.url);
  const verdict = await judge(actual, way.expected, kept, { newDatabase: () => context.servers.newDatabase(context.major) });
  return { verdict, actual };
}

/** @throws Failure unless a plan for this would be empty. */
export async function expectNothing(context: WayContext, what: string, plan: readonly string[]): Promise<void> {
  await run(context, what, [...plan, '--allow', '*', '--adopt', '--format', 'sql', '--detailed-exitcode']);
}

/** @throws Failure when it ends with another code than 0 */
export async function run(context: WayContext, what: string, args: readonly string[]): Promise<Ran> {
  const ran = await context.schemactl(args, context.folder);
  if (ran.code === 0) return ran;
  const first = firstFinding(ran.stderr) ?? firstFinding(ran.stdout) ?? 'no output';
  const statements = ran.stdout.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('--'));
  const reason = ran.code === 2 ? `not empty: ${statements[0] ?? first}` : `exit ${ran.code}: ${first}`;
  throw new Failure(`${what}: ${reason}`, `$ schemactl ${args.join(' ')}\n${ran.stderr}\n${ran.stdout}`);
}

function firstFinding(text: string): string | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /^\s*(?:error|\[?SC\d{4})/i.test(line)) ?? lines[0] ?? null)?.trim().slice(0, 300) ?? null;
}

function dumpDiffers(context: WayContext, way: Way, verdict: Verdict, actual: string): Failure {
  writeFileSync(join(context.folder, 'actual.sql'), actual);
  writeFileSync(join(context.folder, 'expected.sql'), way.expected ?? '');
  const oneLine = (sql: string | undefined): string => (sql === undefined ? '' : sql.replace(/\s+/g, ' ').slice(0, 140));
  const { unexpected, missing } = verdict;
  const line = `${way.expected === null ? 'the second observer sees a difference' : 'dump differs'}: ${unexpected.length} unexpected (${oneLine(unexpected[0])}), ${missing.length} missing (${oneLine(missing[0])})`;
  const detail = [
    ...unexpected.map((sql) => `unexpected:\n${sql}\n`),
    ...missing.map((sql) => `missing:\n${sql}\n`),
    verdict.reloadError ?? '',
  ].join('\n');
  return new Failure(line, detail);
}

/** Whether the pg_dump that is installed can read a server of this major. */
export async function canDump(major: number): Promise<boolean> {
  return (await dumpVersion()) >= major;
}
