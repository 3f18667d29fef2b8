/** What makes a backfill wait between two batches, and what holds the contract phase back. */
import { describe, expect, it, vi } from 'vitest';
import { setPaused } from '../../src/apply/pause.js';
import { reasonToWait } from '../../src/apply/throttle.js';
import { query, withClient, withDatabase } from '../support/database.js';
import { applyTo, planOf } from '../support/made-plan.js';

vi.setConfig({ testTimeout: 60_000 });

const BEFORE = 'create schema app; create table app.t (id integer primary key, n integer);';
const AFTER = 'create schema app; create table app.t (id integer primary key, n bigint);';
const ROWS = 'insert into app.t select n, n from generate_series(1, 3000) n';
const beside = { allow: [{ hazard: '*', address: null }], adopt: true, rewrite_bytes: 0 } as const;

describe('The contract phase', () => {
  it('is not begun before its time: who asks for all gets the expand phase, who asks for it alone is refused', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${BEFORE} ${ROWS}`);
      const { document } = await planOf(url, AFTER, { ...beside, contract_after_ms: 3_600_000 });
      const all = await applyTo(url, document);
      expect(all).toMatchObject({ exitCode: 0, status: 'done' });
      expect(all.diagnostics).toContainEqual(expect.objectContaining({ code: 'SC5304', severity: 'warning' }));
      const alone = await applyTo(url, document, { phase: 'contract' });
      expect(alone).toMatchObject({ exitCode: 3, steps_run: 0, diagnostics: [{ code: 'SC5304', severity: 'error' }] });
      await query(url, `update schemactl.phases set finished_at = finished_at - interval '1 hour'`);
      expect(await applyTo(url, document, { phase: 'contract' })).toMatchObject({ exitCode: 0 });
      expect((await planOf(url, AFTER)).isEmpty).toBe(true);
    }));
});

describe('A paused plan', () => {
  it('writes no more rows and begins no contract phase until it is resumed', () =>
    withDatabase(async ({ url, name }) => {
      await query(url, `${BEFORE} ${ROWS}`);
      const { document } = await planOf(url, AFTER, beside);
      const { id } = document.plan;
      expect(await applyTo(url, document, { phase: 'expand' })).toMatchObject({ exitCode: 0 });
      const set = (paused: boolean): Promise<string> => withClient(url, (client) => setPaused(client, id, paused));
      expect([await set(true), await set(true)]).toEqual(['paused', 'already-paused']);
      expect((await applyTo(url, document)).diagnostics).toContainEqual(
        expect.objectContaining({ code: 'SC5304', hint: expect.stringContaining(id) }),
      );
      expect([await set(false), await set(false)]).toEqual(['resumed', 'not-paused']);
      expect(await applyTo(url, document)).toMatchObject({ exitCode: 0 });
      await expect(set(true)).rejects.toMatchObject({ diagnostics: [{ code: 'SC5105' }] });
      expect(name).not.toBe('');
    }));

  it('waits between two batches', () =>
    withDatabase(async ({ url }) => {
      await query(url, `${BEFORE} ${ROWS}`);
      const { document } = await planOf(url, AFTER, beside);
      const notes: string[] = [];
      const stop = new AbortController();
      // Begun, and stopped before its first batch: only what is open can be paused.
      await applyTo(url, document, { signal: stop.signal, onEvent: (event) => event.type === 'step_finished' && stop.abort() });
      await withClient(url, (client) => setPaused(client, document.plan.id, true));
      const outcome = await applyTo(url, document, {
        onEvent: (event) => {
          if (event.type !== 'note') return;
          notes.push(event.text);
          void withClient(url, (client) => setPaused(client, document.plan.id, false));
        },
      });
      expect(outcome).toMatchObject({ exitCode: 0 });
      expect(notes).toEqual(['holding back: the plan is paused']);
      expect(await query(url, 'select count(*)::int as n from app.t where n = id')).toEqual([{ n: 3000 }]);
    }));
});

describe('A backfill holds back while a limit is exceeded', () => {
  const calm = { paused: false, replica_lag_ms: null, oldest_snapshot_ms: 10, wal_bytes: 0, at_ms: 1_000 };
  it.each([
    ['of a replica that is behind', { ...calm, replica_lag_ms: 12_300 }, { replica_lag_ms: 10_000 }, 'a replica is 12.3 s behind'],
    [
      'of an old snapshot',
      { ...calm, oldest_snapshot_ms: 3_600_000 },
      { oldest_snapshot_ms: 60_000 },
      'the oldest snapshot is 3600.0 s old',
    ],
    ['of WAL', { ...calm, wal_bytes: 40e6, at_ms: 3_000 }, { wal_bytes_per_s: 10e6 }, 'the server writes 20.0 MB of WAL a second'],
  ])('%s', (_what, now, limits, text) => {
    expect(reasonToWait(now, calm, limits)?.text).toBe(text);
    expect(reasonToWait(now, calm, {})).toBeNull();
    expect(reasonToWait(calm, calm, limits)).toBeNull();
  });
});
