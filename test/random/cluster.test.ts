/**
 * Random pairs of what belongs to a whole server (roles, memberships, settings of roles, privileges on parameters) and of objects that need
 * it: A -> A is empty, A -> B -> A arrives, what export writes is the same, and everything can go. On servers of their own: a few of the runs.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportSchema } from '../../src/plan/export.js';
import { type EmbeddedServer, startEmbedded } from '../../src/scratch/embedded.js';
import { globalsOf } from '../support/globals.js';
import { migrate, planOf, spec, statementsOf } from '../support/made-plan.js';
import { observe } from '../support/observer.js';
import { judgeObservations } from '../support/observer-judge.js';
import { query } from '../support/sql-query.js';
import { clusterModel, clusterSql } from './cluster-model.js';

const MAJOR = Number(process.env.SCHEMACTL_MAJOR ?? 15);
const RUNS = Math.ceil(Number(process.env.SCHEMACTL_RUNS ?? 20) / 20);
const SEED = Number(process.env.SCHEMACTL_SEED ?? 1);
const MANAGE = ['*', 'role:*', 'role_membership:*', 'role_setting:*', 'parameter_privilege:*'];
const OPTIONS = { manage: MANAGE, scratch: { kind: 'embedded' }, adopt: true, allow: [{ hazard: '*', address: null }] } as const;

let target: EmbeddedServer;
let model: EmbeddedServer;
let held = 0;
beforeAll(async () => {
  target = await startEmbedded({ major: MAJOR });
  model = await startEmbedded({ major: MAJOR });
});
afterAll(async () => {
  console.log(`random pairs of roles on PostgreSQL ${MAJOR}: ${held} held, from seed ${SEED}`);
  await target?.stop();
  await model?.stop();
});

const text = (statements: readonly string[]): string => statements.map((sql) => `${sql};\n`).join('');
const seen = async (url: string) => ({ globals: await globalsOf(url), database: await observe(url) });

/** What plain SQL makes of it, on a server that holds nothing else. */
async function wanted(sql: string) {
  await query(model.url, sql);
  const result = await seen(model.url);
  const roles = await query<{ name: string }>(model.url, 'select rolname as name from pg_roles where oid >= 16384 order by 1');
  await query(model.url, 'drop schema app cascade; alter role all reset all');
  for (const { name } of roles) await query(model.url, `drop owned by "${name}"`);
  for (const { name } of roles) await query(model.url, `drop role "${name}"`);
  return result;
}

async function expectSeen(expected: Awaited<ReturnType<typeof seen>>): Promise<void> {
  expect(await globalsOf(target.url)).toBe(expected.globals);
  const { unexpected, missing } = await judgeObservations(await observe(target.url), expected.database, new Set(), target.url);
  expect({ unexpected, missing }).toEqual({ unexpected: [], missing: [] });
}

const stepsFor = async (sql: string): Promise<readonly string[]> => statementsOf((await planOf(target.url, sql, OPTIONS)).document);

/** Plans for what export writes of the target. */
async function stepsForExport(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'schemactl-roles-'));
  try {
    const exported = { target: spec(target.url), manage: MANAGE, ignore: [], format: 'sql', layout: 'schema' } as const;
    for (const file of (await exportSchema(exported)).files) writeFileSync(join(folder, file.path), file.text);
    return statementsOf((await planOf(target.url, '', { ...OPTIONS, desired: [folder] })).document);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const pairs = fc.sample(fc.record({ before: clusterModel, after: clusterModel }), { numRuns: RUNS, seed: SEED });

it.each(pairs.map((pair, number) => ({ pair, number })))(
  `pair of roles $number of seed ${SEED}`,
  { timeout: 300_000 },
  async ({ pair }) => {
    const [before, after] = [text(clusterSql(pair.before, MAJOR)), text(clusterSql(pair.after, MAJOR))];
    const start = await wanted(before);
    const end = await wanted(after);
    await migrate(target.url, before, OPTIONS);
    await expectSeen(start);
    expect(await stepsFor(before)).toEqual([]);
    await migrate(target.url, after, OPTIONS);
    await expectSeen(end);
    expect(await stepsFor(after)).toEqual([]);
    expect(await stepsForExport()).toEqual([]);
    await migrate(target.url, before, OPTIONS);
    await expectSeen(start);
    await migrate(target.url, 'create schema app;', OPTIONS);
    held += 1;
  },
);
