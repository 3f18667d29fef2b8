/** Whether a plan towards the state before a change is empty before it and not after it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPast } from '../../src/apply/past.js';
import { DiagnosticError } from '../../src/core/diagnostic.js';
import { makePlan } from '../../src/plan/make.js';
import type { PlanOptions } from '../../src/plan/options.js';
import { testServer, withClient, withDatabase } from '../support/database.js';
import { GROUND } from './judge.js';
import type { Mutation } from './mutation.js';

/** A partition of an index that cannot be taken off it. */
const NO_WAY = 'SC2401';

export async function plansOf(mutation: Mutation, major: number): Promise<readonly string[]> {
  const what = `${mutation.columns.join(', ')} by "${mutation.change}"`;
  const folder = mkdtempSync(join(tmpdir(), 'schemactl-mutation-'));
  const desired = join(folder, 'desired.sql');
  const declared = [GROUND, mutation.setup].filter((sql) => sql !== '').join(';\n');
  writeFileSync(desired, `${declared};\n`);
  try {
    return await withDatabase(
      async ({ url }) => {
        const scratchUrl = (await testServer(major)).url;
        const statements = async (): Promise<readonly string[]> => {
          const { document } = await makePlan(optionsFor(url, scratchUrl, desired), readPast);
          return document.plan.steps.flatMap((step) => step.statements.map(({ sql }) => sql));
        };
        await withClient(url, (client) => client.query(`set check_function_bodies = off; ${declared}`));
        const before = await statements();
        if (before.length > 0) return [`${what}: the plan was not empty before it: ${before.join('; ')}`];
        await withClient(url, (client) => client.query(`set check_function_bodies = off; ${mutation.change}`));
        const after = await statements();
        return after.length > 0 ? [] : [`${what}: the plan is empty after it`];
      },
      { major },
    );
  } catch (error) {
    // What PostgreSQL has no way back from is noticed too.
    const isNoWay = error instanceof DiagnosticError && error.diagnostics.some(({ code }) => code === NO_WAY);
    if (isNoWay && /^alter index \S+ attach partition /.test(mutation.change)) return [];
    const found =
      error instanceof DiagnosticError ? error.diagnostics.map(({ code, summary }) => `${code} ${summary}`).join('; ') : String(error);
    return [`${what}: no plan: ${found}`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function optionsFor(url: string, scratchUrl: string, desired: string): PlanOptions {
  return {
    target: { config: { connectionString: url }, label: url },
    scratch: { kind: 'url', connection: { config: { connectionString: scratchUrl }, label: scratchUrl } },
    desired: [desired],
    manage: ['*'],
    ignore: [],
    allow: [{ hazard: '*', address: null }],
    adopt: true,
    strictNames: true,
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
