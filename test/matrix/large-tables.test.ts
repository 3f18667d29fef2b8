/** Changes of large tables on every major: applied to rows without writing a table anew; nothing is left to plan. */
import { describe, expect, it } from 'vitest';
import { CHANGES } from '../expand/changes.js';
import { query, withDatabase } from '../support/database.js';
import { applyTo, planOf, statementsOf } from '../support/made-plan.js';

const FILES = `select c.relname as name, c.relfilenode as node from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'app' and c.relkind = 'r' order by 1`;

describe.each([14, 15, 16, 17, 18])('on PostgreSQL %i', (major) => {
  it.each(Object.entries(CHANGES))('%s', (_name, { before, after, rows, meanwhile, holds, bothNames = false }) =>
    withDatabase(
      async ({ url }) => {
        await query(url, `${before} ${rows}`);
        const files = await query(url, FILES);
        const options = { allow: [{ hazard: '*', address: null }], adopt: true, rewrite_bytes: 0, scratchMajor: major, bothNames } as const;
        const { document } = await planOf(url, after, options);
        expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
        for (const phase of ['expand', 'all'] as const) {
          const outcome = await applyTo(url, document, { phase });
          expect(outcome.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
          if (phase === 'expand') await query(url, meanwhile);
        }
        expect(await query(url, FILES)).toEqual(files);
        expect(Object.values((await query<Record<string, boolean>>(url, holds))[0] ?? {})).toEqual([true]);
        expect(statementsOf((await planOf(url, after, { ...options, strictNames: true })).document)).toEqual([]);
      },
      { major },
    ),
  );
});
