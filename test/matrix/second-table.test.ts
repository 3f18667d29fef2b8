/** Tables that become partitioned or compute a stored column anew, on every major, beside the table and under a lock; nothing is left to plan, and no row is lost. */
import { describe, expect, it } from 'vitest';
import { COMPUTED } from '../expand/computed-changes.js';
import { PARTITIONED } from '../expand/partitioned-changes.js';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf, statementsOf } from '../support/made-plan.js';

describe.each([14, 15, 16, 17, 18])('on PostgreSQL %i', (major) => {
  const options = { allow: [{ hazard: 'drop-column', address: null }], adopt: true, scratchMajor: major } as const;
  it.each(Object.entries({ ...PARTITIONED, ...COMPUTED }))('%s', (_name, { before, after, rows, meanwhile, holds }) =>
    withDatabase(
      async ({ url }) => {
        await query(url, `${before} ${rows}`);
        const { document } = await planOf(url, after, { ...options, rewrite_bytes: 0 });
        expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
        for (const phase of ['expand', 'all'] as const) {
          const outcome = await applyTo(url, document, { phase });
          expect(outcome.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
          if (phase === 'expand') await query(url, meanwhile);
        }
        expect(Object.values((await query<Record<string, boolean>>(url, holds))[0] ?? {})).toEqual([true]);
        expect(statementsOf((await planOf(url, after, { ...options, strictNames: true })).document)).toEqual([]);
      },
      { major },
    ),
  );

  it.each(Object.entries({ ...PARTITIONED, ...COMPUTED }))('%s, with --direct', (_name, { before, after, rows, meanwhile, holds }) =>
    withDatabase(
      async ({ url }) => {
        await query(url, `${before} ${rows}; ${meanwhile}`);
        const { document } = await planOf(url, after, { ...options, online: false });
        expect((await applyTo(url, document)).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(Object.values((await query<Record<string, boolean>>(url, holds))[0] ?? {})).toEqual([true]);
      },
      { major },
    ),
  );
});
