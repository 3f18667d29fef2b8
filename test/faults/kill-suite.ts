/** The test of one plan: killed at its points one after the other, and what that came to in one line. */
import { expect, it } from 'vitest';
import { testServer } from '../support/database.js';
import { killPoints, sample } from './kill-points.js';
import { type Commands, type KillResult, runKilled, runUndisturbed, type Undisturbed, WHOLE } from './kill-run.js';
import { lostRows } from './rows.js';
import { openScene, type Scene, type SceneFiles } from './scene.js';

/** A point takes two runs of the program and a dump, about three seconds: a plan that would take more than ten minutes is sampled. */
const MOST_POINTS = process.env.SCHEMACTL_FAULTS === 'all' ? Number.POSITIVE_INFINITY : Number(process.env.SCHEMACTL_FAULTS ?? 200);
/** Regular expression over the names of points, to look at some of them again. */
const ONLY = process.env.SCHEMACTL_FAULTS_ONLY;

const TOLD_EVERY_MS = 60_000;

export function killTest(files: SceneFiles, commands: Commands = WHOLE): void {
  it(files.name, { timeout: 7_200_000 }, async () => {
    const scene = await openScene(await testServer(), files);
    try {
      const undisturbed = await undisturbedRun(scene, commands);
      expect(undisturbed.end.ledger?.steps).toEqual(scene.body.steps.map(({ id }) => `${id} done`));
      expect(lostRows(scene.rows(), undisturbed.end.rows)).toEqual([]);
      const all = killPoints(scene.body, undisturbed.exchanges);
      const chosen = sample(all, MOST_POINTS).filter(({ name }) => ONLY === undefined || new RegExp(ONLY).test(name));
      const started = Date.now();
      const results: KillResult[] = [];
      let told = started;
      for (const point of chosen) {
        const result = await runKilled(scene, commands, point, undisturbed.end);
        results.push(result);
        // What was wrong is told at once: the whole of it may take an hour.
        if (result.problems.length > 0) process.stdout.write(`${scene.name}: ${point.name}: ${result.problems.join('\n  ')}\n`);
        if (Date.now() - told < TOLD_EVERY_MS) continue;
        told = Date.now();
        process.stdout.write(`${scene.name}: ${results.length} of ${chosen.length} points so far, the last ${point.name}\n`);
      }
      tell(scene.name, scene.body.steps.length, all.length, results, Date.now() - started);
      const failed = results.filter(({ problems }) => problems.length > 0);
      expect(failed.map(({ point, problems }) => `${point.name}\n  ${problems.join('\n  ')}`).join('\n\n')).toBe('');
    } finally {
      await scene.drop();
    }
  });
}

/** Made-up rows may be what a constraint of the plan forbids: then their table stays empty, which is said. */
async function undisturbedRun(scene: Scene, commands: Commands): Promise<Undisturbed> {
  for (let emptied = 0; ; emptied += 1) {
    try {
      return await runUndisturbed(scene, commands);
    } catch (error) {
      const table = /SQLSTATE 23\w+\n\s*ALTER TABLE (?:ONLY )?(\S+)/.exec((error as Error).message)?.[1];
      if (table === undefined || emptied === 10) throw error;
      await scene.prepare(`set session_replication_role = replica; delete from ${table}`);
      process.stdout.write(`${scene.name}: the plan forbids the rows that were made up for ${table}, which stays empty\n`);
    }
  }
}

function tell(name: string, steps: number, points: number, results: readonly KillResult[], ms: number): void {
  const inside = results.filter(({ point }) => point.inside);
  const really = inside.filter(({ wasInside }) => wasInside).length;
  const lines = [
    `${name}: ${steps} steps; killed at ${results.length} of ${points} points in ${Math.round(ms / 1000)} s` +
      `${inside.length > 0 ? `, ${really} of ${inside.length} inside a statement that was held up` : ''}`,
  ];
  for (const { point, failures } of results) {
    for (const { code, stderr } of failures) lines.push(`  ${point.name}: one more apply was needed; exit ${code}: ${firstError(stderr)}`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

function firstError(stderr: string): string {
  return /^error.*$/m.exec(stderr)?.[0] ?? stderr.trim().split('\n').at(-1) ?? '';
}
