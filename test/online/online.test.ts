/** The smallest run of what `npm run test:online` does with a million rows: one strategy, few rows; how long clients wait is judged there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { testServer } from '../support/database.js';
import { openBench } from '../support/online/bench.js';
import { judgedRun } from '../support/online/judged-run.js';
import { strategy } from './drop-column/strategy.js';

it('an application goes on while a column that it used is dropped', { timeout: 300_000 }, async () => {
  const { url } = await testServer();
  const folder = mkdtempSync(join(tmpdir(), 'schemactl-online-'));
  const strategies = fileURLToPath(new URL('.', import.meta.url));
  const times = { rate: 10, seed: 1, aloneMs: 500, bothMs: 500 };
  const bench = await openBench({ server: url, scratch: url, strategies, folder, rows: 20_000, ...times }, strategy);
  try {
    const report = await judgedRun(bench);
    expect(report.problems).toEqual([]);
    expect(report.errors).toBe(0);
    expect(report.statements).toBeGreaterThan(50);
  } finally {
    await bench.drop();
    rmSync(folder, { recursive: true, force: true });
  }
});
