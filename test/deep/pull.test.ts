/** 100 random single changes of a real schema, pulled into files of every layout. */
import { afterAll, describe, expect, it } from 'vitest';
import { type Layout, possibleChanges, pulled, pullScene } from '../support/pull-suite.js';

const SEED = Number(process.env.SCHEMACTL_SEED ?? 1);
const SHARES: readonly (readonly [Layout, number])[] = [
  ['sql dump', 20],
  ['sql by object', 20],
  ['sql by schema', 10],
  ['yaml by schema', 25],
  ['yaml by object', 25],
];

const counted = { changes: 0, nothing: 0, objects: 0, gone: 0, come: 0 };
afterAll(() =>
  console.log(
    `pulled ${counted.changes} random changes (${counted.objects} objects) from seed ${SEED}: ${counted.gone} lines went, ${counted.come} came, no comment lost, every next plan empty; ${counted.nothing} were of names that no file gives`,
  ),
);

describe('a random change is written into its own lines, every comment stays, and the next plan is empty', () => {
  it.each(SHARES)('%s: %i changes', async (layout, count) => {
    const scene = await pullScene(layout);
    try {
      const wrong: string[] = [];
      for (const sql of await possibleChanges(scene, count, SEED * 1000 + SHARES.findIndex(([name]) => name === layout) * 9)) {
        const result = await pulled(scene, sql).catch((error: unknown) => ({ error }));
        if ('error' in result) wrong.push(`${sql}: ${String(result.error)}`);
        else {
          wrong.push(...result.complaints.map((complaint) => `${sql}: ${complaint}`));
          if (result.outcome.changes.length > 0) counted.changes += 1;
          else counted.nothing += 1;
          counted.objects += result.outcome.changes.length;
          counted.gone += result.lines.gone;
          counted.come += result.lines.come;
        }
      }
      expect(wrong).toEqual([]);
    } finally {
      await scene.close();
    }
  });
});
