/** Changes that would write a large table anew: each is planned as if the table were large, applied to rows, judged by pg_dump, taken back. */
import { describe, expect, it, vi } from 'vitest';
import { CHANGES } from '../expand/changes.js';
import { expectSchema } from '../expand/expect-schema.js';
import { query, withDatabase } from '../support/database.js';
import { schemaDump } from '../support/judge.js';
import { abortOf, applyTo, planOf, statementsOf } from '../support/made-plan.js';

vi.setConfig({ testTimeout: 240_000 });

const large = { allow: [{ hazard: '*', address: null }], adopt: true, rewrite_bytes: 0 } as const;

describe.each(Object.entries(CHANGES))('%s', (_name, { before, after, rows, meanwhile, holds, bothNames = false }) => {
  const beside = { ...large, bothNames };

  it('comes without any table being written anew', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${before} ${rows}`);
      const files = await query<{ name: string; node: number }>(url, FILES);
      const { document } = await planOf(url, after, beside);
      expect(document.plan.steps.map(({ proven }) => proven)).toEqual(document.plan.steps.map(() => true));
      expect(document.plan.steps.some(({ backfill }) => backfill !== undefined)).toBe(true);
      const outcome = await applyTo(url, document, { phase: 'expand' });
      expect(outcome).toMatchObject({ exitCode: 0 });
      await query(url, meanwhile);
      const contract = await applyTo(url, document);
      expect(contract.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(await query(url, FILES)).toEqual(files);
      expect(Object.values((await query<Record<string, boolean>>(url, holds))[0] ?? {})).toEqual([true]);
      await expectSchema(url, after);
      expect(statementsOf((await planOf(url, after, beside)).document)).toEqual([]);
    }));

  it('is taken back from wherever its expand phase stands, and no row is lost', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${before} ${rows}`);
      const dump = await schemaDump(url);
      const sums = await query(url, SUMS);
      const { document } = await planOf(url, after, beside);
      // A plan without a contract phase is over with its last step: that one is not begun.
      const last = document.plan.steps.some(({ phase }) => phase === 'contract') ? undefined : document.plan.steps.at(-2)?.id;
      const stop = new AbortController();
      const stopped = await applyTo(url, document, {
        phase: 'expand',
        signal: stop.signal,
        onEvent: (event) => {
          if (event.type === 'step_finished' && event.step === last) stop.abort();
        },
      });
      expect(stopped.exitCode).toBe(last === undefined ? 0 : 130);
      const aborted = await abortOf(url, document);
      expect(aborted.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(await schemaDump(url)).toBe(dump);
      expect(await query(url, SUMS)).toEqual(sums);
    }));
});

const FILES = `select c.relname as name, c.relfilenode as node from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'app' and c.relkind = 'r' order by 1`;
const SUMS = `select c.relname as name, (xpath('/row/n/text()', query_to_xml('select count(*) as n from app.' || quote_ident(c.relname), false, true, '')))[1]::text as rows
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'app' and c.relkind = 'r' order by 1`;
